// The scrolling list of one chat's messages: only a stretch of it is on the page, and it keeps its place.

import { dayKey, dayName } from "./dates.js";
import { el, icon } from "./elements.js";
import { MessageRow } from "./message.js";
import { walkable } from "./walk.js";
import { say } from "./words.js";

const STRETCH = 150;
const LONGEST_STRETCH = 400;
const NEAR = 60;
const SAME_BREATH = 5 * 60 * 1000;
const FADE = 260;
const FEW = 8; // more at once appear without ceremony

function belongTogether(one, other) {
  return Boolean(
    one && other && one.from_id === other.from_id &&
      Math.abs(Date.parse(other.date) - Date.parse(one.date)) < SAME_BREATH,
  );
}

export class History {
  constructor(participant, actions) {
    this.participant = participant;
    this.actions = { ...actions, jumpTo: (id) => this.jumpTo(id) };
    this.rows = new Map();
    this.days = new Map();
    this.minutes = new Map();
    this.arrived = new Set();
    this.shown = STRETCH;
    this.known = this.messages.length;
    this.unread = 0;
    this.atBottom = true;
    this.list = el("div", { class: "list" });
    this.scroller = el("div", { class: "scroller", role: "log", label: "messages", "aria-live": "off", tabindex: 0 }, this.list);
    this.badge = el("span", { class: "badge" });
    this.downButton = el("button",
      { class: "to-bottom", label: "toBottom", hidden: true, on: { click: () => this.toBottom() } },
      this.badge, icon("down"));
    this.element = el("div", { class: "history" }, this.scroller, this.downButton);
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    walkable(this.scroller, { openMenu: (id) => this.openMenu(id), toComposer: actions.write });
    this.sizes = new ResizeObserver(() => this.stick());
    this.sizes.observe(this.list);
    this.sizes.observe(this.scroller);
    this.sync();
  }

  get messages() {
    return this.participant.world.history(this.participant.chatId);
  }

