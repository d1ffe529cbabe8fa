// Where a person writes: text, commands, files, stickers; replies to a message and edits of one's own.

import { CommandMenu } from "./commands.js";
import { el, icon, iconButton } from "./elements.js";
import { InlineMenu } from "./inline.js";
import { ReplyKeyboard } from "./keyboard.js";
import { snippetOf } from "./media.js";
import { openMenu } from "./menu.js";
import { flash } from "./overlay.js";
import { LONGEST_TEXT, piecesOf } from "./participant.js";
import { Tray } from "./tray.js";
import { say } from "./words.js";

const COUNT_FROM = LONGEST_TEXT - 300;
const STICKERS = ["👍", "🎉", "😂", "😭", "🙏", "📚", "🧪", "🐱"];
const VOICES = [3, 15, 60];

export class Composer {
  constructor(participant) {
    this.participant = participant;
    this.replyTo = null;
    this.editing = null;
    this.textarea = el("textarea", {
      rows: 1, placeholder: "write", label: "write", enterkeyhint: "send", data: { testid: "composer" },
    });
    this.tray = new Tray();
    this.keyboard = new ReplyKeyboard(participant);
    this.commands = new CommandMenu(participant, this.textarea, {
      choose: (command) => this.sendCommand(command),
      complete: (text) => this.write(text),
    });
    this.inline = new InlineMenu(participant, this.textarea, { done: () => this.sent() });
    this.context = el("div", { class: "context", hidden: true });
    this.counter = el("p", { class: "counter", role: "status", hidden: true });
    this.sendButton = iconButton("send", "send", () => this.send(), { class: "icon-button send", data: { testid: "send" } });
    this.commandButton = el("button", {
      class: "icon-button slash", label: "commands", text: "/", on: { click: () => this.commands.toggle() },
    });
    this.element = el("div", { class: "composer" },
      this.commands.element, this.inline.element, this.context, this.tray.element, this.counter, this.line(), this.keyboard.element);
    this.listen();
    this.refresh();
  }

  line() {
    return el(
      "div",
      { class: "line" },
      this.commandButton,
      iconButton("attach", "attach", (event) => this.openAttach(event.currentTarget)),
      this.textarea,
      this.keyboard.toggle,
      iconButton("smile", "stickers", (event) => this.openStickers(event.currentTarget)),
      this.sendButton,
    );
  }

  listen() {
    this.textarea.addEventListener("input", () => this.typed());
    this.textarea.addEventListener("keydown", (event) => this.key(event));
    this.textarea.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (!files.length) return;
      event.preventDefault();
      this.tray.add(files);
    });
  }

  /** After the bot changed its commands or its keyboard. */
  refresh() {
    this.commandButton.hidden = this.commands.all.length === 0;
    if (this.commands.open) this.commands.typed(this.textarea.value || "/");
    this.keyboard.refresh();
  }

  write(text) {
    this.textarea.value = text;
    this.typed();
    this.textarea.focus();
  }

  insert(text) {
    const before = this.textarea.value;
    this.write(`${before}${before && !/\s$/.test(before) ? " " : ""}${text} `);
  }

  typed() {
    this.grow();
    this.count();
    this.commands.typed(this.textarea.value);
    this.inline.typed(this.textarea.value);
  }

  grow() {
    const { style } = this.textarea;
    style.height = "auto";
    style.height = `${this.textarea.scrollHeight}px`;
  }

  count() {
    const { length } = this.textarea.value;
    this.counter.hidden = length < COUNT_FROM;
    this.counter.classList.toggle("over", length > LONGEST_TEXT);
    this.counter.textContent = length > LONGEST_TEXT
      ? say("pieces", { n: piecesOf(this.textarea.value).length })
      : say("left", { n: LONGEST_TEXT - length });
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return; // the input method is still choosing characters
    if (this.commands.key(event) || this.inline.key(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape") this.leaveContext();
    else if (event.key === "ArrowUp" && this.textarea.value === "") {
      event.preventDefault();
      this.editLast();
    }
  }

  editLast() {
    const { world, personId, chatId } = this.participant;
    const own = world.history(chatId).findLast((message) => message.from_id === personId && message.text);
    if (own) this.edit(own);
  }

  reply(message) {
    this.leaveContext();
    this.replyTo = message;
    this.showContext("reply", "replying", message);
  }

  edit(message) {
    this.leaveContext();
    this.editing = message;
    this.showContext("edit", "editing", message);
    this.write(message.text);
  }

  showContext(sign, word, message) {
    this.context.replaceChildren(
      icon(sign),
      el("span", { class: "context-words" },
        el("b", { word, values: { name: message.from_name } }),
        el("span", { text: snippetOf(message) })),
      iconButton("close", "cancel", () => this.leaveContext()),
    );
    this.context.hidden = false;
    this.dressSendButton();
    this.textarea.focus();
  }

  /** While a message is edited the button saves it, and says so. */
  dressSendButton() {
    const [sign, word] = this.editing ? ["done", "save"] : ["send", "send"];
    this.sendButton.replaceChildren(icon(sign));
    this.sendButton.dataset.label = word;
    this.sendButton.title = say(word);
    this.sendButton.setAttribute("aria-label", say(word));
  }

  leaveContext() {
    if (this.editing) this.write("");
    this.replyTo = null;
    this.editing = null;
    this.context.hidden = true;
    this.dressSendButton();
  }

  sendCommand(command) {
    if (this.participant.command(command)) this.sent();
    else flash(say("notConnected"));
  }

  async send() {
    const text = this.textarea.value;
    if (this.tray.files.length) await this.sendFiles(text);
    else if (text.trim() !== "") this.sendText(text);
    this.textarea.focus();
  }

  sendText(text) {
    const gone = this.editing
      ? this.participant.edit(this.editing.id, text)
      : this.participant.say(text, this.replyTo?.id ?? null);
    if (gone) this.sent();
    else flash(say("notConnected"));
  }

  async sendFiles(caption) {
    const staged = this.tray.take();
    this.sent();
    this.counter.hidden = false;
    this.counter.textContent = say("uploading");
    for (const [index, { file, kind }] of staged.entries()) {
      try {
        await this.participant.upload(file, kind, index === 0 ? caption : "");
      } catch (refused) {
        flash(say("uploadFailed", { reason: refused.message }));
      }
    }
    this.count();
  }

  sent() {
    this.editing = null;
    this.leaveContext();
    this.write("");
  }

  openAttach(button) {
    openMenu({
      at: button.getBoundingClientRect(),
      label: "attach",
      items: [
        { word: "photo", icon: "photo", run: () => this.tray.choose("photo") },
        { word: "file", icon: "file", run: () => this.tray.choose("document") },
      ],
    });
  }

  openStickers(button) {
    const { participant } = this;
    openMenu({
      at: button.getBoundingClientRect(),
      label: "stickers",
      wide: true,
      items: [
        ...STICKERS.map((emoji) => ({ text: emoji, big: true, run: () => participant.sticker(emoji) })),
        ...VOICES.map((n) => ({ word: "voiceOf", values: { n }, icon: "mic", run: () => participant.voice(n) })),
      ],
    });
  }
}
