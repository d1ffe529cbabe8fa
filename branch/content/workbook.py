"""Tables as a workbook that Excel opens: real types, a frozen header, nothing that calculates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from io import BytesIO
from typing import Any, Final

from msgspec import Struct, field

from branch.content.spreadsheets import neutral

_MOMENT: Final = "yyyy-mm-dd hh:mm:ss"
_LONGEST_NAME: Final = 31
_LAST_ROW: Final = 1_048_576
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys(r"[]:*?/\\", " "))


class Sheet(Struct, frozen=True, kw_only=True):
    """A table: what stands above its columns, how wide they are (in characters), and its rows.

    Moments stand in it in the branch's zone, as Excel knows no other: see `local`. `total` stands
    below the rows, in bold; `choices` are what may be written in a column, counted from 0.
    """

    name: str
    columns: Sequence[str]
    widths: Sequence[int] = ()
    rows: Iterable[Sequence[Any]] = ()
    total: Sequence[Any] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    filtered: bool = True


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """An .xlsx file with a sheet for each."""
    from openpyxl import Workbook  # noqa: PLC0415 -- few ask for it, and it takes a while to load

    book = Workbook()
    book.remove(book.active)
    for each in sheets:
        _fill(book.create_sheet(each.name.translate(_NOT_IN_NAMES)[:_LONGEST_NAME]), each)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def local(moment: datetime | None, zone: tzinfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone).replace(tzinfo=None, microsecond=0)


def _fill(sheet: Any, table: Sheet) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- the same

    _append(sheet, 1, table.columns, bold=True)
    number = 1
    for number, row in enumerate(table.rows, start=2):
        _append(sheet, number, row)
    if table.total:
        _append(sheet, number + 1, table.total, bold=True)
    sheet.freeze_panes = "A2"
    if table.filtered:
        sheet.auto_filter.ref = sheet.dimensions
    for index, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    for index, words in table.choices.items():
        _offer(sheet, get_column_letter(index + 1), words)


def _offer(sheet: Any, column: str, words: Sequence[str]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 -- the same

    choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"{column}2:{column}{_LAST_ROW}")


def _append(sheet: Any, number: int, values: Sequence[Any], *, bold: bool = False) -> None:
    """Its number is given: to find it, the sheet would count all cells, for each row anew."""
    from openpyxl.styles import Font  # noqa: PLC0415 -- the same

    sheet.append([neutral(value) if isinstance(value, str) else value for value in values])
    for column, value in enumerate(values, start=1):
        if isinstance(value, datetime):
            sheet.cell(number, column).number_format = _MOMENT
        if bold:
            sheet.cell(number, column).font = Font(bold=True)
