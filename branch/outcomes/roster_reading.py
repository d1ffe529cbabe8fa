"""A roster as the department keeps it: a table with columns in any order and of several names."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import chain
from typing import Final

from msgspec import Struct, field

from branch.content.spreadsheets import TableRow
from branch.content.workbooks import TooLarge, table_in
from branch.outcomes.errors import ColumnsMissing, NumberUnclear
from branch.outcomes.numbers import student_key
from branch.people.register import EARLIEST_YEAR, LATEST_YEAR, LONGEST_CLASS
from texts.language import Language
from texts.renderer import labels

MOST_ROWS: Final = 20_000
LONGEST_NAME: Final = 60
_HEADER_WITHIN: Final = 10
_YEAR: Final = re.compile(r"(?:(\d{4})|(\d{2}))\D{0,3}")
_REPORTED_EVERY: Final = 1_000

Progress = Callable[[int], None]


class Column(StrEnum):
    NUMBER = "number"
    NAME = "name"
    CLASS = "class"
    COHORT = "cohort"


class FaultKind(StrEnum):
    NUMBER_MISSING = "number_missing"
    NUMBER_UNCLEAR = "number_unclear"
    COHORT_MISSING = "cohort_missing"
    COHORT_UNCLEAR = "cohort_unclear"
    CLASS_LONG = "class_long"
    NAME_LONG = "name_long"
    DOUBLED = "doubled"


class Fault(Struct, frozen=True):
    """Why a line cannot be used; `about` is what stands there, or where it stood before."""

    line: int
    kind: FaultKind
    about: str = ""


class LineFaulty(Exception):
    def __init__(self, kind: FaultKind, about: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.about = about[:24]


class RosterLine(Struct, frozen=True, kw_only=True):
    """What is not said is None, and then what is known already stays."""

    line: int
    cohort: int
    key: str
    class_name: str | None = None
    name: str | None = None


class RosterFile(Struct, frozen=True, kw_only=True):
    lines: Sequence[RosterLine]
    faults: Sequence[Fault] = ()
    unknown: Sequence[str] = field(default_factory=tuple)


def read_roster(
    raw: bytes,
    *,
    secret: bytes,
    cohort: int | None = None,
    progress: Progress = lambda _done: None,
) -> RosterFile:
    """The lines of a roster. `cohort` is of those that name none.

    Raises NotATable, TooLarge, ColumnsMissing.
    """
    rows = table_in(raw)
    columns, unknown = _columns(rows)
    lacking = [Column.NUMBER] if Column.NUMBER not in columns else []
    if cohort is None and Column.COHORT not in columns:
        lacking.append(Column.COHORT)
    if lacking:
        raise ColumnsMissing(tuple(lacking))
    lines: dict[tuple[int, str], RosterLine] = {}
    faults: list[Fault] = []
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise TooLarge(f"more than {MOST_ROWS} rows")
        if count % _REPORTED_EVERY == 0:
            progress(count)
        try:
            line = _line(row, columns, secret, cohort)
        except LineFaulty as fault:
            faults.append(Fault(row.line, fault.kind, fault.about))
            continue
        known = lines.setdefault((line.cohort, line.key), line)
        if known is not line:
            faults.append(Fault(row.line, FaultKind.DOUBLED, str(known.line)))
    return RosterFile(lines=tuple(lines.values()), faults=faults, unknown=unknown)


def known_year(text: str) -> int | None:
    """The year that `2027`, `27` and the like with a word behind it mean."""
    found = _YEAR.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    year = int(found[1]) if found[1] else 2000 + int(found[2])
    return year if EARLIEST_YEAR <= year <= LATEST_YEAR else None


def _columns(rows: Iterator[TableRow]) -> tuple[dict[Column, int], Sequence[str]]:
    """Where each column stands, and those that nobody knows; titles above the header are passed."""
    names = {
        _plain(name): column
        for language in Language
        for column in Column
        for name in labels(language)[f"rosterheader.{column}"].split("|")
    }
    for _, row in zip(range(_HEADER_WITHIN), rows, strict=False):
        found: dict[Column, int] = {}
        for at, cell in enumerate(row.cells):
            column = names.get(_plain(cell))
            if column is not None:
                found.setdefault(column, at)
        if Column.NUMBER in found:
            used = set(found.values())
            return found, [
                cell for at, cell in enumerate(row.cells) if cell.strip() and at not in used
            ]
    return {}, ()


def _plain(header: str) -> str:
    return re.sub(
        r"[\s_*:\uff1a()\uff08\uff09]+", "", unicodedata.normalize("NFKC", header)
    ).lower()


def _line(
    row: TableRow, columns: dict[Column, int], secret: bytes, cohort: int | None
) -> RosterLine:
    def cell(column: Column) -> str:
        at = columns.get(column, len(row.cells))
        return " ".join(
            unicodedata.normalize("NFKC", "".join(chain(row.cells[at : at + 1]))).split()
        )

    number, year = cell(Column.NUMBER), cell(Column.COHORT)
    if not number:
        raise LineFaulty(FaultKind.NUMBER_MISSING)
    meant = known_year(year) if year else cohort
    if meant is None:
        raise LineFaulty(FaultKind.COHORT_UNCLEAR if year else FaultKind.COHORT_MISSING, year)
    class_name, name = cell(Column.CLASS), cell(Column.NAME)
    if len(class_name) > LONGEST_CLASS:
        raise LineFaulty(FaultKind.CLASS_LONG, class_name)
    if len(name) > LONGEST_NAME:
        raise LineFaulty(FaultKind.NAME_LONG, name)
    try:
        key = student_key(number, secret)
    except NumberUnclear:
        raise LineFaulty(FaultKind.NUMBER_UNCLEAR, number) from None
    return RosterLine(
        line=row.line, cohort=meant, key=key, class_name=class_name or None, name=name or None
    )
