// Puts the page together: one feed, one state, and the parts that show it.

import { Banner } from "./banner.js";
import { Clock } from "./clock.js";
import { relabel } from "./elements.js";
import { Feed } from "./feed.js";
import { Stage } from "./stage.js";
import { World } from "./state.js";
import { Status } from "./status.js";
import { currentLanguage, speak } from "./words.js";

const part = (id) => document.getElementById(id);

const world = new World();
const feed = new Feed("playground/feed", {
  onFrame: (event) => world.apply(event),
  onLink: (line) => status.line(line),
});
const stage = new Stage({ world, feed, main: part("stage"), tabs: part("tabs") });
const clock = new Clock(world, feed, part("clock"));
const banner = new Banner(world, part("banner"), (href, note, at) => stage.followAs(href, note, at));
const status = new Status(world, part("status"), { switchLanguage, retry: () => feed.connect() });

function dressForLanguage() {
  document.documentElement.lang = currentLanguage() === "zh" ? "zh-CN" : "en";
  relabel(document.body);
  stage.relabel();
  clock.show();
  status.show();
}

function switchLanguage() {
  speak(currentLanguage() === "zh" ? "en" : "zh");
  dressForLanguage();
}

for (const shown of [clock, banner, status, stage]) world.listen((event) => shown.receive(event));
dressForLanguage();
feed.connect();
