// Turns the server's HTML into safe elements: only the tags and attributes on the list survive.

import { el } from "./elements.js";
import { openable } from "./links.js";
import { say } from "./words.js";

const PLAIN = new Set(["b", "i", "u", "s", "code", "pre"]);
const ALIASES = { strong: "b", em: "i", ins: "u", del: "s", strike: "s" };
const DROPPED = new Set([
  "script", "style", "template", "iframe", "object", "embed", "noscript", "svg", "math", "title", "textarea",
]);
const LINE_HOLDS = 20;
const FOLDED_LINES = 3;

const toggles = (run) => ({
  click: run,
  keydown(event) {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    run(event);
  },
});

function link(node, follow) {
  if (node.classList.contains("command")) {
    const text = node.dataset.text ?? node.textContent;
    return el("button", { class: "command", on: { click: () => follow.command(text) } });
  }
  const href = openable(node.getAttribute("href"));
  if (!href) return el("span");
  const open = (event) => {
    if (follow.link(href)) event.preventDefault();
  };
  return el("a", { href, target: "_blank", rel: "noopener noreferrer", on: { click: open } });
}

function spoiler() {
  const reveal = ({ currentTarget }) => {
    currentTarget.classList.add("revealed");
    currentTarget.removeAttribute("role");
    currentTarget.removeAttribute("tabindex");
    currentTarget.removeAttribute("title");
  };
  return el("span", { class: "spoiler", role: "button", tabindex: 0, title: say("spoiler"), on: toggles(reveal) });
}

const linesOf = (text) =>
  text.split("\n").reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / LINE_HOLDS)), 0);

function quote(node) {
  const box = el("blockquote");
  if (!node.classList.contains("expandable") || linesOf(node.textContent) <= FOLDED_LINES) return box;
  const button = el("button", { class: "fold", word: "unfold", "aria-expanded": "false" });
  box.classList.add("folded");
  const toggle = (event) => {
    if (event.target.closest("a, button.command, .spoiler")) return;
    const folded = box.classList.toggle("folded");
    button.dataset.word = folded ? "unfold" : "fold";
    button.textContent = say(button.dataset.word);
    button.setAttribute("aria-expanded", String(!folded));
  };
  box.addEventListener("click", toggle);
  box.fold = button;
  return box;
}

function allowed(node, follow) {
  const tag = ALIASES[node.localName] ?? node.localName;
  if (DROPPED.has(tag)) return null;
  if (PLAIN.has(tag)) return el(tag);
  if (tag === "a") return link(node, follow);
  if (tag === "blockquote") return quote(node);
  if (tag === "span" && node.classList.contains("spoiler")) return spoiler();
  return document.createDocumentFragment();
}

/** A block ends its line by itself: the line end that follows it would show as an empty line. */
const afterBlock = ({ previousSibling: before }) => before?.localName === "blockquote" || before?.localName === "pre";

function copyInto(target, source, follow) {
  for (const child of source.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) target.append(afterBlock(child) ? child.data.replace(/^\n/, "") : child.data);
    if (child.nodeType !== Node.ELEMENT_NODE) continue;
    const copy = allowed(child, follow);
    if (!copy) continue;
    copyInto(copy, child, follow);
    if (copy.fold) copy.append(copy.fold);
    target.append(copy);
  }
}

/**
 * The HTML as a fragment. It is parsed in a document of its own, where nothing runs or loads, and built anew here.
 * `follow.link(href)` says true when it took the link over; `follow.command(text)` sends a command or mention.
 */
export function safeFragment(html, follow) {
  const fragment = document.createDocumentFragment();
  copyInto(fragment, new DOMParser().parseFromString(html, "text/html").body, follow);
  return fragment;
}
