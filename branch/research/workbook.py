"""Reads a table of achievements from an .xlsx file, whatever the order of its columns."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from branch.content.spreadsheets import restored
from branch.research.achievement import Claim, Kind, Level
from branch.research.claims import (
    check,
    check_level,
    read_authors,
    read_number,
    read_title,
    read_venue,
    read_year,
)
from branch.research.doi import read_doi
from branch.research.errors import FileUnusable, Unfit
from branch.research.found_claims import (
    LARGEST,
    MOST_ROWS,
    Fault,
    FoundClaim,
    Place,
    ReadFile,
    Spellings,
    plain,
)

NEEDED: Final = ("kind", "title", "authors", "venue", "year")
_UNPACKED: Final = 10 * LARGEST
_MOST_PARTS: Final = 1_000
_MOST_COLUMNS: Final = 60
_MOST_LINES: Final = 10 * MOST_ROWS
"""Empty ones are passed over, but not for ever."""
_HEADING_BEFORE: Final = 10
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_NAME_SHOWN: Final = 24

Line = tuple[int, Sequence[Any]]


def read_workbook(
    raw: bytes, spellings: Spellings, *, paper_level: Level, now: datetime
) -> ReadFile:
    """What the file says. Raises FileUnusable. Takes a moment: call it aside."""
    from openpyxl import load_workbook  # noqa: PLC0415 -- few ask for it, and it takes a while to load

    _demand_workbook(raw)
    try:
        book = load_workbook(BytesIO(raw), read_only=True, data_only=True)
        sheets = [list(_lines(sheet)) for sheet in book.worksheets]
    except FileUnusable:
        raise
    except Exception as error:  # the library says in many ways that it cannot read it
        raise FileUnusable("broken") from error
    for lines in sheets:
        for index, (_, cells) in enumerate(lines[:_HEADING_BEFORE]):
            columns = _columns(cells, spellings)
            if "title" in columns and len(columns) > 1:
                return _read(cells, columns, lines[index + 1 :], spellings, paper_level, now)
    raise FileUnusable("columns" if any(sheets) else "empty")


def is_workbook(raw: bytes) -> bool:
    return raw.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLD_EXCEL))


def _demand_workbook(raw: bytes) -> None:
    if raw.startswith(_OLD_EXCEL):
        raise FileUnusable("old_excel")
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            parts = packed.infolist()
    except Exception as error:  # it, too, has many ways to say so
        raise FileUnusable("broken") from error
    if len(parts) > _MOST_PARTS or sum(each.file_size for each in parts) > _UNPACKED:
        raise FileUnusable("unpacks")
    if "xl/workbook.xml" not in {each.filename for each in parts}:
        raise FileUnusable("kind")


def _lines(sheet: Any) -> Iterator[Line]:
    """The rows that hold something, with their numbers. Raises FileUnusable."""
    if not hasattr(sheet, "reset_dimensions"):
        return
    sheet.reset_dimensions()
    filled = 0
    rows = sheet.iter_rows(max_col=_MOST_COLUMNS, max_row=_MOST_LINES, values_only=True)
    for number, cells in enumerate(rows, start=1):
        if any(str(cell).strip() for cell in cells if cell is not None):
            filled += 1
            if filled > MOST_ROWS + _HEADING_BEFORE:
                raise FileUnusable("rows")
            yield number, cells


def _columns(cells: Sequence[Any], spellings: Spellings) -> dict[str, int]:
    """Where each known field stands; of two columns of one name the first counts."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        field = spellings.columns.get(plain(_text(cell)))
        if field is not None:
            found.setdefault(field, place)
    return found


def _read(
    heading: Sequence[Any],
    columns: Mapping[str, int],
    lines: Sequence[Line],
    spellings: Spellings,
    paper_level: Level,
    now: datetime,
) -> ReadFile:
    if any(each not in columns for each in NEEDED):
        raise FileUnusable("columns")
    if len(lines) > MOST_ROWS:
        raise FileUnusable("rows")
    found = ReadFile()
    used = set(columns.values())
    found.unknown_columns = [
        _text(cell)[:_NAME_SHOWN]
        for place, cell in enumerate(heading)
        if place not in used and _text(cell)
    ]
    for number, cells in lines:
        said = {
            field: _text(cells[place]) if place < len(cells) else ""
            for field, place in columns.items()
        }
        place = Place(number, said.get("title", "")[:_NAME_SHOWN])
        try:
            claim, levelled = _claim(said, spellings, paper_level, now)
        except Unfit as error:
            found.faults.append(Fault(place, error.field, error.why))
        else:
            found.claims.append(FoundClaim(place, claim))
            found.unlevelled += not levelled and claim.kind is Kind.PAPER
    return found


def _claim(
    said: Mapping[str, str], spellings: Spellings, paper_level: Level, now: datetime
) -> tuple[Claim, bool]:
    """The claim of a row, and whether it says its level. Raises Unfit."""
    kind = spellings.kinds.get(plain(said["kind"]))
    if kind is None:
        raise Unfit("kind", "unknown" if said["kind"] else "empty")
    doi, number = None, ""
    if said.get("doi"):
        doi = read_doi(said["doi"])
    if said.get("number"):
        other, number = read_number(Kind.PATENT, said["number"])
        doi = doi or other
    claim = Claim(
        kind=kind,
        title=read_title(said["title"]),
        authors=read_authors(said["authors"]),
        venue=read_venue(said["venue"]),
        year=read_year(said["year"], now),
        level=_level(kind, said.get("level", ""), spellings, paper_level),
        doi=doi,
        number=number,
    )
    check(claim, now)
    return claim, bool(said.get("level"))


def _level(kind: Kind, said: str, spellings: Spellings, paper_level: Level) -> Level:
    if not said:
        return paper_level if kind is Kind.PAPER else Level.OTHER
    level = spellings.levels.get(plain(said))
    if level is None:
        raise Unfit("level", "unknown")
    return check_level(kind, level)


def _text(cell: Any) -> str:
    """As it is read: a year is no 2024.0, and no date."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return str(cell.year)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return restored(str(cell)).strip()
