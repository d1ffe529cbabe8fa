// Which links may be opened, and which of them mean "start the bot".

const OPENABLE = new Set(["http:", "https:", "tg:", "mailto:"]);

function parsed(href) {
  try {
    return new URL(href);
  } catch {
    return null;
  }
}

/** The link as it may be opened, or null. */
export function openable(href) {
  const url = parsed(href ?? "");
  return url && OPENABLE.has(url.protocol) ? url.href : null;
}

/** A file of the playground itself, or null: nothing is ever loaded from elsewhere. */
export function ownFile(path) {
  const url = new URL(path, document.baseURI);
  return url.origin === location.origin ? url.href : null;
}

/** The payload of t.me/<bot>?start=… or tg://resolve?domain=<bot>&start=…; null when it is another link. */
export function startPayload(href, username) {
  const url = parsed(href);
  if (!url || !username) return null;
  const query = url.searchParams;
  const name = url.protocol === "tg:" ? query.get("domain") : url.pathname.slice(1);
  const onTelegram = url.protocol === "tg:" || ["t.me", "telegram.me"].includes(url.hostname);
  if (!onTelegram || name?.toLowerCase() !== username.toLowerCase()) return null;
  return query.has("start") ? query.get("start") : null;
}
