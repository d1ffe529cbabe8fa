"""Packs files into zips on disk, one after another, none larger than what can be sent."""

from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, ZipFile

LARGEST_PART: Final = 45 * 1024 * 1024
"""Telegram takes 50 MB from a bot; what stands around the files needs some room."""
_AROUND_A_FILE: Final = 300


class Archive:
    """In `folder`, which is its opener's to remove; what is in the files is packed already."""

    def __init__(self, folder: Path, name: str, *, largest: int = LARGEST_PART) -> None:
        self._folder = folder
        self._name = name
        self._largest = largest
        self._size = 0
        self.parts: list[Path] = []

    def add(self, name: str, data: bytes) -> None:
        """Into the present part, or the next where it would become too large."""
        needed = len(data) + 2 * len(name.encode()) + _AROUND_A_FILE
        if not self.parts or self._size + needed > self._largest:
            self.parts.append(self._folder / f"{self._name}-{len(self.parts) + 1}.zip")
            self._size = 0
        with ZipFile(self.parts[-1], "a", ZIP_STORED) as part:
            part.writestr(name, data)
        self._size += needed
