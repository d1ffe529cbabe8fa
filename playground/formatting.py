"""A text as a bot gives it, made into what people see: cleaned, marked, trimmed and measured."""

import re
from typing import Any, Final, Literal

from playground import utf16
from playground.entities import Entities, Entity, merged, with_found
from playground.errors import BadRequest
from playground.html_markup import parse_html

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
_LONGEST_SOURCE: Final = 1 << 15
_LARGEST_OFFSET: Final = 1_000_000

_KINDS: Final = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
    }
)
_TELLING: Final[tuple[Literal["url", "language", "custom_emoji_id"], ...]] = (
    "url",
    "language",
    "custom_emoji_id",
)
_NEEDED: Final = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
_DROPPED: Final = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_TO_SPACE: Final = dict.fromkeys([*range(10), 11, 12, *range(14, 32)], " ")
_WHITE: Final = " \n\t\v\f\u00a0\u200b\u2007\u205f\u3000\u180e\ufeff" + "".join(
    chr(code) for code in range(0x2000, 0x200C)
)
Formatted = tuple[str, Entities]


def formatted(
    text: str, parse_mode: str | None, given: object, *, longest: int, too_long: str
) -> Formatted:
    """The text and entities that people see; may be empty. Raises BadRequest.

    `too_long` is the reason to refuse more than `longest` UTF-16 units after entities.
    """
    if not utf16.is_unicode(text):
        raise BadRequest("strings must be encoded in UTF-8")
    if len(text) > _LONGEST_SOURCE // 4 and len(text.encode()) > _LONGEST_SOURCE:
        raise BadRequest("text is too long")
    plain, entities = _marked(text, parse_mode, given)
    plain, entities = trimmed(*cleaned(plain, entities))
    if utf16.length(plain) > longest:
        raise BadRequest(too_long)
    return plain, with_found(plain, entities)


def _marked(text: str, parse_mode: str | None, given: object) -> Formatted:
    match (parse_mode or "none").lower():
        case "html":
            return parse_html(text)
        case "none":
            return text, entities_of(text, given)
        case "markdown" | "markdownv2":
            raise BadRequest("can't parse entities: the playground reads HTML only")
    raise BadRequest("unsupported parse_mode")


def entities_of(text: str, given: object) -> Entities:
    """The entities a bot gave as JSON, checked against the text; raises BadRequest."""
    if not isinstance(given, list):
        return ()
    kept = [_checked(text, entity) for entity in given if _is_kept(entity)]
    return merged([entity for entity in kept if entity["length"] > 0])


def _is_kept(entity: object) -> bool:
    if not isinstance(entity, dict):
        raise BadRequest("can't parse MessageEntity: expected an Object")
    for field in ("offset", "length"):
        if type(entity.get(field)) is not int:
            raise BadRequest(f"can't parse MessageEntity: Can't find field \"{field}\"")
    return str(entity.get("type")) in _KINDS


def _checked(text: str, entity: dict[str, Any]) -> Entity:
    offset, length = entity["offset"], entity["length"]
    if not 0 <= offset <= _LARGEST_OFFSET:
        raise BadRequest(f"receive an entity with incorrect offset {offset}")
    if not 0 <= length <= _LARGEST_OFFSET:
        raise BadRequest(f"receive an entity with incorrect length {length}")
    _check_place(text, offset, length)
    for kind, field in _NEEDED.items():
        if entity["type"] == kind and not entity.get(field):
            raise BadRequest(f"can't parse MessageEntity: Can't find field \"{field}\"")
    checked = Entity(type=entity["type"], offset=offset, length=length)
    for field in _TELLING:
        if isinstance(entity.get(field), str):
            checked[field] = entity[field]
    if isinstance(entity.get("user"), dict):
        checked["user"] = entity["user"]
    return checked


def _check_place(text: str, offset: int, length: int) -> None:
    size = utf16.length(text)
    if offset > size:
        raise BadRequest(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > size:
        raise BadRequest(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text"
            f" at UTF-16 offset {offset + length}"
        )
    if utf16.splits_a_pair(text, offset):
        byte = len(text.encode("utf-16-le")[: 2 * offset + 2].decode("utf-16-le").encode())
        raise BadRequest(f"entity begins in a middle of a UTF-16 symbol at byte offset {byte}")
    if utf16.splits_a_pair(text, offset + length):
        raise BadRequest(
            f"entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol"
        )


def cleaned(text: str, entities: Entities) -> Formatted:
    """Without control and direction-overriding characters, the entities moved along."""
    if not entities:
        return _DROPPED.sub("", text).translate(_TO_SPACE), ()
    gone = [utf16.offset_of(text, found.start()) for found in _DROPPED.finditer(text)]
    moved = entities
    for offset in reversed(gone):
        moved = tuple(_without_unit(entity, offset) for entity in moved)
    kept = tuple(entity for entity in moved if entity["length"] > 0)
    return _DROPPED.sub("", text).translate(_TO_SPACE), kept


def _without_unit(entity: Entity, offset: int) -> Entity:
    begin, end = entity["offset"], entity["offset"] + entity["length"]
    begin, end = begin - (offset < begin), end - (offset < end)
    return {**entity, "offset": begin, "length": end - begin}


def trimmed(text: str, entities: Entities) -> Formatted:
    """Without white space at the end, and at the beginning where nothing is marked."""
    shown = text.rstrip(_WHITE)
    if not shown:
        return "", ()
    size = utf16.length(shown)
    kept = [entity for entity in entities if entity["offset"] < size]
    first = min((entity["offset"] for entity in kept), default=len(shown))
    lead = min(len(shown) - len(shown.lstrip(" \n")), first)
    if lead == 0 and len(shown) == len(text):
        return text, entities
    return shown[lead:], tuple(
        {
            **entity,
            "offset": entity["offset"] - lead,
            "length": min(entity["length"], size - entity["offset"]),
        }
        for entity in kept
    )
