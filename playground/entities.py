"""The marked parts of a text, and those a messenger finds by itself: commands, names, links."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NotRequired, TypedDict

from playground import utf16


class Entity(TypedDict):
    """One marked part; offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: NotRequired[str]
    language: NotRequired[str]
    custom_emoji_id: NotRequired[str]
    user: NotRequired[dict[str, object]]


Entities = tuple[Entity, ...]

_FOUND: Final = re.compile(
    r"(?P<url>https?://[!-~]*[\w/=&#])"
    r"|(?P<email>(?<![\w.+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z]\w{2,31}\b)"
    r"|(?P<bot_command>(?<![\w/<>])/\w{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/]))"
    r"|(?P<site>(?<![\w.@/-])(?:[\w-]+\.)+(?:com|cn|org|net|edu|gov|io|me)\b(?:/[!-~]*[\w/=&#])?)",
    re.ASCII,
)
_FOUND_HASHTAG: Final = re.compile(r"(?<![\w#])#(?=\w*[^\W\d])(?P<hashtag>\w{1,256})")
_CLOSED_TO_OTHERS: Final = frozenset({"code", "pre", "text_link", "text_mention", "url"})
_SIMPLE: Final = ("bold", "italic", "underline", "strikethrough", "spoiler")
_FOUND_ITSELF: Final = 50
_OUTSIDE_IN: Final = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 10,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    **{kind: 90 + place for place, kind in enumerate(_SIMPLE)},
    "custom_emoji": 99,
}
# Nothing is found in a text without any of these.
_HINTS: Final = re.compile(r"[/@#.]")


def in_order(entities: Sequence[Entity]) -> Entities:
    """Sorted as the Bot API lists them: by beginning, the longer first, then by kind."""
    return tuple(sorted(entities, key=_place))


def merged(entities: Sequence[Entity]) -> Entities:
    """In order, with touching marks of the same simple kind made one.

    A simple mark that crosses the edge of a quote, a link or code is cut there: those stay whole.
    """
    kept: list[Entity] = []
    last: dict[str, Entity] = {}
    for entity in in_order(entities):
        before = last.get(entity["type"])
        if before is not None and entity["offset"] <= before["offset"] + before["length"]:
            end = max(_span(before)[1], _span(entity)[1])
            before["length"] = end - before["offset"]
        else:
            kept.append(entity)
            if entity["type"] in _SIMPLE:
                last[entity["type"]] = entity
    whole = [_span(entity) for entity in kept if entity["type"] not in _SIMPLE]
    return in_order([part for entity in kept for part in _cut_at_edges(entity, whole)])


def _cut_at_edges(entity: Entity, whole: list[tuple[int, int]]) -> list[Entity]:
    if entity["type"] not in _SIMPLE:
        return [entity]
    begin, end = _span(entity)
    edges = {begin, end}
    for other_begin, other_end in whole:
        if other_begin < begin < other_end < end:
            edges.add(other_end)
        elif begin < other_begin < end < other_end:
            edges.add(other_begin)
    return [
        Entity(type=entity["type"], offset=one, length=other - one)
        for one, other in itertools.pairwise(sorted(edges))
    ]


def _place(entity: Entity) -> tuple[int, int, int]:
    kind = _OUTSIDE_IN.get(entity["type"], _FOUND_ITSELF)
    return entity["offset"], -entity["length"], kind


def with_found(text: str, marked: Entities) -> Entities:
    """`marked` together with the commands, mentions, hashtags and links of the text."""
    if not _HINTS.search(text):
        return marked
    taken = [_span(entity) for entity in marked if entity["type"] in _CLOSED_TO_OTHERS]
    found = [
        entity
        for entity in _found(text)
        if not any(_overlap(_span(entity), other) for other in taken)
    ]
    return in_order([*marked, *found]) if found else marked


def _found(text: str) -> Iterator[Entity]:
    seen: list[tuple[int, int]] = []
    for pattern in (_FOUND, _FOUND_HASHTAG):
        for match in pattern.finditer(text):
            if any(_overlap(match.span(), other) for other in seen):
                continue
            seen.append(match.span())
            yield Entity(
                type="url" if match.lastgroup == "site" else match.lastgroup or "",
                offset=utf16.offset_of(text, match.start()),
                length=utf16.length(match.group()),
            )


def _span(entity: Entity) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
