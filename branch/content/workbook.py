"""Tables as a workbook that Excel opens: real types, a frozen header, nothing that calculates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from io import BytesIO
from typing import Any, Final

from branch.content.spreadsheets import neutral

_MOMENT: Final = "yyyy-mm-dd hh:mm:ss"
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys(r"[]:*?/\\", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table: what stands above its columns, how wide they are (in characters), and its rows.

    Moments stand in it in the branch's zone, as Excel knows no other: see `local`.
    """

    name: str
    columns: Sequence[str]
    widths: Sequence[int] = ()
    rows: Iterable[Sequence[Any]] = ()
    filtered: bool = True


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """An .xlsx file with a sheet for each."""
    from openpyxl import Workbook  # noqa: PLC0415 -- few ask for it, and it takes a while to load
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- the same

    book = Workbook()
    book.remove(book.active)
    for each in sheets:
        sheet = book.create_sheet(each.name.translate(_NOT_IN_NAMES)[:_LONGEST_NAME])
        _append(sheet, 1, each.columns, bold=True)
        for number, row in enumerate(each.rows, start=2):
            _append(sheet, number, row)
        sheet.freeze_panes = "A2"
        if each.filtered:
            sheet.auto_filter.ref = sheet.dimensions
        for index, width in enumerate(each.widths, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = width
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def local(moment: datetime | None, zone: tzinfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone).replace(tzinfo=None, microsecond=0)


def _append(sheet: Any, number: int, values: Sequence[Any], *, bold: bool = False) -> None:
    """Its number is given: to find it, the sheet would count all cells, for each row anew."""
    from openpyxl.styles import Font  # noqa: PLC0415 -- the same

    sheet.append([neutral(value) if isinstance(value, str) else value for value in values])
    for column, value in enumerate(values, start=1):
        if isinstance(value, datetime):
            sheet.cell(number, column).number_format = _MOMENT
        if bold:
            sheet.cell(number, column).font = Font(bold=True)
