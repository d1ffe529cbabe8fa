// What lies over the page for a moment: flashes, an enlarged photo, a small form, the bot's alerts.

import { el, iconButton } from "./elements.js";

const FLASH_LASTS = 4000;
const TOAST_LASTS = 3500;

function dialog(options, ...children) {
  const box = el("dialog", options, ...children);
  box.addEventListener("close", () => box.remove());
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
  document.body.append(box);
  box.showModal();
  return box;
}

/** One line at the foot of the page, for what belongs to no column. */
export function flash(text) {
  document.querySelector(".flash")?.remove();
  const line = el("div", { class: "flash", role: "status", text });
  document.body.append(line);
  setTimeout(() => line.remove(), FLASH_LASTS);
}

export function enlarge(source, alt) {
  const box = dialog(
    { class: "viewer", "aria-label": alt },
    el("img", { src: source, alt }),
    iconButton("close", "close", () => box.close()),
  );
  box.querySelector("img").addEventListener("click", () => box.close());
}

/** A form of labelled fields; `done(values)` is called when it is confirmed. */
export function ask({ title, fields, confirm, done }) {
  const inputs = fields.map(({ field }) => field);
  const labels = fields.map(({ word, field }) => el("label", {}, el("span", { word }), field));
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { word: title }),
    ...labels,
    el("div", { class: "dialog-buttons" },
      el("button", { class: "quiet", word: "cancel", on: { click: () => box.close() } }),
      el("button", { class: "strong", word: confirm, type: "submit" })),
  );
  const box = dialog({ class: "ask", label: title }, form);
  form.addEventListener("submit", () => done(inputs.map((input) => input.value)));
  inputs[0].focus();
}

/** The bot's answer to a tap, over the top of one column: a line that goes by itself, or an alert to be closed. */
export class Toasts {
  constructor() {
    this.element = el("div", { class: "toasts", role: "status", "aria-live": "polite" });
  }

  show(text, alert, title) {
    if (!text) return;
    if (alert) this.alert(text, title);
    else this.line(text);
  }

  line(text) {
    const line = el("div", { class: "toast", text, data: { testid: "toast" } });
    this.element.append(line);
    setTimeout(() => line.remove(), TOAST_LASTS + text.length * 40);
  }

  alert(text, title) {
    const before = document.activeElement;
    const close = () => {
      cover.remove();
      before?.focus?.();
    };
    const ok = el("button", { class: "strong", word: "ok", on: { click: close } });
    const cover = el(
      "div",
      { class: "alert-cover", data: { testid: "alert" } },
      el("div", { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": title }, el("h2", { text: title }), el("p", { text }), ok),
    );
    cover.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key === "Tab") event.preventDefault();
    });
    this.element.after(cover);
    ok.focus();
  }
}
