"""Workbooks of research: the table to fill in, and the table of outcomes."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, Final

from branch.content.spreadsheets import neutral
from branch.research.achievement import LEVELS, Achievement, Kind
from branch.research.found_claims import MOST_ROWS
from branch.research.outcome_table import outcome_table

COLUMNS: Final = ("kind", "title", "authors", "venue", "year", "level", "doi", "number")
WIDTHS: Final = (10, 50, 30, 30, 8, 12, 30, 20)


def template(label: Callable[..., str]) -> bytes:
    """An empty table with its heading, and beside it what may stand in it."""
    from openpyxl import Workbook  # noqa: PLC0415 -- few ask for it, and it takes a while to load
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 -- few ask for it, and it takes a while to load

    book = Workbook()
    sheet = book.active
    sheet.title = label("resheet.outcomes")
    heading(sheet, [label(f"rescolumn.{each}") for each in COLUMNS], WIDTHS)
    kinds = ",".join(label(f"achievement.{each}") for each in Kind)
    choice = DataValidation(type="list", formula1=f'"{kinds}"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"A2:A{MOST_ROWS + 1}")
    allowed = book.create_sheet(label("resheet.allowed"))
    heading(allowed, [label("rescolumn.kind"), label("rescolumn.level")], (12, 50))
    for kind in Kind:
        levels = [label(f"achievementlevel.{each}") for each in LEVELS[kind]]
        row(allowed, [label(f"achievement.{kind}"), " / ".join(levels)])
    return saved(book)


def heading(sheet: Any, names: Sequence[str], widths: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- few ask for it, and it takes a while to load

    row(sheet, names, bold=True)
    sheet.freeze_panes = "A2"
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width


def row(sheet: Any, values: Sequence[Any], *, bold: bool = False) -> None:
    """Numbers as numbers; what a program for tables would compute is marked."""
    from openpyxl.styles import Font  # noqa: PLC0415 -- few ask for it, and it takes a while to load

    sheet.append([neutral(value) if isinstance(value, str) else value for value in values])
    if bold:
        for cell in sheet[sheet.max_row]:
            cell.font = Font(bold=True)


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def outcomes(achievements: Sequence[Achievement], label: Callable[..., str]) -> bytes:
    """The table by year and kind, and every outcome on a row that can be brought in again."""
    from openpyxl import Workbook  # noqa: PLC0415 -- few ask for it, and it takes a while to load

    book, table = Workbook(), outcome_table(achievements)
    sheet = book.active
    sheet.title = label("resheet.table")
    kinds = [label(f"achievement.{kind}") for kind in table.kinds]
    names = [label("rescolumn.year"), *kinds, label("researchcolumn.total"), label("resheet.waits")]
    heading(sheet, names, [10] * len(names))
    for year in (*table.years, None):
        counts = [table.count(year=year, kind=kind).confirmed for kind in table.kinds]
        total = table.count(year=year)
        first = label("researchcolumn.total") if year is None else year
        row(sheet, [first, *counts, total.confirmed, total.claimed], bold=year is None)
    listed = book.create_sheet(label("resheet.outcomes"))
    more = ("state", "reporter", "judge", "evidence")
    columns = [label(f"rescolumn.{each}") for each in (*COLUMNS, *more)]
    heading(listed, columns, (*WIDTHS, 10, 16, 16, 20))
    for each in achievements:
        row(listed, [*_cells(each, label)])
    listed.auto_filter.ref = listed.dimensions
    return saved(book)


def _cells(each: Achievement, label: Callable[..., str]) -> Sequence[Any]:
    claim = each.claim
    proof = claim.evidence
    return [
        label(f"achievement.{claim.kind}"),
        claim.title,
        "; ".join(claim.authors),
        claim.venue,
        claim.year,
        label(f"achievementlevel.{claim.level}"),
        claim.doi,
        claim.number,
        label(f"achievementstate.{each.state}"),
        each.reporter_name,
        each.judge_name,
        None if proof is None else proof.name or label("resheet.photo"),
    ]
