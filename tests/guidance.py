"""What tests of the answers share: the library of a folder, and a memory for what is kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from branch.content.faults import Faults
from branch.guidance.model import Library
from branch.guidance.reading import read_library

Arrays = Mapping[str, NDArray[Any]]


def library_in(content: Path, *, milestones: Collection[tuple[int, str]] | None = None) -> Library:
    """The library of a folder without faults; without `milestones` none of its dates is checked."""
    faults = Faults()
    library = read_library(content, faults, milestones=milestones)
    faults.raise_if_any()
    return library


@dataclass
class InMemory:
    """Keeps arrays, and counts how often some were made."""

    arrays: dict[str, Arrays] = field(default_factory=dict)
    written: int = 0

    def read(self, name: str) -> Arrays | None:
        return self.arrays.get(name)

    def write(self, name: str, arrays: Arrays) -> None:
        self.arrays[name] = arrays
        self.written += 1

    def told(self, done: int, of: int) -> None:
        assert done <= of
