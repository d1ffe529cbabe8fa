"""What took long to make, in files of the cache: a start does not make it again."""

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.kept_file import put

log = logging.getLogger(__name__)

MOST_FILES = 6
"""Of one state of the content two or three, and those of the one before; older ones are of no use
any more."""
Arrays = Mapping[str, NDArray[Any]]


class KeptArrays:
    """One file for each name, the latest few; a file that cannot be read is as good as none."""

    def __init__(
        self, folder: Path, kind: str, told: Callable[[int, int], None] = lambda *_: None
    ) -> None:
        """`kind` begins the files' names: of each kind the latest few are kept."""
        self._folder = folder
        self._kind = kind
        self._told = told

    def told(self, done: int, of: int) -> None:
        """How far the making is; whoever is told may raise to end it."""
        self._told(done, of)

    def has(self, name: str) -> bool:
        return self._file(name).exists()

    @property
    def can_be_written(self) -> bool:
        """Whether there is, or can be made, a folder to keep anything in."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return False
        return os.access(self._folder, os.W_OK)

    def read(self, name: str) -> Arrays | None:
        """The arrays, or None where they have to be made."""
        file = self._file(name)
        try:
            with file.open("rb") as opened, np.load(opened) as kept:
                arrays = {each: kept[each] for each in kept.files}
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001 -- whatever the file is, it can be made again
            log.warning("what was %s cannot be read and is made again: %s", self._kind, error)
            return None
        return arrays

    def write(self, name: str, arrays: Arrays) -> None:
        """Without them the next start makes them again: it is no fault."""
        try:
            put(self._file(name), lambda out: np.savez(out, allow_pickle=False, **arrays))
            self._forget_old()
        except OSError as error:
            log.warning("what was %s is not kept: %s", self._kind, error.strerror)

    def _forget_old(self) -> None:
        files = [(each.stat().st_mtime, each) for each in self._folder.glob(f"{self._kind}-*.npz")]
        for _, file in sorted(files)[:-MOST_FILES]:
            file.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{self._kind}-{name}.npz"