  leave() {
    this.sizes.disconnect();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.lateFrame);
    this.gone = true;
  }

  /** Called for every event of this chat; the page is brought up to date once a frame. */
  changed(event) {
    if (event.type === "message") {
      this.arrived.add(event.message.id);
      const own = event.message.from_id === this.participant.personId;
      if (own) this.atBottom = true;
      else if (!this.atBottom) this.unread += 1;
    }
    if (this.frame || this.lateFrame) return;
    const run = () => {
      cancelAnimationFrame(this.frame);
      clearTimeout(this.lateFrame);
      this.frame = this.lateFrame = null;
      if (!this.gone) this.sync();
    };
    this.frame = requestAnimationFrame(run);
    this.lateFrame = setTimeout(run, 500); // a page in the background gets no frames
  }

  /** Makes the elements equal to the messages, touching only what differs. */
  sync() {
    const { messages } = this;
    this.fitStretch(messages.length);
    const anchor = this.atBottom ? null : this.firstVisible();
    const from = Math.max(0, messages.length - this.shown);
    const wanted = this.elementsFor(messages, from);
    this.forgetOthers(wanted);
    this.arrange(wanted);
    if (anchor) this.scroller.scrollTop += anchor.element.getBoundingClientRect().top - anchor.top;
    this.arrived.clear();
    this.stick();
    this.showDown();
  }

  /** New messages lengthen the stretch; at the bottom, one that grew too long shrinks again. */
  fitStretch(count) {
    this.shown += Math.max(count - this.known, 0);
    this.known = count;
    if (this.atBottom && this.shown > LONGEST_STRETCH) this.shown = STRETCH;
  }

  elementsFor(messages, from) {
    const { zone } = this.participant.world;
    const now = this.participant.world.now();
    const wanted = [];
    let day = null;
    for (let at = from; at < messages.length; at += 1) {
      const message = messages[at];
      const key = this.dayOf(message.date, zone);
      const newDay = key !== day;
      if (newDay) wanted.push(this.dayLine(key, dayName(Date.parse(message.date), zone, now)));
      day = key;
      wanted.push(this.rowFor(message, {
        first: newDay || !belongTogether(messages[at - 1], message),
        last: !belongTogether(message, messages[at + 1]),
      }));
    }
    return wanted;
  }

  dayOf(date, zone) {
    const minute = date.slice(0, 16); // many messages share it, and formatting is the slow part
    if (!this.minutes.has(minute)) this.minutes.set(minute, dayKey(Date.parse(date), zone));
    return this.minutes.get(minute);
  }

  dayLine(key, name) {
    if (!this.days.has(key)) this.days.set(key, el("div", { class: "day" }, el("span")));
    const line = this.days.get(key);
    line.firstChild.textContent = name;
    return line;
  }

  rowFor(message, { first, last }) {
    let row = this.rows.get(message.id);
    if (row) row.update(message);
    else {
      row = new MessageRow(message, this.participant, this.actions);
      this.rows.set(message.id, row);
      row.element.classList.toggle("arriving", this.arrived.has(message.id) && this.arrived.size <= FEW);
    }
    row.element.classList.toggle("first", first);
    row.element.classList.toggle("last", last);
    return row.element;
  }

  forgetOthers(wanted) {
    const kept = new Set(wanted);
    const held = new Set(this.messages.map(({ id }) => id));
    for (const [id, row] of this.rows) {
      if (kept.has(row.element)) continue;
      this.rows.delete(id);
      if (held.has(id)) row.element.remove();
      else this.fade(row.element);
    }
    for (const [key, line] of this.days) {
      if (kept.has(line)) continue;
      this.days.delete(key);
      line.remove();
    }
  }

  fade(element) {
    element.classList.add("leaving");
    element.inert = true;
    setTimeout(() => element.remove(), FADE);
  }

  arrange(wanted) {
    let place = this.list.firstElementChild;
    const skipLeaving = () => {
      while (place?.classList.contains("leaving")) place = place.nextElementSibling;
    };
    for (const element of wanted) {
      skipLeaving();
      if (element === place) place = place.nextElementSibling;
      else this.list.insertBefore(element, place);
    }
  }

  firstVisible() {
    const top = this.scroller.getBoundingClientRect().top;
    const all = this.list.querySelectorAll(".row:not(.leaving)");
    let low = 0;
    let high = all.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle].getBoundingClientRect().bottom > top) high = middle;
      else low = middle + 1;
    }
    const element = all[low];
    return element ? { element, top: element.getBoundingClientRect().top } : null;
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (clientHeight === 0) return;
    this.atBottom = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.atBottom) this.unread = 0;
    this.showDown();
    if (scrollTop < NEAR * 4 && !this.atBottom) this.earlier();
  }

  earlier() {
    if (this.shown >= this.messages.length) return;
    this.shown += STRETCH;
    this.sync();
  }

  stick() {
    if (this.atBottom) this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  toBottom() {
    this.atBottom = true;
    this.unread = 0;
    this.sync();
  }

  showDown() {
    this.downButton.hidden = this.atBottom;
    this.badge.hidden = this.unread === 0;
    this.badge.textContent = this.unread;
    this.badge.setAttribute("aria-label", say("newMessages", { n: this.unread }));
  }

  jumpTo(messageId) {
    const at = this.participant.world.positionOf(this.participant.chatId, messageId);
    if (at < 0) return;
    this.atBottom = false;
    this.shown = Math.max(this.shown, this.messages.length - at + STRETCH / 2);
    this.sync();
    const { element } = this.rows.get(messageId);
    element.scrollIntoView({ block: "center" });
    element.classList.remove("pointed");
    requestAnimationFrame(() => element.classList.add("pointed"));
  }

  openMenu(messageId) {
    const row = this.rows.get(messageId);
    row?.openMenu(row.element.querySelector(".bubble").getBoundingClientRect());
  }

  refreshKeys() {
    for (const row of this.rows.values()) row.refreshKeys();
  }
}
