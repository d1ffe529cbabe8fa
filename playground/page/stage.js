// The open phones side by side; on a narrow window one at a time, with tabs.

import { avatar } from "./avatar.js";
import { Column } from "./column.js";
import { el, icon } from "./elements.js";
import { openMenu } from "./menu.js";
import { ask, flash } from "./overlay.js";
import { say } from "./words.js";

const REMEMBERED = "linghang.columns";
const OPEN_AT_FIRST = 2;
const LANGUAGES = ["zh-hans", "zh-hant", "en"];

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(REMEMBERED)) ?? null;
  } catch {
    return null;
  }
}

export class Stage {
  constructor({ world, feed, main, tabs }) {
    Object.assign(this, { world, feed, main, tabs });
    this.columns = [];
    this.front = null;
    this.expected = null;
    this.addButton = el("button", { class: "add-column", label: "addColumn", on: { click: () => this.openPeople(this.addButton) } }, icon("plus"));
    this.nobody = el("p", { class: "nobody", word: "nobody" });
    main.append(this.nobody, this.addButton);
    tabs.setAttribute("aria-label", say("people"));
  }

  receive(event) {
    if (event.type === "state") this.rebuild();
    else for (const column of this.columns) column.receive(event);
    if (event.type === "person") this.welcome(event.person);
    if (event.type === "toast") this.toastElsewhere(event);
    if (event.type === "error") flash(say("failed", { reason: event.reason }));
    if (event.type === "person") this.showTabs();
    if (event.type === "message") this.countUnseen(event.message);
  }

  /** After every connection: the open phones stay while their people exist; at first the first two open. */
  rebuild() {
    for (const column of [...this.columns]) {
      if (this.world.people.has(column.personId)) column.reconnect();
      else column.leave();
    }
    this.columns = this.columns.filter(({ personId }) => this.world.people.has(personId));
    if (!this.columns.includes(this.front)) [this.front] = this.columns;
    const before = remembered();
    if (this.columns.length === 0 && before?.length !== 0) this.openAtFirst(before ?? []);
    this.bringToFront(this.front);
  }

  openAtFirst(before) {
    const living = before.filter(({ personId }) => this.world.people.has(personId));
    const first = [...this.world.people.keys()].slice(0, OPEN_AT_FIRST).map((personId) => ({ personId }));
    for (const { personId, chatId } of living.length ? living : first) this.open(personId, chatId);
    this.bringToFront(this.columns[0]);
  }

  open(personId, chatId = personId) {
    const { world, feed } = this;
    const column = new Column({
      world, feed, personId, chatId,
      onClose: (closed) => this.close(closed),
      onChange: () => this.remember(),
    });
    this.columns.push(column);
    this.main.insertBefore(column.element, this.nobody);
    column.history.stick();
    this.bringToFront(column);
    this.remember();
    return column;
  }

  close(column) {
    column.leave();
    this.columns = this.columns.filter((other) => other !== column);
    this.bringToFront(this.front === column ? this.columns[0] : this.front);
    this.remember();
  }

  remember() {
    const open = this.columns.map(({ personId, chatId }) => ({ personId, chatId }));
    sessionStorage.setItem(REMEMBERED, JSON.stringify(open));
  }

  bringToFront(column) {
    this.front = column ?? null;
    if (column) column.unseen = 0;
    for (const other of this.columns) other.element.classList.toggle("front", other === column);
    column?.history.stick();
    this.nobody.hidden = this.columns.length > 0;
    this.showTabs();
  }

  /** On a narrow window: what arrives for the people who are not in front. */
  countUnseen({ chat_id: chatId }) {
    const behind = this.columns.filter((column) => column !== this.front);
    const concerned = behind.filter(({ personId }) => this.world.chatsOf(personId).some(({ id }) => id === chatId));
    for (const column of concerned) column.unseen = (column.unseen ?? 0) + 1;
    if (concerned.length) this.showTabs();
  }

  showTabs() {
    const tabs = this.columns.map((column) => {
      const { name, id } = column.person;
      const chosen = String(column === this.front);
      return el("button", { class: "tab", "aria-pressed": chosen, on: { click: () => this.bringToFront(column) } },
        avatar(name, id), el("span", { text: name }),
        column.unseen ? el("span", { class: "badge", text: column.unseen }) : "");
    });
    const add = el("button", { class: "tab", label: "addColumn", on: { click: () => this.openPeople(add) } }, icon("plus"));
    this.tabs.replaceChildren(...tabs, add);
  }

  openPeople(button) {
    const open = new Set(this.columns.map(({ personId }) => personId));
    const others = [...this.world.people.values()].filter(({ id }) => !open.has(id));
    openMenu({
      at: button.getBoundingClientRect(),
      label: "addColumn",
      items: [
        ...others.map(({ id, name, hint }) => ({ text: hint ? `${name} · ${hint}` : name, icon: "person", run: () => this.open(id) })),
        { word: "newPerson", icon: "plus", run: () => this.askForPerson() },
      ],
    });
  }

  askForPerson() {
    const languages = LANGUAGES.map((code) => el("option", { value: code, text: code }));
    ask({
      title: "newPersonTitle",
      confirm: "add",
      fields: [
        { word: "personName", field: el("input", { required: true, maxlength: 64, autocomplete: "off" }) },
        { word: "personLanguage", field: el("select", {}, ...languages) },
      ],
      done: ([name, code]) => {
        if (this.feed.do("add_person", { name, language_code: code })) this.expected = name;
        else flash(say("notConnected"));
      },
    });
  }

  welcome(person) {
    if (person.name !== this.expected || this.columns.some(({ personId }) => personId === person.id)) return;
    this.expected = null;
    this.open(person.id).element.scrollIntoView({ inline: "end" });
  }

  toastElsewhere({ person_id: personId, text }) {
    if (text && !this.columns.some((column) => column.personId === personId)) {
      flash(`${this.world.people.get(personId)?.name ?? ""}: ${text}`);
    }
  }

  /** Sends a link of the notes as one of the open people; asks which when the note names nobody. */
  followAs(href, note, at) {
    const named = this.columns.filter(({ person }) => note.includes(person.name) || (person.hint && note.includes(person.hint)));
    const follow = (column) => {
      column.look(column.personId);
      this.bringToFront(column);
      column.participant.follow(href);
    };
    if (named.length === 1) return follow(named[0]);
    const items = this.columns.map((column) => ({ text: column.person.name, icon: "person", run: () => follow(column) }));
    return openMenu({ at, label: "sayItAs", items: [{ note: say("sayItAs") }, ...items] });
  }

  relabel() {
    for (const column of this.columns) column.relabel();
    this.showTabs();
  }
}
