// A round face for a name: its initial on a colour that stays the same for the same id.

import { el } from "./elements.js";

const HUES = 7;

export const hueOf = (id) => Math.abs(id) % HUES;

export function initialOf(name) {
  return [...(name ?? "").trim()][0]?.toUpperCase() ?? "?";
}

export function avatar(name, id, extra = "") {
  return el("span", { class: `avatar ${extra}`.trim(), "aria-hidden": "true", text: initialOf(name), data: { hue: hueOf(id) } });
}
