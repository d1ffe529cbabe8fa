"""How long something is, as editors count: each Chinese character one, each Latin word one."""

import re
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

_CHINESE: Final = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTERS: Final = rf"[^\W{_CHINESE}]+"
_WORD: Final = re.compile(rf"[{_CHINESE}]|{_LETTERS}(?:['\u2019-]{_LETTERS})*")
_LARGEST_UNPACKED: Final = 100 * 1024 * 1024
"""What a document may become when it is unpacked: a small file can be a bomb."""


def words_in(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def words_in_docx(data: bytes) -> int | None:
    """The words of a Word document, tables too; None where it cannot be read."""
    from docx import Document  # noqa: PLC0415 -- few need it, and it takes a while to load
    from docx.opc.exceptions import OpcError  # noqa: PLC0415 -- the same

    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > _LARGEST_UNPACKED:
                return None
        document = Document(BytesIO(data))
        cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
        texts = [each.text for each in document.paragraphs] + [each.text for each in cells]
    except (BadZipFile, OpcError, SyntaxError, KeyError, ValueError):
        return None
    return sum(map(words_in, texts))
