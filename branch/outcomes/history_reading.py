"""Years of before the bot, as a table: what is not known of them is left empty, not guessed."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from branch.content.spreadsheets import TableRow
from branch.content.workbooks import table_in
from branch.outcomes.errors import ColumnsMissing
from branch.outcomes.model import HistoryYear
from branch.outcomes.roster_reading import known_year
from texts.language import Language
from texts.renderer import labels

LONGEST_NOTE: Final = 200
MOST_PEOPLE: Final = 100_000
_AS_WRITTEN: Final = 0.0006
"""How far a rate with one digit behind the point may lie from the counts it was made of."""
_COUNT: Final = re.compile(r"\d{1,6}")
_RATE: Final = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)(%?)")


class HistoryColumn(StrEnum):
    COHORT = "cohort"
    TOTAL = "total"
    ADVANCED = "advanced"
    BY_EXAM = "by_exam"
    BY_RECOMMENDATION = "by_recommendation"
    RATE = "rate"
    SOURCE = "source"
    NOTE = "note"


class HistoryFaultKind(StrEnum):
    COHORT = "cohort"
    COUNT = "count"
    RATE = "rate"
    NOTHING_KNOWN = "nothing_known"
    NO_TOTAL = "no_total"
    TOO_MANY = "too_many"
    PATHS = "paths"
    RATE_DIFFERS = "rate_differs"
    LONG = "long"
    DOUBLED = "doubled"


class HistoryFault(Struct, frozen=True):
    line: int
    kind: HistoryFaultKind
    about: str = ""


class HistoryFile(Struct, frozen=True, kw_only=True):
    years: Sequence[HistoryYear]
    faults: Sequence[HistoryFault] = ()


class _Faulty(Exception):
    def __init__(self, kind: HistoryFaultKind, about: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.about = about[:24]


def read_history(raw: bytes) -> HistoryFile:
    """Raises NotATable, TooLarge, ColumnsMissing."""
    rows = table_in(raw)
    columns = _columns(rows)
    years: dict[int, HistoryYear] = {}
    faults: list[HistoryFault] = []
    for row in rows:
        try:
            year = _year(row, columns)
        except _Faulty as fault:
            faults.append(HistoryFault(row.line, fault.kind, fault.about))
            continue
        if years.setdefault(year.cohort, year) is not year:
            kind = HistoryFaultKind.DOUBLED
            faults.append(HistoryFault(row.line, kind, str(year.cohort)))
    return HistoryFile(years=tuple(years.values()), faults=faults)


def _columns(rows: Iterator[TableRow]) -> Mapping[HistoryColumn, int]:
    names = {
        name: column
        for language in Language
        for column in HistoryColumn
        for name in labels(language)[f"historyheader.{column}"].split("|")
    }
    header = next(rows, TableRow(1, ()))
    plain = [unicodedata.normalize("NFKC", cell).strip().lower() for cell in header.cells]
    found = {names[cell]: at for at, cell in enumerate(plain) if cell in names}
    counted = HistoryColumn.TOTAL in found and HistoryColumn.ADVANCED in found
    lacking = [HistoryColumn.COHORT] if HistoryColumn.COHORT not in found else []
    if not counted and HistoryColumn.RATE not in found:
        lacking.append(HistoryColumn.RATE)
    if lacking:
        raise ColumnsMissing(tuple(lacking))
    return found


def _year(row: TableRow, columns: Mapping[HistoryColumn, int]) -> HistoryYear:
    def cell(column: HistoryColumn) -> str:
        at = columns.get(column, len(row.cells))
        text = row.cells[at] if at < len(row.cells) else ""
        return " ".join(unicodedata.normalize("NFKC", text).split())

    cohort = known_year(cell(HistoryColumn.COHORT))
    if cohort is None:
        raise _Faulty(HistoryFaultKind.COHORT, cell(HistoryColumn.COHORT))
    source, note = cell(HistoryColumn.SOURCE), cell(HistoryColumn.NOTE)
    if max(len(source), len(note)) > LONGEST_NOTE:
        raise _Faulty(HistoryFaultKind.LONG)
    year = HistoryYear(
        cohort=cohort,
        total=_count(cell(HistoryColumn.TOTAL)),
        advanced=_count(cell(HistoryColumn.ADVANCED)),
        by_exam=_count(cell(HistoryColumn.BY_EXAM)),
        by_recommendation=_count(cell(HistoryColumn.BY_RECOMMENDATION)),
        rate=_rate(cell(HistoryColumn.RATE)),
        source=source,
        note=note,
    )
    _check(year)
    return year


def _check(year: HistoryYear) -> None:
    """Whether its numbers can all be true."""
    paths = [each for each in (year.by_exam, year.by_recommendation) if each is not None]
    if year.total is None or year.advanced is None:
        if year.rate is None:
            raise _Faulty(HistoryFaultKind.NOTHING_KNOWN)
        if year.total is not None or year.advanced is not None or paths:
            raise _Faulty(HistoryFaultKind.NO_TOTAL)
        return
    if year.total == 0 or year.advanced > year.total:
        raise _Faulty(HistoryFaultKind.TOO_MANY, f"{year.advanced}/{year.total}")
    both = 2
    if sum(paths) > year.advanced or (len(paths) == both and sum(paths) != year.advanced):
        raise _Faulty(HistoryFaultKind.PATHS, "+".join(map(str, paths)))
    counted = year.advanced / year.total
    if year.rate is not None and abs(year.rate - counted) > _AS_WRITTEN:
        raise _Faulty(HistoryFaultKind.RATE_DIFFERS, f"{counted:.1%}")


def _count(text: str) -> int | None:
    if not text:
        return None
    if not _COUNT.fullmatch(text) or int(text) > MOST_PEOPLE:
        raise _Faulty(HistoryFaultKind.COUNT, text)
    return int(text)


def _rate(text: str) -> float | None:
    """A share; `27.4%`, `27.4` and `0.274` are the same."""
    if not text:
        return None
    found = _RATE.fullmatch(text.replace(" ", ""))
    number = float(found[1]) if found else -1.0
    if found is not None and (found[2] or number > 1):
        number /= 100
    if not 0 <= number <= 1:
        raise _Faulty(HistoryFaultKind.RATE, text)
    return round(number, 8)
