// Builds page elements from plain descriptions, so that nothing anybody wrote is ever read as markup.

import { say } from "./words.js";

const DRAWING = "http://www.w3.org/2000/svg";

const ICONS = {
  send: "M3 11.2 20.3 3.7c.6-.2 1.1.3.9.9L15.6 20.6c-.2.6-1.1.7-1.4.1l-3.3-6.3 5.4-6.3-7.3 4.7-5.9-.5c-.7-.1-.8-.9-.1-1.1Z",
  done: "m5 12.5 4.5 4.5L19 7.5",
  attach: "M19.5 11.5 12 19a4.6 4.6 0 0 1-6.5-6.5l8-8a3 3 0 0 1 4.3 4.3l-8 8a1.5 1.5 0 0 1-2.1-2.1l7.3-7.3",
  smile: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8.5 14.2c1.8 2.4 5.2 2.4 7 0M9 9.5v.6M15 9.5v.6",
  keyboard: "M4.5 6h15A1.5 1.5 0 0 1 21 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6ZM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8",
  close: "m6.5 6.5 11 11M17.5 6.5l-11 11",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  plus: "M12 5v14M5 12h14",
  down: "m6 9.5 6 6 6-6",
  reply: "M10 6 4 12l6 6M4.5 12H14a6 6 0 0 1 6 6v.5",
  edit: "m4.5 19.5.8-4L16 4.8a1.8 1.8 0 0 1 2.6 0l.6.6a1.8 1.8 0 0 1 0 2.6L8.5 18.7Z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  bin: "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7",
  file: "M7 3.5h7l4.5 4.5v12.5H7zM13.5 3.8V8.5h4.8",
  photo: "M4 5.5h16v13H4zM4.5 16l4.5-4.5 4 4 2.5-2.5 4 4M15 9.2h.01",
  mic: "M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5a2.8 2.8 0 1 1-5.6 0v-5A2.8 2.8 0 0 1 12 3.5ZM6 11.5a6 6 0 0 0 12 0M12 17.5V21",
  play: "M8 5.5v13l10.5-6.5Z",
  block: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM6.2 6.2l11.6 11.6",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20c.6-3.7 3.6-5.5 7.5-5.5s6.9 1.8 7.5 5.5",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2.2",
};

function applyWords(node, { word, values, label, placeholder }) {
  if (word) {
    node.dataset.word = word;
    if (values) node.dataset.values = JSON.stringify(values);
    node.textContent = say(word, values);
  }
  if (label) {
    node.dataset.label = label;
    node.setAttribute("aria-label", say(label));
    if (node.localName === "button") node.title = say(label);
  }
  if (placeholder) {
    node.dataset.placeholder = placeholder;
    node.placeholder = say(placeholder);
  }
}

/** An element; `word`, `label` and `placeholder` are keys of the page's own words, `text` is anybody's. */
export function el(tag, options = {}, ...children) {
  const { word, values, label, placeholder, text, on = {}, data = {}, ...attributes } = options;
  const node = document.createElement(tag);
  if (tag === "button") node.type = "button";
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  Object.assign(node.dataset, data);
  if (text != null) node.textContent = text;
  applyWords(node, { word, values, label, placeholder });
  for (const [event, run] of Object.entries(on)) node.addEventListener(event, run);
  node.append(...children.filter((child) => child != null && child !== false));
  return node;
}

export function icon(name) {
  const drawing = document.createElementNS(DRAWING, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", `icon icon-${name}`);
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(DRAWING, "path");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

export function iconButton(name, label, run, options = {}) {
  return el("button", { class: "icon-button", label, on: { click: run }, ...options }, icon(name));
}

/** Says every word below `root` again, after the language changed. */
export function relabel(root) {
  for (const node of root.querySelectorAll("[data-word]")) {
    const values = node.dataset.values ? JSON.parse(node.dataset.values) : undefined;
    node.textContent = say(node.dataset.word, values);
  }
  for (const node of root.querySelectorAll("[data-label]")) applyWords(node, { label: node.dataset.label });
  for (const node of root.querySelectorAll("[data-placeholder]")) {
    node.placeholder = say(node.dataset.placeholder);
  }
}
