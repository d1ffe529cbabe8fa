// The list of the bot's commands: opened by the "/" button or by typing "/", walked through by keyboard.

import { el } from "./elements.js";

let lists = 0;

export class CommandMenu {
  /** `choose(command)` sends it; `complete(text)` only writes it into the composer. */
  constructor(participant, textarea, { choose, complete }) {
    this.participant = participant;
    this.textarea = textarea;
    this.choose = choose;
    this.complete = complete;
    this.found = [];
    this.marked = -1;
    this.id = `commands-${(lists += 1)}`;
    this.element = el("div", { class: "command-menu", id: this.id, role: "listbox", label: "commands", hidden: true });
    textarea.setAttribute("aria-controls", this.id);
    textarea.setAttribute("aria-autocomplete", "list");
  }

  get all() {
    return this.participant.world.commands.get(this.participant.personId) ?? [];
  }

  get open() {
    return !this.element.hidden;
  }

  /** Follows what is typed: a "/" at the start, and nothing but the command's name after it. */
  typed(text) {
    const begun = /^\/([^\s@/]*)$/.exec(text);
    const name = begun?.[1].toLowerCase();
    this.show(begun ? this.all.filter(({ command }) => command.startsWith(name)) : []);
  }

  toggle() {
    if (this.open) this.close();
    else this.show(this.all);
    this.textarea.focus();
  }

  close() {
    this.show([]);
  }

  show(commands) {
    this.found = commands;
    this.element.hidden = commands.length === 0;
    this.element.replaceChildren(...commands.map((command, index) => this.option(command, index)));
    this.mark(-1);
  }

  option({ command, description }, index) {
    return el(
      "button",
      {
        class: "command-option", role: "option", tabindex: -1, id: `${this.id}-${index}`, "aria-selected": "false",
        on: { click: () => this.take(index) },
      },
      el("b", { text: `/${command}` }),
      el("span", { text: description }),
    );
  }

  mark(index) {
    this.marked = index;
    for (const [at, option] of [...this.element.children].entries()) {
      option.setAttribute("aria-selected", String(at === index));
    }
    if (index < 0) this.textarea.removeAttribute("aria-activedescendant");
    else {
      this.textarea.setAttribute("aria-activedescendant", `${this.id}-${index}`);
      this.element.children[index].scrollIntoView({ block: "nearest" });
    }
  }

  take(index) {
    const { command } = this.found[index];
    this.close();
    this.choose(command);
  }

  /** True when the key was for the list. Enter sends what is marked; with nothing marked it sends what is typed. */
  key({ key }) {
    if (!this.open) return false;
    const count = this.found.length;
    if (key === "ArrowDown") this.mark((this.marked + 1) % count);
    else if (key === "ArrowUp") this.mark(this.marked <= 0 ? count - 1 : this.marked - 1);
    else if (key === "Escape") this.close();
    else if (key === "Tab") this.complete(`/${this.found[Math.max(this.marked, 0)].command} `);
    else if (key === "Enter" && this.marked >= 0) this.take(this.marked);
    else return false;
    return true;
  }
}
