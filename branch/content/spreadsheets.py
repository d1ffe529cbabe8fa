"""Tables that go through Excel and come back: whatever it makes of them is understood."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What makes a program for tables compute a cell instead of showing it."""
_NEUTRAL = re.compile(r"'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_SEPARATORS = (",", ";", "\t")
_LONGEST_CELL = 1_000_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class NotATable(Exception):
    """The bytes are no text, or no table."""


class TableRow(Struct, frozen=True):
    """A row with the line on which it begins."""

    line: int
    cells: tuple[str, ...]


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that Excel opens rightly, and in which it computes nothing."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([neutral(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def rows_in(raw: bytes) -> Iterator[TableRow]:
    """The rows of a CSV file, however it was saved; empty ones are left out. Raises NotATable."""
    text = decoded(raw)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=False)
    csv.field_size_limit(_LONGEST_CELL)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield TableRow(line, tuple(restored(_one_ending(cell)) for cell in cells))
            line = reader.line_num + 1
    except csv.Error as broken:
        raise NotATable(f"line {line}: {broken}") from broken


def neutral(cell: str) -> str:
    """The cell with a mark before what would be computed; `restored` takes it off again."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def restored(cell: str) -> str:
    return cell[1:] if _NEUTRAL.match(cell) else cell


def decoded(raw: bytes) -> str:
    """The text, with or without a mark of its encoding. Raises NotATable."""
    encodings = ["utf-16"] if raw.startswith(_UTF_16) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotATable("this is neither UTF-8 nor GBK text")


def _separator(text: str) -> str:
    """The sign that parts the cells of the first line; a comma where none does."""
    first = re.sub(r'"[^"]*"', "", text.partition("\n")[0])
    return max(_SEPARATORS, key=lambda sign: (first.count(sign), sign == ","))


def _one_ending(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")
