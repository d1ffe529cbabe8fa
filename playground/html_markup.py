"""Telegram's HTML read into a plain text and its entities, with Telegram's words for its faults.

Semantics are those of the Bot API server: positions in faults count UTF-8 bytes of the source.
"""

import re
from typing import Final

from playground import utf16
from playground.entities import Entities, Entity, merged
from playground.errors import UnreadableMarkup
from playground.html_tags import TAGS, Opened, argument_of, entity_of, without_argument

_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_SPACE: Final = " \t\r\n\v\0"
_TAG_NAME: Final = re.compile(r"[^ \t\r\n\v\0>]*")
_BLANK: Final = re.compile(r"[ \t\r\n\v\0]*")
_ATTRIBUTE_NAME: Final = re.compile(r"[^ \t\r\n\v\0=>/\"']*")
_NAME_TOKEN: Final = re.compile(r"[A-Za-z0-9.-]*")
_REFERENCE: Final = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]+))(;?)")
_SPECIAL: Final = re.compile(r"[<&]")
_LONGEST_REFERENCE: Final = 10
_LAST_CODE_POINT: Final = 0x10FFFE


def parse_html(source: str) -> tuple[str, Entities]:
    """The text and its entities; raises UnreadableMarkup."""
    if not _SPECIAL.search(source):
        return source, ()
    return _Reading(source).result()


