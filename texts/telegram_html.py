"""Telegram's HTML, measured and split as Telegram counts: UTF-16 units of what is shown."""

import html
import re

LONGEST_MESSAGE = 4096
_SMALLEST_LIMIT = 2  # one character of two units must fit
_LAST_OF_ONE_UNIT = "\uffff"
_ANY_TAG = re.compile(r"<[^>]*>")
_TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")
_CLOSING_TAGS = re.compile(r"(?:</[a-z-]+>)*")
_REFERENCE = re.compile(r"&(?:(?:lt|gt|amp|quot)(?![a-zA-Z])|#x[0-9a-fA-F]+|#[0-9]+);?")
"""All the entities that Telegram resolves; any other is shown as it is written."""
_TOKEN = re.compile(rf"{_ANY_TAG.pattern}|{_REFERENCE.pattern}|[^<&]+|[<&]")
_GOOD_ENDS = ("\n\n", "\n", "。", ". ", " ")


def units(text: str) -> int:
    """UTF-16 code units of plain text."""
    return len(text) + sum(1 for character in text if character > _LAST_OF_ONE_UNIT)


def shown(markup: str) -> str:
    """The text of a message as it is shown: without tags, entities resolved."""
    return _REFERENCE.sub(lambda entity: html.unescape(entity[0]), _ANY_TAG.sub("", markup))


def shown_units(markup: str) -> int:
    """The length of a message as Telegram counts it, after entities."""
    return units(shown(markup))


def split(markup: str, limit: int = LONGEST_MESSAGE) -> list[str]:
    """Messages of at most `limit` units each (2 or more), cut at paragraph ends where possible.

    Tags open at a cut are closed before it and opened again after it. No part is blank.
    """
    assert limit >= _SMALLEST_LIMIT
    if shown_units(markup) <= limit:
        return [markup]
    parts: list[str] = []
    rest = markup
    while shown_units(rest) > limit:
        head, rest = _cut(rest, limit)
        parts.append(head)
    return [part for part in [*parts, rest] if shown(part).strip()]


def _cut(markup: str, limit: int) -> tuple[str, str]:
    """The longest head within the limit that ends well, and the rest."""
    end = _good_end(markup[: _end_within(markup, limit)], limit // 2)
    closing_tags = _CLOSING_TAGS.match(markup, end)
    assert closing_tags is not None, "the pattern takes the empty string too"
    end = closing_tags.end()
    head, rest = markup[:end], markup[end:]
    open_tags = _open_tags(head)
    closing = "".join(f"</{name}>" for name, _ in reversed(open_tags))
    opening = "".join(tag for _, tag in open_tags)
    return head.rstrip() + closing, opening + rest.lstrip("\n ")


def _good_end(head: str, at_least: int) -> int:
    """Where the last paragraph, line, sentence or word of the head ends, if it keeps `at_least`."""
    # A space inside a tag ends nothing: tags are blotted out, in place.
    text = _ANY_TAG.sub(lambda tag: "\0" * len(tag[0]), head)
    for separator in _GOOD_ENDS:
        at = text.rfind(separator)
        if at > 0 and shown_units(head[:at]) >= at_least:
            return at + len(separator.rstrip())
    return len(head)


def _end_within(markup: str, limit: int) -> int:
    """Where the first `limit` units end, never inside a tag, an entity or a character."""
    used = end = 0
    for token in _TOKEN.finditer(markup):
        if _ANY_TAG.fullmatch(token[0]):
            continue
        size = shown_units(token[0])
        if used + size > limit:
            within = 0 if token[0].startswith("&") else _characters_within(token[0], limit - used)
            return token.start() + within if within else end
        used, end = used + size, token.end()
    return len(markup)


def _characters_within(text: str, limit: int) -> int:
    used = 0
    for index, character in enumerate(text):
        used += units(character)
        if used > limit:
            return index
    return len(text)


def _open_tags(markup: str) -> list[tuple[str, str]]:
    stack: list[tuple[str, str]] = []
    for tag in _TAG.finditer(markup):
        if not tag[1]:
            stack.append((tag[2], tag[0]))
        elif stack and stack[-1][0] == tag[2]:
            stack.pop()
    return stack
