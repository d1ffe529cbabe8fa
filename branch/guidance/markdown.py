"""From the small part of Markdown that answers are written in to Telegram's HTML."""

import re
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from branch.content.faults import Faults
from branch.guidance.body import Body, DateForm, Placeholder

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)(?:@(\d{4}))?(?:\.(date|status))?\s*\}\}")
_MEANT = {
    "heading_open": "headings are not shown in Telegram; write a paragraph",
    "em_open": "`*slanted*` is not used; write `**bold**` or nothing",
    "code_inline": "code is not used; write the words plainly",
    "code_block": "lines that begin with four spaces are code; take the spaces away",
    "fence": "code is not used; write the words plainly",
    "image": "images are not shown in an answer; link to the page",
    "html_inline": "HTML is not used; for a sign < write &lt;",
    "html_block": "HTML is not used; for a sign < write &lt;",
    "hr": "a line across is not used; leave a blank line",
    "hardbreak": "a break inside a paragraph is not used; begin a new paragraph",
}


@cache
def _parser() -> "MarkdownIt":
    # a start that takes the library from its cache reads no Markdown
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- loaded when somebody writes an answer

    return MarkdownIt("commonmark", {"html": True})


def shape_faults(text: str) -> bool:
    """Whether something in the text is none of the shapes that answers are written in."""
    faults = Faults()
    body_of(text, Path("answer.md"), faults, line=1)
    return bool(faults.noted)


def body_of(text: str, file: Path, faults: Faults, *, line: int) -> Body:
    """The body that `text` says, which begins at `line` of `file`; every misuse is a fault."""
    writer = _Writer(file, faults, line)
    for token in _parser().parse(text):
        writer.write(token)
    if not writer.parts:
        faults.note(file, line, "the answer is missing; write it below the front matter")
    return Body(tuple(writer.joined()))


class _Writer:
    """Turns tokens into pieces of HTML, one after the other."""

    def __init__(self, file: Path, faults: Faults, line: int) -> None:
        self.parts: list[str | Placeholder] = []
        self._file = file
        self._faults = faults
        self._first_line = line
        self._line = line
        self._ends_at = -1
        self._quoted = False
        self._glued = False
        self._number: int | None = None
        self._in_list = False
        self._writers: dict[str, Callable[[Token], None]] = {
            "paragraph_open": self._begin,
            "paragraph_close": self._pass,
            "inline": self._inline,
            "bullet_list_open": self._open_list,
            "bullet_list_close": self._close_list,
            "ordered_list_open": self._open_list,
            "ordered_list_close": self._close_list,
            "list_item_open": self._open_item,
            "list_item_close": self._close_item,
            "blockquote_open": self._open_quote,
            "blockquote_close": self._close_quote,
            "text": self._text,
            "softbreak": self._softbreak,
            "strong_open": self._bold,
            "strong_close": self._bold,
            "link_open": self._link,
            "link_close": self._link,
        }

    def write(self, token: "Token") -> None:
        if token.map is not None:
            self._line = self._first_line + token.map[0]
        self._writers.get(token.type, self._misused)(token)

    def joined(self) -> list[str | Placeholder]:
        """The parts, neighbouring texts put together."""
        joined: list[str | Placeholder] = []
        for part in self.parts:
            if isinstance(part, str) and joined and isinstance(joined[-1], str):
                joined[-1] += part
            else:
                joined.append(part)
        return joined

    def _misused(self, token: "Token") -> None:
        reason = _MEANT.get(token.type)
        if reason is not None:
            self._faults.note(self._file, self._line, reason)
        elif not token.type.endswith("_close"):
            self._faults.note(self._file, self._line, f"{token.type!r} is not used in answers")

    def _begin(self, token: "Token") -> None:
        """Part this block from the one before: as far as the writer parted them, or not at all."""
        start, end = token.map or (0, 0)
        if self._glued:
            self._glued = False
        elif self.parts:
            near = self._in_list or start == self._ends_at
            self.parts.append("\n" if near else "\n\n")
        self._ends_at = end

    def _pass(self, _token: "Token") -> None:
        pass

    def _inline(self, token: "Token") -> None:
        for child in token.children or ():
            self.write(child)

    def _open_list(self, token: "Token") -> None:
        if self._in_list:
            self._faults.note(self._file, self._line, "a list in a list is not used; make it one")
        if token.map is not None and self.parts and not self._glued:
            self.parts.append("\n" if token.map[0] == self._ends_at else "\n\n")
            self._glued = True
        self._in_list = True
        first = token.attrGet("start")
        ordered = token.type == "ordered_list_open"
        self._number = (int(first) if first is not None else 1) if ordered else None

    def _close_list(self, _token: "Token") -> None:
        self._in_list = False
        self._number = None

    def _open_item(self, token: "Token") -> None:
        self._begin(token)
        self._glued = True
        if self._number is None:
            self.parts.append("• ")
        else:
            self.parts.append(f"{self._number}. ")
            self._number += 1

    def _close_item(self, _token: "Token") -> None:
        if self._glued:
            self._faults.note(self._file, self._line, "this list item is empty; write or delete it")
            self._glued = False

    def _open_quote(self, token: "Token") -> None:
        if self._quoted or self._in_list:
            self._faults.note(self._file, self._line, "a quote cannot stand in a list or a quote")
        if self.parts:
            self.parts.append("\n\n")
        self.parts.append("<blockquote expandable>")
        self._quoted = True
        self._glued = True
        self._ends_at = (token.map or (0, 0))[0]

    def _close_quote(self, _token: "Token") -> None:
        self.parts.append("</blockquote>")
        self._quoted = False
        self._glued = False

    def _text(self, token: "Token") -> None:
        end = 0
        for found in PLACEHOLDER.finditer(token.content):
            self._plain(token.content[end : found.start()])
            milestone, intake, form = found.groups()
            self.parts.append(
                Placeholder(
                    milestone=milestone,
                    intake=int(intake) if intake else None,
                    form=DateForm(form or DateForm.WHOLE),
                )
            )
            end = found.end()
        self._plain(token.content[end:])

    def _plain(self, text: str) -> None:
        if "{{" in text or "}}" in text:
            reason = (
                "a date is written {{ milestone }}, {{ milestone.date }}, {{ milestone.status }}"
            )
            self._faults.note(self._file, self._line, f"{reason} or {{{{ milestone@2026 }}}}")
        if text:
            self.parts.append(escape(text, quote=False))

    def _softbreak(self, _token: "Token") -> None:
        before = self.parts[-1] if self.parts else ""
        self._line += 1
        if isinstance(before, str) and before[-1:].isascii():
            self.parts.append(" ")

    def _bold(self, token: "Token") -> None:
        self.parts.append("<b>" if token.nesting > 0 else "</b>")

    def _link(self, token: "Token") -> None:
        if token.nesting < 0:
            self.parts.append("</a>")
            return
        href = str(token.attrGet("href") or "")
        if not href.startswith(("https://", "http://")):
            self._faults.note(self._file, self._line, f"a link must begin with https://: {href!r}")
        self.parts.append(f'<a href="{escape(href)}">')
