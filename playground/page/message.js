// One message as a row of the chat: bubble, buttons, time and ticks.

import { avatar, hueOf } from "./avatar.js";
import { timeOfDay } from "./dates.js";
import { el, iconButton } from "./elements.js";
import { inlineKeyboard } from "./keyboard.js";
import { safeFragment } from "./markup.js";
import { mediaOf, snippetOf } from "./media.js";
import { openMessageMenu } from "./message_menu.js";
import { say } from "./words.js";

const LONG_PRESS = 500;
const SERVICES = {
  new_chat_members: "joined",
  left_chat_member: "left_group",
  pinned_message: "pinned",
  migrate_to_chat_id: "upgraded",
  migrate_from_chat_id: "upgraded",
};

/** A message about the chat itself has no text and no attachment, only its kind as markup. */
function serviceOf(message) {
  const bare = !message.text && !message.photo && !message.document && !message.voice && !message.sticker;
  return bare && message.html ? message.html.replace(/<[^>]*>/g, "") : null;
}

export class MessageRow {
  /** `actions`: jumpTo(id), replyTo(message), edit(message). */
  constructor(message, participant, actions) {
    this.participant = participant;
    this.actions = actions;
    this.element = el("article", { class: "row", data: { testid: `message-${message.id}`, id: message.id } });
    this.watchForMenu();
    this.render(message);
  }

  get mine() {
    return !this.message.from_bot && this.message.from_id === this.participant.personId;
  }

  /** Shows what changed; focus on one of the buttons stays where it was. */
  update(message) {
    if (message === this.message) return;
    const before = this.message;
    const onlyTicks =
      before.delivered !== message.delivered && before.html === message.html && before.edited === message.edited;
    if (onlyTicks) {
      this.message = message;
      this.element.querySelector(".ticks")?.replaceWith(this.ticks());
      return;
    }
    const keys = () => [...this.element.querySelectorAll(".key")];
    const focused = keys().indexOf(document.activeElement);
    this.render(message);
    if (focused >= 0) keys()[Math.min(focused, keys().length - 1)]?.focus();
  }

  render(message) {
    this.message = message;
    if (serviceOf(message)) {
      this.renderService();
      return;
    }
    const group = this.participant.isGroup;
    this.element.classList.toggle("mine", this.mine);
    this.element.classList.toggle("theirs", !this.mine);
    this.element.classList.toggle("in-group", group);
    const cell = el("div", { class: "cell" }, this.bubble(), inlineKeyboard(message, this.participant));
    cell.classList.toggle("with-keys", Boolean(message.keyboard?.length));
    const face = group && !this.mine ? avatar(message.from_name, message.from_id) : null;
    this.element.replaceChildren(...[face, cell].filter(Boolean));
  }

  renderService() {
    const word = SERVICES[serviceOf(this.message)];
    const line = word ? el("span", { word, values: { name: this.message.from_name } }) : el("span", { text: serviceOf(this.message) });
    this.element.classList.add("service");
    this.element.replaceChildren(line);
  }

  bubble() {
    const { message } = this;
    const bare = Boolean(message.sticker);
    const bubble = el("div", { class: "bubble", tabindex: -1 });
    bubble.classList.toggle("bare", bare);
    bubble.classList.toggle("photo-only", Boolean(message.photo && !message.html));
    bubble.classList.toggle("media-only", Boolean((message.document || message.voice) && !message.html));
    bubble.append(...[this.sender(), this.quoted(), mediaOf(message), this.text(), this.menuButton()].filter(Boolean));
    return bubble;
  }

  sender() {
    const { from_name: from, via } = this.message;
    const named = this.participant.isGroup && !this.mine;
    if (!named && !via) return null;
    const by = via ? el("span", { class: "via", word: "via", values: { name: via } }) : null;
    const name = el("p", { class: "sender", text: named ? from : "" }, by);
    name.dataset.hue = hueOf(this.message.from_id);
    return name;
  }

  quoted() {
    if (this.message.reply_to == null) return null;
    const original = this.participant.world.messageOf(this.message.chat_id, this.message.reply_to);
    return el(
      "button",
      { class: "quoted", on: { click: () => this.actions.jumpTo(this.message.reply_to) } },
      el("b", { text: original?.from_name ?? say("reply") }),
      el("span", { text: snippetOf(original) }),
    );
  }

  text() {
    const follow = {
      link: (href) => this.participant.follow(href),
      command: (text) => this.followCommand(text),
    };
    return el("div", { class: "text" }, safeFragment(this.message.html ?? "", follow), this.meta());
  }

  followCommand(text) {
    if (text.startsWith("/")) this.participant.say(text);
    else this.actions.insert(text);
  }

  meta() {
    const { date, edited } = this.message;
    const zone = this.participant.world.zone;
    return el(
      "span",
      { class: "meta" },
      edited ? el("span", { class: "edited-mark", word: "edited" }) : null,
      el("time", { datetime: date, text: timeOfDay(Date.parse(date), zone) }),
      this.mine ? this.ticks() : null,
    );
  }

  ticks() {
    const word = this.message.delivered ? "delivered" : "sent";
    return el("span", { class: `ticks ${word}`, role: "img", label: word, text: this.message.delivered ? "✓✓" : "✓" });
  }

  menuButton() {
    const open = ({ currentTarget }) => this.openMenu(currentTarget.getBoundingClientRect());
    return iconButton("more", "messageMenu", open, { class: "icon-button more", tabindex: -1 });
  }

  openMenu(at) {
    openMessageMenu({ at, row: this });
  }

  watchForMenu() {
    let press = null;
    const release = () => clearTimeout(press);
    const where = ({ clientX: x, clientY: y }) => new DOMRect(x, y, 0, 0);
    this.element.addEventListener("contextmenu", (event) => {
      if (!event.target.closest(".bubble") || event.target.closest("a[href]")) return;
      event.preventDefault();
      this.openMenu(where(event));
    });
    this.element.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "touch" || !event.target.closest(".bubble")) return;
      press = setTimeout(() => this.openMenu(where(event)), LONG_PRESS);
    });
    for (const end of ["pointerup", "pointercancel", "pointermove"]) this.element.addEventListener(end, release);
  }

  refreshKeys() {
    for (const key of this.element.querySelectorAll(".key")) key.refresh?.();
  }
}
