// What the bot offers while its name and a few words are typed: a tap sends one of the offers into this chat.

import { el } from "./elements.js";

const PAUSE = 200;

let lists = 0;

export class InlineMenu {
  /** `done()` is called when an offer was taken. */
  constructor(participant, textarea, { done }) {
    this.participant = participant;
    this.textarea = textarea;
    this.done = done;
    this.timer = null;
    this.asked = null;
    this.marked = -1;
    this.id = `inline-${(lists += 1)}`;
    this.element = el("div", { class: "command-menu", id: this.id, role: "listbox", label: "offers", hidden: true });
    const others = textarea.getAttribute("aria-controls");
    textarea.setAttribute("aria-controls", [others, this.id].filter(Boolean).join(" "));
  }

  get open() {
    return !this.element.hidden;
  }

  /** What stands behind the bot's name at the start of the text, or null. */
  queryIn(text) {
    const name = `@${this.participant.world.bot.username.toLowerCase()}`;
    if (!text.toLowerCase().startsWith(name) || !/^\s/.test(text.slice(name.length))) return null;
    return text.slice(name.length).trim();
  }

  /** Asks the bot once the typing rests. */
  typed(text) {
    const query = this.queryIn(text);
    if (query === this.asked) return;
    clearTimeout(this.timer);
    this.asked = query;
    if (query == null) this.show(null);
    else this.timer = setTimeout(() => this.participant.askInline(query), PAUSE);
  }

  receive(answer) {
    if (this.asked != null) this.show(answer);
  }

  close() {
    this.show(null);
  }

  show(answer) {
    const options = [];
    if (answer?.button) options.push(this.wayOn(answer.button));
    for (const result of answer?.results ?? []) options.push(this.offer(answer.query_id, result));
    this.element.replaceChildren(...options);
    this.element.hidden = options.length === 0;
    this.mark(-1);
  }

  option(run, ...children) {
    const take = () => {
      this.close();
      run();
    };
    return el("button", { class: "command-option inline-option", role: "option", tabindex: -1, "aria-selected": "false", on: { click: take } }, ...children);
  }

  offer(queryId, { id, title, description }) {
    const send = () => {
      if (this.participant.chooseInline(queryId, id)) this.done();
    };
    return this.option(send, el("b", { text: title }), el("span", { text: description }));
  }

  wayOn({ text, start_parameter: payload }) {
    const { username } = this.participant.world.bot;
    const follow = () => {
      this.done();
      this.participant.follow(`https://t.me/${username}?start=${payload}`);
    };
    return this.option(follow, el("b", { class: "way-on", text }));
  }

  mark(index) {
    this.marked = index;
    for (const [at, option] of [...this.element.children].entries()) {
      option.id = `${this.id}-${at}`;
      option.setAttribute("aria-selected", String(at === index));
    }
    if (index < 0) {
      if (this.textarea.getAttribute("aria-activedescendant")?.startsWith(this.id)) this.textarea.removeAttribute("aria-activedescendant");
      return;
    }
    this.textarea.setAttribute("aria-activedescendant", `${this.id}-${index}`);
    this.element.children[index].scrollIntoView({ block: "nearest" });
  }

  /** True when the key was for the list. Enter takes what is marked; with nothing marked it sends what is typed. */
  key({ key }) {
    if (!this.open) return false;
    const count = this.element.children.length;
    if (key === "ArrowDown") this.mark((this.marked + 1) % count);
    else if (key === "ArrowUp") this.mark(this.marked <= 0 ? count - 1 : this.marked - 1);
    else if (key === "Escape") this.close();
    else if (key === "Enter" && this.marked >= 0) this.element.children[this.marked].click();
    else return false;
    return true;
  }
}
