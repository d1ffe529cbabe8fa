"""Workbooks of research: the table to fill in, and the table of outcomes."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from branch.content.spreadsheets import neutral
from branch.research.achievement import LEVELS, Kind
from branch.research.found_claims import MOST_ROWS

COLUMNS: Final = ("kind", "title", "authors", "venue", "year", "level", "doi", "number")
WIDTHS: Final = (10, 50, 30, 30, 8, 12, 30, 20)


def template(label: Callable[..., str]) -> bytes:
    """An empty table with its heading, and beside it what may stand in it."""
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
    row(sheet, names, bold=True)
    sheet.freeze_panes = "A2"
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width


def row(sheet: Any, values: Sequence[Any], *, bold: bool = False) -> None:
    """Numbers as numbers; what a program for tables would compute is marked."""
    sheet.append([neutral(value) if isinstance(value, str) else value for value in values])
    if bold:
        for cell in sheet[sheet.max_row]:
            cell.font = Font(bold=True)


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