class _Reading:
    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[Opened] = []
        self._entities: list[Entity] = []

    def result(self) -> tuple[str, Entities]:
        at = 0
        while special := _SPECIAL.search(self._source, at):
            self._add(self._source[at : special.start()])
            at = self._special(special.start())
        self._add(self._source[at:])
        if self._open:
            raise UnreadableMarkup(
                f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"'
            )
        return self._text(), merged([without_argument(entity) for entity in self._entities])

    def _text(self) -> str:
        text = "".join(self._pieces)
        if not utf16.is_unicode(text):
            raise UnreadableMarkup(
                "Text contains invalid Unicode characters after decoding HTML entities,"
                " check for unmatched surrogate code units"
            )
        return text

    def _add(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self._offset += utf16.length(piece)

    def _special(self, at: int) -> int:
        """Read the tag or the reference at `at` and say where the text goes on."""
        if self._source[at] == "&":
            character, end = _decoded(self._source, at)
            self._add(character)
            return end
        if self._source.startswith("/", at + 1):
            return self._end_tag(at)
        return self._start_tag(at)

    def _start_tag(self, begin: int) -> int:
        name = _TAG_NAME.match(self._source, begin + 1)
        assert name is not None, "the pattern takes the empty string too"
        if name.end() == len(self._source):
            raise UnreadableMarkup(f"Unclosed start tag at byte offset {self._byte(begin)}")
        tag = _lower(name.group())
        if tag not in TAGS:
            raise UnreadableMarkup(
                f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}'
            )
        argument, end = self._attributes(tag, begin, name.end())
        if tag == "span" and argument != "spoiler":
            raise UnreadableMarkup(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}'
            )
        self._open.append(
            Opened(tag=tag, argument=argument, offset=self._offset, piece=len(self._pieces))
        )
        return end

    def _attributes(self, tag: str, begin: int, at: int) -> tuple[str, int]:
        """The one argument that matters for `tag`, and the position behind the tag."""
        argument = ""
        while not self._source.startswith(">", at):
            at = self._after_blank(at)
            if self._source.startswith(">", at):
                break
            name = _ATTRIBUTE_NAME.match(self._source, at)
            if name is None or not name.group():
                raise UnreadableMarkup(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
                )
            at = self._after_blank(name.end())
            value = ""
            if self._source.startswith("=", at):
                value, at = self._value(tag, begin, self._after_blank(at + 1))
            elif at == len(self._source):
                raise self._unclosed(tag, begin)
            argument = argument_of(tag, name.group(), value) or argument
        return argument, at + 1

    def _value(self, tag: str, begin: int, at: int) -> tuple[str, int]:
        if at == len(self._source):
            raise self._unclosed(tag, begin)
        if self._source[at] in "\"'":
            value, end = self._quoted(at)
        else:
            token = _NAME_TOKEN.match(self._source, at)
            assert token is not None, "the pattern takes the empty string too"
            value, end = token.group().lower(), token.end()
            if end < len(self._source) and self._source[end] not in _SPACE + ">":
                raise UnreadableMarkup(
                    f"Unexpected end of name token at byte offset {self._byte(at)}"
                )
        if end == len(self._source):
            raise UnreadableMarkup(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return value, end

    def _quoted(self, at: int) -> tuple[str, int]:
        """The decoded string literal that begins at `at`, and the position behind its quote."""
        end = self._source.find(self._source[at], at + 1)
        if end < 0:
            return "", len(self._source)
        literal = self._source[at + 1 : end]
        return _REFERENCE.sub(lambda found: _decoded(found.group(), 0)[0], literal), end + 1

    def _end_tag(self, begin: int) -> int:
        if not self._open:
            raise UnreadableMarkup(f"Unexpected end tag at byte offset {self._byte(begin)}")
        name = _TAG_NAME.match(self._source, begin + 2)
        assert name is not None, "the pattern takes the empty string too"
        end = self._after_blank(name.end())
        if not self._source.startswith(">", end):
            raise UnreadableMarkup(f"Unclosed end tag at byte offset {self._byte(begin)}")
        found, expected = _lower(name.group()), self._open[-1].tag
        if found not in ("", expected):
            raise UnreadableMarkup(
                f"Unmatched end tag at byte offset {self._byte(begin)},"
                f' expected "</{expected}>", found "</{found}>"'
            )
        self._close(self._open.pop())
        return end + 1

    def _close(self, opened: Opened) -> None:
        length = self._offset - opened.offset
        if length == 0:
            return
        if opened.tag in ("pre", "code") and self._joined_code(opened, length):
            return
        inner = "".join(self._pieces[opened.piece :])
        entity = entity_of(opened, inner, length)
        if entity is not None:
            self._entities.append(entity)

    def _joined_code(self, opened: Opened, length: int) -> bool:
        """Make <pre><code class="language-x"> (or the other way round) one block of code."""
        last = self._entities[-1] if self._entities else None
        if last is None or (last["offset"], last["length"]) != (opened.offset, length):
            return False
        if opened.tag == "pre" and last["type"] == "code" and last.get("language"):
            last["type"] = "pre"
            return True
        if opened.tag == "code" and last["type"] == "pre" and opened.argument:
            last["language"] = opened.argument
            return True
        return False

    def _after_blank(self, at: int) -> int:
        blank = _BLANK.match(self._source, at)
        return blank.end() if blank else at

    def _byte(self, at: int) -> int:
        return len(self._source[:at].encode("utf-8", "surrogatepass"))

    def _unclosed(self, tag: str, begin: int) -> UnreadableMarkup:
        return UnreadableMarkup(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')


def _decoded(source: str, at: int) -> tuple[str, int]:
    """The character that the reference at `at` stands for, and the position behind it."""
    reference = _REFERENCE.match(source, at)
    if reference is None:
        return source[at], at + 1
    hexadecimal, decimal, name, _ = reference.groups()
    if name is not None:
        return (_NAMED[name], reference.end()) if name in _NAMED else (source[at], at + 1)
    if reference.start(4) - at >= _LONGEST_REFERENCE:
        return source[at], at + 1
    code = int(hexadecimal, 16) if hexadecimal else int(decimal or "0")
    if code == 0 or code > _LAST_CODE_POINT:
        return source[at], at + 1
    return chr(code), reference.end()


def _lower(name: str) -> str:
    """Lower-case as the server does: ASCII letters only."""
    return name.lower() if name.isascii() else name
