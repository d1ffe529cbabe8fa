"""Reading a content file as text, whatever state it is in."""

import re
from pathlib import Path

from branch.content.faults import Faults

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
LARGEST = 1_000_000
"""Bytes; a content file beyond this is surely not one."""


def text_in(file: Path, faults: Faults) -> str | None:
    """The file's text, or None and a fault where it has none that can be used."""
    raw = _bytes_in(file, faults)
    if raw is None:
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = raw.count(b"\n", 0, broken.start) + 1
        faults.note(file, line, "this is not UTF-8; save the file with the encoding UTF-8")
        return None
    return usable_text(text, file, faults)


def usable_text(text: str, file: Path, faults: Faults) -> str | None:
    """The text with lines that end alike; None and a fault where it cannot be used.

    `file` is where it stands, or would stand.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        faults.note(file, 1, "the file is empty; write its content or delete it")
        return None
    return text if _is_plain(text, file, faults) else None


def files_in(folder: Path, pattern: str, faults: Faults) -> list[Path]:
    """The files that fit `pattern` below `folder`, in a stable order; none is a fault."""
    found = sorted(file for file in folder.glob(pattern) if not file.name.startswith("."))
    if not found:
        faults.note(folder, 1, f"there is no file {pattern} here")
    return found


def _bytes_in(file: Path, faults: Faults) -> bytes | None:
    if file.is_dir():
        faults.note(file, 1, "this is a folder; a file is expected here")
        return None
    try:
        raw = file.read_bytes()
    except OSError as broken:
        faults.note(file, 1, f"the file cannot be read: {broken.strerror or broken}")
        return None
    if len(raw) > LARGEST:
        faults.note(file, 1, f"the file has {len(raw)} bytes; at most {LARGEST} are read")
        return None
    return raw


def _is_plain(text: str, file: Path, faults: Faults) -> bool:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            faults.note(file, number, "there is a tab; use spaces")
            return False
        if _CONTROL.search(line):
            faults.note(file, number, "there is an invisible control character; delete it")
            return False
    return True
