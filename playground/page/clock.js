// The world's clock in the page's header: it shows the moment, and moves it forward.

import { dayName, fromField, timeOfDay, toField } from "./dates.js";
import { el } from "./elements.js";
import { ask, flash } from "./overlay.js";
import { say } from "./words.js";

const HOUR = 3600;
const STEPS = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR };
const GIVE_UP = 60_000;
const TICK = 1000;

export class Clock {
  constructor(world, feed, element) {
    this.world = world;
    this.feed = feed;
    this.move = null;
    this.face = el("time", { class: "clock-face", data: { testid: "clock" } });
    this.progress = el("progress", { max: 1, label: "moving", hidden: true });
    this.buttons = [
      ...Object.entries(STEPS).map(([word, seconds]) => el("button", { class: "clock-step", word, on: { click: () => this.forward(seconds) } })),
      el("button", { class: "clock-step", word: "moveTo", on: { click: () => this.askForMoment() } }),
    ];
    this.element = element;
    element.className = "clock";
    element.setAttribute("role", "group");
    element.append(
      el("div", { class: "clock-now" }, this.face, el("small", { word: "clockForward" })),
      el("div", { class: "clock-steps" }, ...this.buttons),
      this.progress,
    );
    setInterval(() => this.show(), TICK);
    this.show();
  }

  receive({ type }) {
    if (type === "state") this.arrived();
    if (type === "clock" && this.move) this.advance();
    if (type === "clock" || type === "state") this.show();
  }

  show() {
    const now = this.world.now();
    this.element.setAttribute("aria-label", say("clock"));
    this.face.dateTime = new Date(now).toISOString();
    const text = `${dayName(now, this.world.zone)} ${timeOfDay(now, this.world.zone)}`;
    if (this.face.textContent !== text) this.face.textContent = text;
    this.face.title = `${toField(now, this.world.zone).replace("T", " ")} ${this.world.zone}`;
  }

  forward(seconds) {
    this.begin(this.world.now() + seconds * 1000, this.feed.do("clock", { seconds }));
  }

  begin(until, handedOver) {
    if (!handedOver) {
      flash(say("notConnected"));
      return;
    }
    this.move = { from: this.world.now(), until, timer: setTimeout(() => this.arrived(), GIVE_UP) };
    this.progress.hidden = false;
    this.progress.removeAttribute("value");
    for (const button of this.buttons) button.disabled = true;
  }

  /** The clock may come in steps: the bar shows how far it has got. */
  advance() {
    const { from, until } = this.move;
    const done = (this.world.now() - from) / (until - from);
    if (this.world.now() + TICK >= until) this.arrived();
    else this.progress.value = done;
  }

  arrived() {
    clearTimeout(this.move?.timer);
    this.move = null;
    this.progress.hidden = true;
    for (const button of this.buttons) button.disabled = false;
  }

  askForMoment() {
    const { zone } = this.world;
    const field = el("input", { type: "datetime-local", required: true });
    field.value = toField(this.world.now() + HOUR * 1000, zone);
    field.min = toField(this.world.now(), zone);
    const check = () => {
      const early = !(fromField(field.value, zone) > this.world.now());
      field.setCustomValidity(early ? say("cannotGoBack") : "");
    };
    field.addEventListener("input", check);
    ask({ title: "newMoment", confirm: "move", fields: [{ word: "clockForward", field }], done: ([value]) => this.moveTo(value) });
  }

  moveTo(value) {
    const until = fromField(value, this.world.zone);
    if (!(until > this.world.now())) {
      flash(say("cannotGoBack"));
      return;
    }
    this.begin(until, this.feed.do("clock_to", { when: new Date(until).toISOString() }));
  }
}
