"""Which content, read by which code: what was made of the one is good for no other."""

import unicodedata
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import branch

_OUR_CODE = Path(*branch.__path__)
_LIBRARIES = ("opencc", "PyYAML", "markdown-it-py")
"""By which a text is read and spelled."""


def edition_of(content: Path) -> str:
    """Another one with any change of a file, of our code that reads it and answers, or of those."""
    told = sha256(unicodedata.unidata_version.encode())
    for name in _LIBRARIES:
        told.update(f"{name} {version(name)}\n".encode())
    for folder, kind in ((content, "*.*"), (_OUR_CODE, "*.py"), (_OUR_CODE, "*.npy")):
        for file in sorted(folder.rglob(kind)):
            if file.is_file():
                told.update(f"{file.relative_to(folder)} {file.stat().st_size}\n".encode())
                told.update(file.read_bytes())
    return told.hexdigest()[:32]
