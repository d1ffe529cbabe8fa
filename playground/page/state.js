// What the page knows of the world: one state at the start, then every event applied to it.

const TYPING_LASTS = 5500;

const changes = {
  state(world, event) {
    world.bot = event.bot;
    world.zone = event.clock.timezone;
    world.people = new Map(event.people.map((person) => [person.id, person]));
    world.chats = new Map(event.chats.map((chat) => [chat.id, chat]));
    world.histories = new Map(
      Object.entries(event.messages).map(([chatId, messages]) => [Number(chatId), messages]),
    );
    world.commands = new Map(
      Object.entries(event.commands).map(([personId, commands]) => [Number(personId), commands]),
    );
    world.notes = event.notes ?? [];
    world.pending = 0;
    world.typing.clear();
    world.taps.clear();
    world.setClock(event.clock.now);
  },
  message(world, { message }) {
    const history = world.history(message.chat_id);
    if (world.positionOf(message.chat_id, message.id) >= 0) world.replace(message);
    else history.push(message);
    if (message.from_bot) world.stopTyping(message.chat_id);
  },
  edited(world, { message }) {
    world.replace(message);
  },
  deleted(world, { chat_id: chatId, message_id: messageId }) {
    const at = world.positionOf(chatId, messageId);
    if (at >= 0) world.history(chatId).splice(at, 1);
  },
  delivered(world, { chat_id: chatId, message_id: messageId }) {
    const message = world.messageOf(chatId, messageId);
    if (message) world.replace({ ...message, delivered: true });
  },
  typing(world, event) {
    world.startTyping(event);
  },
  toast() {},
  link() {},
  inline_results() {},
  error(world, { about }) {
    if (about === "tap") world.taps.clear();
  },
  tap_answered(world, event) {
    const prefix = tapKey(event, "");
    for (const tap of world.taps) if (tap.startsWith(prefix)) world.taps.delete(tap);
  },
  commands(world, event) {
    world.commands.set(event.person_id, event.commands);
  },
  clock(world, { now }) {
    world.setClock(now);
  },
  person(world, { person }) {
    world.people.set(person.id, person);
  },
  chat(world, { chat }) {
    world.chats.set(chat.id, chat);
  },
  update_state(world, { pending }) {
    world.pending = pending;
  },
};

const tapKey = ({ person_id: personId, chat_id: chatId, message_id: messageId }, data) =>
  `${personId}:${chatId}:${messageId}:${data}`;

export class World {
  constructor() {
    this.bot = { id: 0, first_name: "", username: "" };
    this.zone = "Asia/Shanghai";
    this.people = new Map();
    this.chats = new Map();
    this.histories = new Map();
    this.commands = new Map();
    this.notes = [];
    this.pending = 0;
    this.typing = new Map();
    this.taps = new Set();
    this.listeners = new Set();
    this.clock = { at: Date.now(), read: performance.now() };
  }

  /** Applies one frame of the feed, then tells the listeners; a frame of an unknown type is passed over. */
  apply(event) {
    const change = Object.hasOwn(changes, event.type) ? changes[event.type] : null;
    if (!change) return;
    change(this, event);
    this.tell(event);
  }

  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(event) {
    for (const listener of this.listeners) listener(event);
  }

  history(chatId) {
    if (!this.histories.has(chatId)) this.histories.set(chatId, []);
    return this.histories.get(chatId);
  }

  positionOf(chatId, messageId) {
    return this.history(chatId).findLastIndex((message) => message.id === messageId);
  }

  messageOf(chatId, messageId) {
    return this.history(chatId)[this.positionOf(chatId, messageId)];
  }

  replace(message) {
    const at = this.positionOf(message.chat_id, message.id);
    if (at >= 0) this.history(message.chat_id)[at] = message;
  }

  /** The private chat first, then the groups this person is in. */
  chatsOf(personId) {
    const groups = [...this.chats.values()].filter(
      (chat) => chat.kind === "group" && chat.member_ids.includes(personId),
    );
    return [this.chats.get(personId) ?? { id: personId, kind: "private", title: "", member_ids: [personId] }, ...groups];
  }

  /** The message whose reply keyboard holds now, or null. */
  replyKeyboardOf(chatId) {
    const last = this.history(chatId).findLast((message) => message.reply_keyboard || message.remove_keyboard);
    return last?.reply_keyboard ? last : null;
  }

  setClock(now) {
    this.clock = { at: Date.parse(now), read: performance.now() };
  }

  now() {
    return this.clock.at + performance.now() - this.clock.read;
  }

  startTyping({ chat_id: chatId }) {
    clearTimeout(this.typing.get(chatId));
    this.typing.set(chatId, setTimeout(() => {
      this.stopTyping(chatId);
      this.tell({ type: "typing_ended", chat_id: chatId });
    }, TYPING_LASTS));
  }

  stopTyping(chatId) {
    clearTimeout(this.typing.get(chatId));
    this.typing.delete(chatId);
  }

  startTap(tap, data) {
    this.taps.add(tapKey(tap, data));
  }

  isTapping(tap, data) {
    return this.taps.has(tapKey(tap, data));
  }
}
