// Walks through the page by keyboard: from message to message, from tab to tab.

/** Arrows go from message to message, Enter opens the menu of one. `scroller` holds the rows; `toComposer()` takes the focus back to writing. */
export function walkable(scroller, { openMenu, toComposer }) {
  const bubbles = () => [...scroller.querySelectorAll(".row:not(.leaving) .bubble")];

  scroller.addEventListener("keydown", (event) => {
    const inside = document.activeElement === scroller || document.activeElement.matches(".bubble");
    if (!inside || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = bubbles();
    const at = all.indexOf(document.activeElement);
    const targets = {
      ArrowUp: all[at < 0 ? all.length - 1 : Math.max(at - 1, 0)],
      ArrowDown: all[at < 0 ? all.length - 1 : Math.min(at + 1, all.length - 1)],
      Home: all[0],
      End: all.at(-1),
    };
    if (targets[event.key]) targets[event.key].focus();
    else if (event.key === "Enter" && at >= 0) openMenu(Number(all[at].closest(".row").dataset.id));
    else if (event.key === "Escape") toComposer();
    else return;
    event.preventDefault();
  });
}

/** The left and right arrows turn to the neighbouring tab. */
export function tabsByArrows(tablist) {
  tablist.addEventListener("keydown", ({ key }) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const tabs = [...tablist.children];
    const next = step && tabs[tabs.indexOf(document.activeElement) + step];
    if (!next) return;
    next.focus();
    next.click();
  });
}
