// What a message may carry besides text: photo, document, voice, sticker.

import { el, icon } from "./elements.js";
import { ownFile } from "./links.js";
import { enlarge } from "./overlay.js";
import { say } from "./words.js";

const WAVE_BARS = 32;

export function sizeOf(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  const step = bytes > 0 ? Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1) : 0;
  const size = bytes / 1024 ** step;
  return `${step === 0 || size >= 10 ? Math.round(size) : size.toFixed(1)} ${units[step]}`;
}

export function durationOf(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function photo({ url, width, height }, alt) {
  const source = ownFile(url);
  const image = el("img", { src: source, alt, width: width || null, height: height || null, loading: "lazy" });
  return el("button", { class: "photo", label: "enlarge", on: { click: () => enlarge(source, alt) } }, image);
}

function extensionOf(name) {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1, dot + 6) : "";
}

function documentCard({ url, name, size }) {
  return el(
    "a",
    { class: "document", href: ownFile(url), download: name, "aria-label": say("download", { name }) },
    el("span", { class: "document-icon" }, extensionOf(name) ? el("span", { text: extensionOf(name) }) : icon("file")),
    el("span", { class: "document-facts" }, el("span", { class: "document-name", text: name }), el("small", { text: sizeOf(size) })),
  );
}

function voice({ seconds }, id) {
  const wave = el("span", { class: "wave", "aria-hidden": "true" });
  for (let bar = 0; bar < WAVE_BARS; bar += 1) {
    const stroke = el("i");
    stroke.style.height = `${20 + Math.abs(Math.sin(bar * 1.7 + id) + Math.sin(bar * 0.6 + id * 3)) * 40}%`;
    wave.append(stroke);
  }
  return el(
    "div",
    { class: "voice", role: "img", "aria-label": say("voiceOf", { n: seconds }) },
    el("span", { class: "voice-icon" }, icon("mic")),
    el("span", { class: "voice-facts" }, wave, el("small", { text: durationOf(seconds) })),
  );
}

/** The message's attachment as an element, or null when it is text alone. */
export function mediaOf(message) {
  if (message.photo) return photo(message.photo, message.text || say("photo"));
  if (message.document) return documentCard(message.document);
  if (message.voice) return voice(message.voice, message.id);
  if (message.sticker) return el("div", { class: "sticker", role: "img", "aria-label": say("sticker"), text: message.sticker.emoji });
  return null;
}

/** One line that stands for the message where it is quoted. */
export function snippetOf(message) {
  if (!message) return say("gone");
  if (message.text) return message.text.replace(/\s+/g, " ").slice(0, 120);
  if (message.photo) return say("photo");
  if (message.document) return message.document.name;
  if (message.voice) return say("voice");
  return message.sticker ? `${message.sticker.emoji} ${say("sticker")}` : "";
}
