"""Tables that people send, as Excel's workbooks or as text: their rows, however they were saved."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

from branch.content.spreadsheets import NotATable, TableRow, restored, rows_in

LARGEST: Final = 10_000_000
_LARGEST_UNPACKED: Final = 200_000_000
_MOST_PARTS: Final = 2_000
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"


class TooLarge(NotATable):
    """More than is read; of a packed file what it would unpack to counts, too."""


def table_in(raw: bytes) -> Iterator[TableRow]:
    """The rows of the first sheet, or of the text; empty ones are left out.

    Raises NotATable and TooLarge, also while the rows are read.
    """
    if len(raw) > LARGEST:
        raise TooLarge(f"{len(raw)} bytes")
    if raw.startswith(_OLD_EXCEL):
        raise NotATable("this is Excel's old .xls: save it as .xlsx or .csv")
    return _sheet(raw) if raw.startswith(_ZIP) else rows_in(raw)


def _sheet(raw: bytes) -> Iterator[TableRow]:
    from openpyxl import load_workbook  # noqa: PLC0415 -- few ask for it, and it takes a while to load

    _look_before_unpacking(raw)
    try:
        book = load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not always so
        for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            texts = tuple(_text(cell) for cell in cells)
            if any(texts):
                yield TableRow(line, texts)
    except Exception as broken:
        # what openpyxl raises on a broken book is anything
        raise NotATable(f"this workbook cannot be read: {type(broken).__name__}") from broken


def _look_before_unpacking(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as broken:
        raise NotATable("this workbook is broken") from broken
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _LARGEST_UNPACKED or len(parts) > _MOST_PARTS:
        raise TooLarge(f"{unpacked} bytes unpacked")


def _text(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return str(cell)
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() | date():
            return cell.isoformat()[:10]
        case _:
            return restored(str(cell).strip())
