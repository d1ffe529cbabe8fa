// Says that this is only a playground, and shows the notes of whoever started it.

import { el } from "./elements.js";
import { startPayload } from "./links.js";

const LINKS = /((?:https?:\/\/|tg:\/\/)[^\s<>"'（）【】，。；、]+|\/start(?: [\w-]+)?)/;

export class Banner {
  /** `follow(href, note, at)` sends a start link of a note as somebody. */
  constructor(world, element, follow) {
    this.world = world;
    this.follow = follow;
    this.notes = el("ul", { class: "notes" });
    element.className = "banner";
    element.append(el("p", {}, el("span", { class: "banner-dot", "aria-hidden": "true" }), el("span", { word: "offline" })), this.notes);
  }

  receive({ type }) {
    if (type !== "state") return;
    this.notes.hidden = this.world.notes.length === 0;
    this.notes.replaceChildren(...this.world.notes.map((note) => el("li", {}, ...this.linked(note))));
  }

  linked(note) {
    return note.split(LINKS).map((piece, index) => (index % 2 === 0 ? piece : this.link(piece, note)));
  }

  link(piece, note) {
    const { username } = this.world.bot;
    const href = piece.startsWith("/start") ? `https://t.me/${username}?start=${piece.slice(7)}` : piece;
    if (startPayload(href, username) != null) {
      const send = ({ currentTarget }) => this.follow(href, note, currentTarget.getBoundingClientRect());
      return el("button", { class: "note-link", text: piece, on: { click: send } });
    }
    return piece.startsWith("http") ? el("a", { href, text: piece, target: "_blank", rel: "noopener noreferrer" }) : piece;
  }
}
