"""Which content, read by which code: what was made of the one is good for no other."""

import unicodedata
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import branch.guidance

_READING = Path(branch.guidance.__file__).parent
_SPELLING = ("opencc",)
"""Libraries that decide how a text is spelled."""


def edition_of(content: Path) -> str:
    """Another one with any change of a file, of our code for answering, or of such a library."""
    told = sha256(unicodedata.unidata_version.encode())
    for name in _SPELLING:
        told.update(f"{name} {version(name)}\n".encode())
    for folder, kind in ((content, "*.*"), (_READING, "*.py"), (_READING, "*.npy")):
        for file in sorted(folder.rglob(kind)):
            if file.is_file():
                told.update(f"{file.relative_to(folder)} {file.stat().st_size}\n".encode())
                told.update(file.read_bytes())
    return told.hexdigest()[:32]
