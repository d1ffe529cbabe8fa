"""A text and its entities written as HTML: in Telegram's tags, or in those a page may show."""

import html
import itertools
from collections.abc import Callable
from typing import Final

from playground import utf16
from playground.entities import Entities, Entity

Tags = Callable[[Entity, str], tuple[str, str]]

_TELEGRAM: Final = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ("<tg-spoiler>", "</tg-spoiler>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}
_PAGE: Final = {
    **_TELEGRAM,
    "spoiler": ('<span class="spoiler">', "</span>"),
    "expandable_blockquote": ('<blockquote class="expandable">', "</blockquote>"),
}
_LINKS: Final = ("http://", "https://", "tg://")


def telegram_html(text: str, entities: Entities) -> str:
    """As a bot would have written it; what Telegram finds by itself is not marked."""
    return _written(text, entities, _telegram_tags)


def page_html(text: str, entities: Entities) -> str:
    """Safe to put into a page: only known tags, everything else escaped."""
    return _written(text, entities, _page_tags)


def _telegram_tags(entity: Entity, _part: str) -> tuple[str, str]:
    match entity["type"]:
        case "text_link":
            return f'<a href="{html.escape(entity["url"])}">', "</a>"
        case "text_mention":
            return f'<a href="tg://user?id={_person(entity)}">', "</a>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity["custom_emoji_id"]}">', "</tg-emoji>"
        case "pre" if language := entity.get("language"):
            opening = f'<pre><code class="language-{html.escape(language)}">'
            return opening, "</code></pre>"
    return _TELEGRAM.get(entity["type"], ("", ""))


def _page_tags(entity: Entity, part: str) -> tuple[str, str]:
    match entity["type"]:
        case "text_link" | "url":
            return _page_link(entity.get("url", part))
        case "text_mention":
            return _page_link(f"tg://user?id={_person(entity)}")
        case "bot_command" | "mention":
            return f'<a class="command" data-text="{html.escape(part)}">', "</a>"
        case "pre" if entity.get("language"):
            return "<pre><code>", "</code></pre>"
    return _PAGE.get(entity["type"], ("", ""))


def _page_link(url: str) -> tuple[str, str]:
    whole = url if "://" in url else f"https://{url}"
    if not whole.lower().startswith(_LINKS):
        return "", ""
    return f'<a href="{html.escape(whole)}">', "</a>"


def _person(entity: Entity) -> int:
    identifier = entity.get("user", {}).get("id", 0)
    return identifier if isinstance(identifier, int) else 0


def _written(text: str, entities: Entities, tags: Tags) -> str:
    if not entities:
        return html.escape(text)
    return "".join(_pieces(text, entities, tags))


def _pieces(text: str, entities: Entities, tags: Tags) -> list[str]:
    """Walk from edge to edge; what would overlap is closed and opened again."""
    edges = sorted({0, utf16.length(text), *_edges(entities)})
    pieces: list[str] = []
    open_now: list[tuple[Entity, str]] = []
    for begin, end in itertools.pairwise(edges):
        here = [entity for entity in entities if _covers(entity, begin)]
        shared = _shared([entity for entity, _ in open_now], here)
        pieces += [closing for _, closing in reversed(open_now[shared:])]
        del open_now[shared:]
        for entity in here[shared:]:
            part = utf16.cut(text, entity["offset"], entity["length"])
            opening, closing = tags(entity, part)
            pieces.append(opening)
            open_now.append((entity, closing))
        pieces.append(html.escape(utf16.cut(text, begin, end - begin)))
    return pieces + [closing for _, closing in reversed(open_now)]


def _edges(entities: Entities) -> set[int]:
    begins = {entity["offset"] for entity in entities}
    return begins | {entity["offset"] + entity["length"] for entity in entities}


def _covers(entity: Entity, offset: int) -> bool:
    return entity["offset"] <= offset < entity["offset"] + entity["length"]


def _shared(opened: list[Entity], wanted: list[Entity]) -> int:
    """How many of the opened ones, from the outside, stay open."""
    shared = 0
    for one, other in zip(opened, wanted, strict=False):
        if one is not other:
            break
        shared += 1
    return shared
