// One person's phone: who they are, the chat they look at, and where they write.

import { avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { el, iconButton, relabel } from "./elements.js";
import { History } from "./history.js";
import { openMenu } from "./menu.js";
import { Toasts } from "./overlay.js";
import { Participant } from "./participant.js";
import { tabsByArrows } from "./walk.js";
import { say } from "./words.js";

export class Column {
  constructor({ world, feed, personId, chatId, onClose, onChange }) {
    Object.assign(this, { world, feed, personId, onClose, onChange });
    this.unread = new Map();
    this.drafts = new Map();
    this.owner = el("header", { class: "owner" });
    this.chats = el("div", { class: "chats", role: "tablist", label: "chats" });
    this.body = el("div", { class: "chat-body" });
    this.toasts = new Toasts();
    this.live = el("p", { class: "unseen", "aria-live": "polite" });
    this.element = el("section", { class: "column", data: { testid: `column-${personId}` } },
      this.owner, this.chats, this.toasts.element, this.body, this.live);
    tabsByArrows(this.chats);
    this.acceptDrops();
    this.look(chatId ?? personId);
  }

  get person() {
    return this.world.people.get(this.personId);
  }

  /** Turns to another chat; what was being written stays in the one that is left. */
  look(chatId) {
    if (this.composer) this.drafts.set(this.chatId, this.composer.textarea.value);
    this.history?.leave();
    const known = this.world.chatsOf(this.personId).some((chat) => chat.id === chatId);
    this.chatId = known ? chatId : this.personId;
    this.unread.delete(this.chatId);
    const participant = new Participant({ ...this, turnTo: (other) => this.look(other) });
    this.participant = participant;
    this.composer = new Composer(participant);
    this.history = new History(participant, {
      replyTo: (message) => this.composer.reply(message),
      edit: (message) => this.composer.edit(message),
      insert: (text) => this.composer.insert(text),
      write: () => this.composer.textarea.focus(),
    });
    this.welcome = el("div", { class: "welcome" });
    this.restart = el("button", { class: "restart", word: "restart", on: { click: () => this.startAgain() } });
    this.body.replaceChildren(this.history.element, this.welcome, this.composer.element, this.restart);
    this.refresh();
    this.showWelcome();
    if (this.drafts.get(this.chatId)) this.composer.write(this.drafts.get(this.chatId));
    this.history.stick();
    this.onChange?.();
  }

  refresh() {
    if (!this.person) return;
    this.element.setAttribute("aria-label", this.person.name);
    this.showOwner();
    this.showChats();
    this.composer.element.hidden = this.person.blocked && !this.participant.isGroup;
    this.restart.hidden = !this.composer.element.hidden;
  }

  showOwner() {
    const { name, username, hint, id, blocked } = this.person;
    const facts = [username ? `@${username}` : null, blocked ? say("blocked") : null].filter(Boolean);
    this.owner.replaceChildren(
      avatar(name, id),
      el("div", { class: "owner-facts" },
        el("h2", {}, el("span", { class: "owner-name", text: name }), hint ? el("span", { class: "hint", text: hint }) : ""),
        facts.length ? el("small", { text: facts.join(" · ") }) : ""),
      iconButton("more", "personMenu", (event) => this.openMenu(event.currentTarget)),
      iconButton("close", "closeColumn", () => this.onClose(this)),
    );
  }

  /** The chats in one row, each with its face and what goes on in it; a single one is simply the chat's title. */
  showChats() {
    const focused = [...this.chats.children].indexOf(document.activeElement);
    this.chats.replaceChildren(...this.world.chatsOf(this.personId).map((chat) => this.chatTab(chat)));
    this.chats.children[focused]?.focus();
  }

  chatTab(chat) {
    const { bot, typing } = this.world;
    const group = chat.kind === "group";
    const title = group ? chat.title : bot.first_name;
    const members = new Set([bot.id, ...chat.member_ids]).size;
    const quiet = group ? say("members", { n: members }) : say("bot");
    const busy = typing.has(chat.id);
    const unread = this.unread.get(chat.id) ?? 0;
    return el("button",
      { class: "chat-tab", role: "tab", "aria-selected": String(chat.id === this.chatId), on: { click: () => this.look(chat.id) } },
      group ? avatar(title, chat.id) : el("img", { class: "avatar", src: "icon.svg", alt: "" }),
      el("span", { class: "chat-facts" },
        el("b", { text: title }),
        el("small", { class: busy ? "typing" : "", text: busy ? say("typing", { name: bot.first_name }) : quiet })),
      unread ? el("span", { class: "badge", text: unread }) : "");
  }

  showWelcome() {
    const empty = this.world.history(this.chatId).length === 0;
    this.welcome.hidden = !empty;
    this.history.element.hidden = empty;
    if (!empty) return;
    const group = this.participant.isGroup;
    this.welcome.replaceChildren(el("div", { class: "welcome-card" },
      group ? "" : el("img", { src: "icon.svg", alt: "", width: 72, height: 72 }),
      el("p", { class: "welcome-title", word: "emptyChat" }),
      el("p", { word: group ? "emptyGroup" : "emptyChatHint" }),
      group ? "" : el("button", { class: "strong start", word: "start", on: { click: () => this.participant.say("/start") } })));
  }

  /** After the line was down: what is being written and read stays, the rest is shown as it is now. */
  reconnect() {
    if (!this.world.chatsOf(this.personId).some(({ id }) => id === this.chatId)) this.look(this.personId);
    this.refresh();
    this.showWelcome();
    this.composer.refresh();
    this.history.sync();
  }

  startAgain() {
    this.feed.do("unblock", { person_id: this.personId });
    this.participant.say("/start");
  }

  openMenu(button) {
    const { language_code: code, blocked } = this.person;
    const deed = blocked ? "unblock" : "block";
    const word = blocked ? "unblockBot" : "blockBot";
    openMenu({
      at: button.getBoundingClientRect(),
      label: "personMenu",
      items: [
        { note: say("language", { code }) },
        { word, icon: "block", danger: !blocked, run: () => this.feed.do(deed, { person_id: this.personId }) },
      ],
    });
  }

  /** Every event of the feed comes by here; each column takes what concerns it. */
  receive(event) {
    const chatId = event.chat_id ?? event.message?.chat_id;
    if (event.type === "person" && event.person.id === this.personId) this.refresh();
    else if (event.type === "chat") this.refresh();
    else if (event.type === "commands" && event.person_id === this.personId) this.composer.refresh();
    else if (event.type === "link" && event.person_id === this.personId) this.participant.follow(event.url);
    else if (event.type === "toast" && event.person_id === this.personId) {
      this.toasts.show(event.text, event.alert, this.world.bot.first_name);
    } else if (event.type === "inline_results") this.offer(event);
    else if (event.type === "error") this.history.refreshKeys();
    else if (event.type.startsWith("typing")) this.showChats();
    else if (chatId === this.chatId) this.receiveHere(event);
    else if (event.type === "message" && this.world.chatsOf(this.personId).some(({ id }) => id === chatId)) {
      this.unread.set(chatId, (this.unread.get(chatId) ?? 0) + 1);
      this.showChats();
    }
  }

  offer(event) {
    if (event.person_id === this.personId && event.chat_id === this.chatId) this.composer.inline.receive(event);
  }

  receiveHere(event) {
    if (event.type === "tap_answered") this.history.refreshKeys();
    else this.receiveMessage(event);
  }

  receiveMessage(event) {
    const { message } = event;
    this.showWelcome();
    this.history.changed(event);
    if (event.type === "delivered") return;
    this.composer.keyboard.refresh();
    if (!message?.from_bot) return;
    if (this.chats.querySelector(".typing")) this.showChats();
    this.live.textContent = `${message.from_name}: ${message.text}`;
  }

  acceptDrops() {
    const hover = (on) => (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      this.element.classList.toggle("dropping", on);
      this.element.dataset.drop = say("dropHere");
    };
    this.element.addEventListener("dragover", hover(true));
    this.element.addEventListener("dragleave", hover(false));
    this.element.addEventListener("drop", (event) => {
      hover(false)(event);
      this.composer.tray.add([...(event.dataTransfer?.files ?? [])]);
    });
  }

  relabel() {
    relabel(this.element);
    this.look(this.chatId);
  }

  leave() {
    this.history.leave();
    this.element.remove();
  }
}
