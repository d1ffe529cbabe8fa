"""What each tag of Telegram's HTML becomes, once its end is read."""

import re
from typing import Final

from msgspec import Struct

from playground.entities import Entity
from playground.errors import UnreadableMarkup

_PLAIN_TAGS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS: Final = frozenset({*_PLAIN_TAGS, "a", "code", "pre", "blockquote", "tg-emoji"})
_WHOLE_LINK: Final = re.compile(r"(?:https?|tg|ton|tonsite)://[^\s/?#]+", re.IGNORECASE)
_BARE_LINK: Final = re.compile(r"(?:[\w-]+\.)+[A-Za-z]{2,}(?::\d+)?(?=[/?#]|$)")
_LARGEST_EMOJI_ID: Final = 2**63 - 1


class Opened(Struct, frozen=True, kw_only=True):
    """A tag that waits for its end; `offset` in UTF-16 units, `piece` is where its text begins."""

    tag: str
    argument: str
    offset: int
    piece: int


def argument_of(tag: str, name: str, value: str) -> str:
    """What the attribute tells about the tag; empty when it tells nothing."""
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case "code", "class":
            return value.removeprefix("language-") if value.startswith("language-") else ""
        case "span", "class":
            return value.removeprefix("tg-") if value.startswith("tg-") else ""
        case "blockquote", "expandable":
            return "1"
    return ""


def entity_of(opened: Opened, inner: str, length: int) -> Entity | None:
    kind = _PLAIN_TAGS.get(opened.tag)
    if kind is not None:
        return Entity(type=kind, offset=opened.offset, length=length)
    match opened.tag:
        case "a":
            return _link(opened.argument or inner, opened.offset, length)
        case "tg-emoji":
            return _emoji(opened.argument, opened.offset, length)
        case "blockquote" if opened.argument:
            return Entity(type="expandable_blockquote", offset=opened.offset, length=length)
    entity = Entity(type=opened.tag, offset=opened.offset, length=length)
    if opened.tag == "code" and opened.argument:
        entity["language"] = opened.argument
    return entity


def _link(url: str, offset: int, length: int) -> Entity | None:
    """A link to a page or to a person; None for what is no link: Telegram leaves the bare text."""
    if person := re.fullmatch(r"tg://user/?\?id=(\d{1,18})", url):
        user: dict[str, object] = {"id": int(person.group(1))}
        return Entity(type="text_mention", offset=offset, length=length, user=user)
    if site := _WHOLE_LINK.match(url):
        return Entity(type="text_link", offset=offset, length=length, url=_with_path(site))
    if site := _BARE_LINK.match(url):
        whole = f"http://{_with_path(site)}"
        return Entity(type="text_link", offset=offset, length=length, url=whole)
    return None


def _with_path(site: re.Match[str]) -> str:
    """The link with at least a slash behind its host."""
    rest = site.string[site.end() :]
    return site.group() + (rest if rest.startswith("/") else f"/{rest}")


def _emoji(identifier: str, offset: int, length: int) -> Entity:
    if not re.fullmatch(r"[0-9]{1,19}", identifier) or not 0 < int(identifier) <= _LARGEST_EMOJI_ID:
        raise UnreadableMarkup("Invalid custom emoji identifier specified")
    return Entity(type="custom_emoji", offset=offset, length=length, custom_emoji_id=identifier)


def without_argument(entity: Entity) -> Entity:
    if entity["type"] == "code":
        entity.pop("language", None)
    return entity
