// The bot's buttons: inline ones under a bubble, and the reply keyboard above the composer.

import { el, icon } from "./elements.js";
import { openable } from "./links.js";
import { say } from "./words.js";

function linkKey(button, participant) {
  const href = openable(button.url);
  const follow = (event) => {
    if (!href || participant.follow(href)) event.preventDefault();
  };
  return el(
    "a",
    {
      class: "key", href: href ?? "#", target: "_blank", rel: "noopener noreferrer",
      "aria-label": say("linkButton", { text: button.text }), on: { click: follow },
    },
    el("span", { text: button.text }),
    el("span", { class: "key-mark", "aria-hidden": "true", text: "↗" }),
  );
}

function tapKey(button, message, participant) {
  const { world } = participant;
  const key = el("button", { class: "key" }, el("span", { text: button.text }));
  const tap = { ...participant.place, message_id: message.id };
  key.refresh = () => {
    const busy = world.isTapping(tap, button.data);
    key.classList.toggle("busy", busy);
    key.setAttribute("aria-busy", String(busy));
  };
  key.addEventListener("click", () => {
    participant.tap(message.id, button.data);
    key.refresh();
  });
  key.refresh();
  return key;
}

export function inlineKeyboard(message, participant) {
  if (!message.keyboard?.length) return null;
  const rows = message.keyboard.map((row) =>
    el("div", { class: "keys" }, ...row.map((button) =>
      button.url == null ? tapKey(button, message, participant) : linkKey(button, participant),
    )),
  );
  return el("div", { class: "inline-keyboard" }, ...rows);
}

/** The reply keyboard: shown when the bot sends one, hidden and shown again by its own button. */
export class ReplyKeyboard {
  constructor(participant) {
    this.participant = participant;
    this.shownFor = null;
    this.hidden = false;
    this.element = el("div", { class: "reply-keyboard", hidden: true });
    this.toggle = el(
      "button",
      { class: "icon-button", label: "replyKeyboard", hidden: true, "aria-pressed": "true", on: { click: () => this.flip() } },
      icon("keyboard"),
    );
  }

  refresh() {
    const message = this.participant.world.replyKeyboardOf(this.participant.chatId);
    if (message?.reply_keyboard !== this.shownFor?.reply_keyboard) {
      this.hidden = false;
      this.element.replaceChildren(...(message?.reply_keyboard ?? []).map((row) => this.row(row)));
    }
    this.shownFor = message;
    this.show();
  }

  row(labels) {
    const keys = labels.map((label) =>
      el("button", { class: "reply-key", text: label, on: { click: () => this.participant.say(label) } }),
    );
    return el("div", { class: "keys" }, ...keys);
  }

  flip() {
    this.hidden = !this.hidden;
    this.show();
  }

  show() {
    this.toggle.hidden = !this.shownFor;
    this.toggle.setAttribute("aria-pressed", String(!this.hidden));
    this.element.hidden = !this.shownFor || this.hidden;
  }
}
