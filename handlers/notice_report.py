"""The report of a notice as a workbook: a line a person, and the sums."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from branch.content.spreadsheets import neutral
from branch.notices.model import Notice
from branch.notices.ports import Line

_COLUMNS: Final = (
    "name",
    "class_name",
    "cohort",
    "intake",
    "fate",
    "settled_at",
    "receipt_at",
    "reason",
)
_WIDTHS: Final = (16, 16, 10, 10, 14, 20, 20, 40)
_MOMENT: Final = "yyyy-mm-dd hh:mm:ss"


def report(notice: Notice, lines: Sequence[Line], label: Callable[..., str], zone: tzinfo) -> bytes:
    """An .xlsx file; moments stand in it in the branch's zone, as Excel knows no other."""
    book = Workbook()
    people = book.active
    people.title = label("report.people")
    _row(people, [label(f"column.{column}") for column in _COLUMNS], bold=True)
    for line in lines:
        _row(
            people,
            [
                line.name,
                line.class_name,
                line.cohort,
                line.intake,
                label(f"letterfate.{line.fate or 'waiting'}"),
                _local(line.at, zone),
                _local(line.receipt_at, zone),
                line.reason,
            ],
        )
    people.freeze_panes = "A2"
    people.auto_filter.ref = people.dimensions
    for index, width in enumerate(_WIDTHS, start=1):
        people.column_dimensions[get_column_letter(index)].width = width
    _sums(book.create_sheet(label("report.sums")), notice, lines, label)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sums(sheet: Any, notice: Notice, lines: Sequence[Line], label: Callable[..., str]) -> None:
    counted = Counter(str(line.fate or "waiting") for line in lines)
    _row(sheet, [label("column.fate"), label("column.people")], bold=True)
    for fate, number in counted.most_common():
        _row(sheet, [label(f"letterfate.{fate}"), number])
    if notice.draft.wants_receipt:
        said = sum(line.receipt_at is not None for line in lines)
        _row(sheet, [label("column.receipt_at"), said])
    sheet.column_dimensions["A"].width = 20
    sheet.freeze_panes = "A2"


def _row(sheet: Any, values: Sequence[Any], *, bold: bool = False) -> None:
    sheet.append([neutral(value) if isinstance(value, str) else value for value in values])
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, datetime):
            cell.number_format = _MOMENT
        if bold:
            cell.font = Font(bold=True)


def _local(moment: datetime | None, zone: tzinfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone).replace(tzinfo=None, microsecond=0)
