// The corner of the header: what the bot has yet to handle, the language switch, and the line when it is down.

import { el } from "./elements.js";
import { currentLanguage, say } from "./words.js";

const CALM = 400;

export class Status {
  constructor(world, element, { switchLanguage, retry }) {
    this.world = world;
    this.pending = el("span", { class: "pending", role: "status", hidden: true, data: { testid: "pending" } });
    this.language = el("button", { class: "language", label: "switchLanguage", on: { click: switchLanguage } });
    this.words = el("span");
    this.down = el("div", { class: "down", role: "alert", hidden: true, data: { testid: "down" } },
      this.words, el("button", { word: "retryNow", on: { click: retry } }));
    element.className = "status";
    element.append(this.pending, this.language);
    document.body.prepend(this.down);
    this.show();
  }

  show() {
    this.language.textContent = currentLanguage() === "zh" ? "EN" : "中";
    this.pending.textContent = say("pending", { n: this.world.pending });
  }

  receive({ type }) {
    if (type !== "update_state" && type !== "state") return;
    clearTimeout(this.calm);
    const appear = () => {
      this.pending.hidden = this.world.pending === 0;
      this.show();
    };
    if (this.world.pending === 0) appear();
    else this.calm = setTimeout(appear, this.pending.hidden ? CALM : 0); // a bot that answers at once causes no flicker
  }

  /** The line is up, being tried (`retryIn` 0), or tried again in so many milliseconds. */
  line({ open, retryIn }) {
    clearInterval(this.countdown);
    this.down.hidden = open;
    let seconds = Math.ceil(retryIn / 1000);
    const tell = () => {
      this.words.textContent = seconds > 0 ? say("linkLost", { seconds }) : say("linkTrying");
      seconds -= 1;
    };
    tell();
    if (retryIn) this.countdown = setInterval(tell, 1000);
  }
}
