// What one person can do in one chat; every deed goes to the server, and the page shows what comes back.

import { startPayload } from "./links.js";

export const LONGEST_TEXT = 4096;

/** Cuts a text that is too long for one message, at the last line end or space that fits. */
export function piecesOf(text) {
  const pieces = [];
  let rest = text;
  while (rest.length > LONGEST_TEXT) {
    const head = rest.slice(0, LONGEST_TEXT);
    let cut = Math.max(head.lastIndexOf("\n"), head.lastIndexOf(" ")) + 1;
    if (cut < LONGEST_TEXT / 2) cut = /[\uD800-\uDBFF]$/.test(head) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...pieces, rest].filter((piece) => piece.trim() !== "");
}

async function reasonOf(answer) {
  try {
    return (await answer.json()).reason ?? answer.statusText;
  } catch {
    return `${answer.status} ${answer.statusText}`;
  }
}

export class Participant {
  /** `turnTo(chatId)` shows the person another of their chats. */
  constructor({ world, feed, personId, chatId, turnTo }) {
    this.world = world;
    this.feed = feed;
    this.personId = personId;
    this.chatId = chatId;
    this.turnTo = turnTo;
  }

  get isGroup() {
    return this.chatId !== this.personId;
  }

  get place() {
    return { person_id: this.personId, chat_id: this.chatId };
  }

  say(text, replyTo = null) {
    return piecesOf(text).every((piece, index) =>
      this.feed.do("say", { ...this.place, text: piece, reply_to: index === 0 ? replyTo : null }),
    );
  }

  /** In a group a command says whom it is for. */
  command(command) {
    return this.say(this.isGroup ? `/${command}@${this.world.bot.username}` : `/${command}`);
  }

  edit(messageId, text) {
    return this.feed.do("edit", { ...this.place, message_id: messageId, text });
  }

  remove(messageId) {
    return this.feed.do("delete", { ...this.place, message_id: messageId });
  }

  tap(messageId, data) {
    const tap = { ...this.place, message_id: messageId };
    if (!this.feed.do("tap", { ...tap, data })) return false;
    this.world.startTap(tap, data);
    return true;
  }

  askInline(query) {
    return this.feed.do("ask_inline", { ...this.place, query });
  }

  chooseInline(queryId, resultId) {
    return this.feed.do("choose_inline", { ...this.place, query_id: queryId, result_id: resultId });
  }

  sticker(emoji) {
    return this.feed.do("sticker", { ...this.place, emoji });
  }

  voice(seconds) {
    return this.feed.do("voice", { ...this.place, seconds });
  }

  /** A link that starts the bot is followed here, as this person; true when it was one. */
  follow(href) {
    const payload = startPayload(href, this.world.bot.username);
    if (payload == null) return false;
    this.feed.do("say", {
      person_id: this.personId, chat_id: this.personId, text: `/start ${payload}`.trim(), reply_to: null,
    });
    if (this.isGroup) this.turnTo(this.personId);
    return true;
  }

  /** Sends a file; throws an Error with the server's reason when it was refused. */
  async upload(file, kind, caption) {
    const query = new URLSearchParams({ ...this.place, kind, caption });
    const body = new FormData();
    body.append("file", file, file.name || "image.png");
    const answer = await fetch(`playground/upload?${query}`, { method: "POST", body });
    if (!answer.ok) throw new Error(await reasonOf(answer));
  }
}
