// Files that wait above the composer to be sent, each as a photo or as a document.

import { el, icon, iconButton } from "./elements.js";
import { sizeOf } from "./media.js";

const PHOTO_LIMIT = 10 * 1024 * 1024;

const looksLikePhoto = (file) => /^image\/(png|jpeg|webp|bmp)$/.test(file.type) && file.size <= PHOTO_LIMIT;

export class Tray {
  constructor() {
    this.files = [];
    this.pickers = { photo: this.picker("photo", "image/*"), document: this.picker("document", null) };
    this.list = el("div", { class: "staged" });
    this.element = el("div", { class: "tray" }, this.list, ...Object.values(this.pickers));
  }

  picker(kind, accept) {
    const input = el("input", { type: "file", hidden: true, multiple: true, accept, data: { testid: `${kind}-input` } });
    input.addEventListener("change", () => {
      this.add([...input.files], kind);
      input.value = "";
    });
    return input;
  }

  choose(kind) {
    this.pickers[kind].click();
  }

  /** Without a kind, pictures become photos and everything else documents. */
  add(files, kind = null) {
    for (const file of files) {
      const staged = { file, kind: kind ?? (looksLikePhoto(file) ? "photo" : "document") };
      staged.preview = staged.kind === "photo" ? URL.createObjectURL(file) : null;
      this.files.push(staged);
    }
    this.show();
  }

  show() {
    this.list.replaceChildren(...this.files.map((staged) => this.card(staged)));
    this.list.hidden = this.files.length === 0;
  }

  card(staged) {
    const { file, preview } = staged;
    const face = preview ? el("img", { src: preview, alt: "" }) : icon("file");
    const drop = () => {
      this.files = this.files.filter((other) => other !== staged);
      if (preview) URL.revokeObjectURL(preview);
      this.show();
    };
    return el(
      "div", { class: "staged-file", data: { kind: staged.kind } }, face,
      el("span", {}, el("b", { text: file.name }), el("small", { text: sizeOf(file.size) })),
      iconButton("close", "unstage", drop),
    );
  }

  /** Hands the files over and is empty again. */
  take() {
    const { files } = this;
    for (const { preview } of files) if (preview) URL.revokeObjectURL(preview);
    this.files = [];
    this.show();
    return files;
  }
}
