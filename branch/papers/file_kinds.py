"""What kind a file is: by its name, by what Telegram says of it, and by how it begins."""

from collections.abc import Mapping
from typing import Final

from branch.papers.errors import FileEmpty, FileTooBig, WrongKind
from branch.papers.model import CallPlan, FileKind

MIB: Final = 1024 * 1024
_TEXT: Final = ("text/plain", "text/markdown", "text/x-markdown")
_MIMES: Final[Mapping[FileKind, tuple[str, ...]]] = {
    FileKind.PDF: ("application/pdf", "application/x-pdf"),
    FileKind.DOCX: ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    FileKind.DOC: ("application/msword",),
    FileKind.ODT: ("application/vnd.oasis.opendocument.text",),
    FileKind.MD: _TEXT,
    FileKind.TXT: _TEXT,
    FileKind.ZIP: ("application/zip", "application/x-zip-compressed", "application/x-zip"),
}
_SAYS_NOTHING: Final = ("", "application/octet-stream", "binary/octet-stream")
"""Some clients know no kinds; then the name and the beginning decide."""
_BEGINS: Final[Mapping[FileKind, bytes]] = {
    FileKind.PDF: b"%PDF",
    FileKind.DOCX: b"PK",
    FileKind.DOC: b"\xd0\xcf\x11\xe0",
    FileKind.ODT: b"PK",
    FileKind.ZIP: b"PK",
}
_BEFORE_PDF: Final = 1024
"""Some programs write something before the mark of a PDF; readers look that far."""


def kind_of(name: str, mime: str | None, allowed: tuple[FileKind, ...]) -> FileKind:
    """Raises WrongKind."""
    stem, _, ending = name.lower().rpartition(".")
    found = next((each for each in allowed if each == ending), None)
    told = (mime or "").partition(";")[0].strip().lower()
    if not stem or found is None or told not in (*_SAYS_NOTHING, *_MIMES[found]):
        raise WrongKind
    return found


def begins_as(kind: FileKind, data: bytes) -> bool:
    """Whether it is what its name says, as far as its first bytes tell."""
    mark = _BEGINS.get(kind)
    if mark is None:
        return b"\0" not in data[:_BEFORE_PDF]
    return mark in data[:_BEFORE_PDF] if kind is FileKind.PDF else data.startswith(mark)


def checked_size(size: int, plan: CallPlan) -> None:
    """Raises FileEmpty, FileTooBig."""
    if size <= 0:
        raise FileEmpty
    if size > plan.largest * MIB:
        raise FileTooBig(plan.largest)
