"""What fits on one phone screen: lines as a phone breaks them, and the rest folded away."""

import math
import re
import unicodedata

from texts.telegram_html import shown

LINE = 18
"""Chinese characters on a line; two Latin ones take the room of one."""
SCREEN = 12
"""Lines of an answer that are read without scrolling."""
SHORTEST_FOLD = 3
"""Telegram shows so many lines of a folded quote: folding fewer away gains nothing."""
_QUOTE = re.compile(r"</?blockquote[^>]*>")
_OPEN = "<blockquote expandable>"


def lines_of(markup: str) -> int:
    """How many lines the text takes up on a phone; a folded quote takes three at most."""
    before, quote, after = _parted(markup)
    if not quote:
        return sum(map(_lines, shown(before).split("\n")))
    inside = sum(map(_lines, shown(quote).split("\n")))
    return lines_of(before) + min(inside, SHORTEST_FOLD) + (lines_of(after) if after else 0)


def folded(markup: str, screen: int = SCREEN) -> str:
    """The text with what goes beyond the screen in a quote that opens with a tap.

    Folded at the end of a line, never within one; the first line always stands.
    """
    before, quote, after = _parted(markup)
    head, rest = _cut(before, screen)
    if not rest or (not quote and lines_of(rest) <= SHORTEST_FOLD):
        return markup
    hidden = "\n\n".join(part for part in (rest, quote, after) if part)
    return f"{head}\n\n{_OPEN}{_QUOTE.sub('', hidden)}</blockquote>"


def _cut(markup: str, screen: int) -> tuple[str, str]:
    lines = markup.split("\n")
    used = 0
    for number, line in enumerate(lines):
        used += _lines(shown(line))
        if used > screen and number and any(lines[number:]):
            return "\n".join(lines[:number]).rstrip(), "\n".join(lines[number:]).lstrip("\n")
    return markup, ""


def _parted(markup: str) -> tuple[str, str, str]:
    """What stands before the first folded quote, in it, and after it."""
    before, opening, rest = markup.partition(_OPEN)
    if not opening:
        return markup, "", ""
    quote, _, after = rest.partition("</blockquote>")
    return before.rstrip("\n"), quote, after.strip("\n")


def _lines(line: str) -> int:
    return max(1, math.ceil(_width(line) / LINE))


def _width(line: str) -> float:
    return sum(1 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in line)
