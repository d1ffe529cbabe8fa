// A small menu at a place on the page: one at a time, usable by keyboard, gone on Esc or a click elsewhere.

import { el, icon } from "./elements.js";

const EDGE = 8;

let close = null;

export function closeMenu() {
  close?.();
}

function place(menu, at) {
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + 4 + height <= innerHeight - EDGE;
  const top = below ? at.bottom + 4 : at.top - height - 4;
  menu.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - width - EDGE))}px`;
  menu.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
}

function itemButton({ icon: name, run, danger, big, ...words }) {
  const choose = () => {
    closeMenu();
    run();
  };
  const { word, values, text } = words;
  const label = el("span", { word, values, text });
  const looks = ["menu-item", danger && "danger", big && "big"].filter(Boolean).join(" ");
  return el("button", { class: looks, role: "menuitem", on: { click: choose } }, name ? icon(name) : null, label);
}

function walk(menu, event) {
  const items = [...menu.querySelectorAll(".menu-item")];
  const at = items.indexOf(document.activeElement);
  const targets = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items[(at - 1 + items.length) % items.length],
    Home: items[0],
    End: items.at(-1),
  };
  if (event.key === "Escape" || event.key === "Tab") closeMenu();
  else if (targets[event.key]) targets[event.key].focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** `items`: {word|text, icon, run, danger, big} to choose, or {note} to read; `at`: a DOMRect. */
export function openMenu({ at, items, label, wide = false }) {
  closeMenu();
  const before = document.activeElement;
  const menu = el("div", { class: wide ? "menu wide" : "menu", role: "menu", label });
  for (const item of items) {
    menu.append(item.note ? el("p", { class: "menu-note", text: item.note }) : itemButton(item));
  }
  const outside = (event) => {
    if (!menu.contains(event.target)) closeMenu();
  };
  close = () => {
    close = null;
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", closeMenu);
    if (document.activeElement === document.body || !document.activeElement) before?.focus?.();
  };
  menu.addEventListener("keydown", (event) => walk(menu, event));
  document.addEventListener("pointerdown", outside, true);
  addEventListener("resize", closeMenu);
  document.body.append(menu);
  place(menu, at);
  menu.querySelector(".menu-item")?.focus({ preventScroll: true });
}
