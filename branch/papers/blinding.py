"""Takes out of a Word document what says who wrote it, besides its text: properties and marks."""

import re
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from branch.papers.model import FileKind

_PROPERTIES: Final = re.compile(rb"(<(dc:creator|cp:lastModifiedBy|Company|Manager)>)[^<]*(</\2>)")
_MARKS: Final = re.compile(rb'(\bw:(?:author|initials)=)"[^"]*"')
_LARGEST_UNPACKED: Final = 100 * 1024 * 1024


def blinded(data: bytes, kind: FileKind) -> bytes:
    """The same document without the names in its properties and changes; others as they are."""
    if kind is not FileKind.DOCX:
        return data
    out = BytesIO()
    try:
        with ZipFile(BytesIO(data)) as given:
            if sum(each.file_size for each in given.infolist()) > _LARGEST_UNPACKED:
                return data
            with ZipFile(out, "w", ZIP_DEFLATED) as taken:
                for part in given.infolist():
                    taken.writestr(part.filename, _without_names(part.filename, given.read(part)))
    except (BadZipFile, RuntimeError, NotImplementedError):
        return data
    return out.getvalue()


def _without_names(name: str, content: bytes) -> bytes:
    if name.startswith("docProps/"):
        return _PROPERTIES.sub(rb"\1\3", content)
    if name.startswith("word/") and name.endswith(".xml"):
        return _MARKS.sub(rb'\1""', content)
    return content
