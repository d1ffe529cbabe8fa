// What may be done with one message: reply, copy, edit one's own, delete where Telegram would let one.

import { openMenu } from "./menu.js";
import { flash } from "./overlay.js";
import { say } from "./words.js";

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    flash(say("copied"));
  } catch (refused) {
    flash(say("failed", { reason: refused.message }));
  }
}

export function openMessageMenu({ at, row }) {
  const { message, mine, actions, participant } = row;
  const editable = mine && (message.text || message.photo || message.document);
  const items = [
    { word: "reply", icon: "reply", run: () => actions.replyTo(message) },
    message.text && { word: "copy", icon: "copy", run: () => copy(message.text) },
    editable && { word: "edit", icon: "edit", run: () => actions.edit(message) },
    (mine || !participant.isGroup) && { word: "remove", icon: "bin", danger: true, run: () => participant.remove(message.id) },
  ];
  openMenu({ at, label: "messageMenu", items: items.filter(Boolean) });
}
