"""A start from what was kept gives the very same shelf, and makes nothing twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.edition import edition_of
from bot.kept_arrays import KeptArrays
from branch.content.faults import Faults
from branch.guidance.model import Library
from branch.guidance.preparing import Preparation
from branch.guidance.reading import read_library
from branch.guidance.service import GuidanceLibrary
from branch.guidance.starting import first_shelf
from texts.language import Language

CONTENT = Path(__file__).parents[3] / "content"
TODAY = date(2026, 11, 22)
Arrays = Mapping[str, NDArray[Any]]


@dataclass
class InMemory:
    """Keeps arrays."""

    arrays: dict[str, Arrays] = field(default_factory=dict)

    def read(self, name: str) -> Arrays | None:
        return self.arrays.get(name)

    def write(self, name: str, arrays: Arrays) -> None:
        self.arrays[name] = arrays

    def told(self, done: int, of: int) -> None: ...


@pytest.fixture(scope="module")
def real() -> Library:
    faults = Faults()
    library = read_library(CONTENT, faults, milestones=None)
    faults.raise_if_any()
    return library


def told(shelf: GuidanceLibrary) -> list[object]:
    """All that is weighed of questions of every kind."""
    return [
        (match.entry.slug, match.score, match.confidence)
        for question in shelf.library.golden[::9]
        for match in shelf.matches(question.ask, language=Language.ZH, on=TODAY)
    ]


@pytest.fixture
def nothing_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def spell(_self: Preparation, text: str) -> str:
        raise AssertionError(f"{text!r} is made again")

    monkeypatch.setattr(Preparation, "spell", spell)


def test_what_is_kept_answers_as_what_is_made(real: Library) -> None:
    kept = InMemory()
    made, again = first_shelf(real, kept, "one"), first_shelf(real, kept, "one")

    assert told(again) == told(made) == told(GuidanceLibrary(real))


def test_what_is_kept_is_not_made_again(
    tmp_path: Path, library: Library, request: pytest.FixtureRequest
) -> None:
    kept = KeptArrays(tmp_path, "made")
    first_shelf(library, kept, "one")
    request.getfixturevalue("nothing_made")

    first_shelf(library, kept, "one")

    with pytest.raises(AssertionError, match="is made again"):
        first_shelf(library, kept, "another")


@pytest.mark.parametrize(
    "spoilt",
    [{}, {"ids": np.zeros(3, dtype=np.int32)}, {"spelled": np.frombuffer(b"{", dtype=np.uint8)}],
)
def test_what_is_kept_but_spoilt_is_made_again(library: Library, spoilt: Arrays) -> None:
    kept = InMemory()
    whole = told(first_shelf(library, kept, "one"))
    for name, arrays in kept.arrays.items():
        kept.arrays[name] = {**arrays, **spoilt} if spoilt else {}

    assert told(first_shelf(library, kept, "one")) == whole
    assert all("terms" in arrays for arrays in kept.arrays.values())


def test_an_edit_of_what_was_kept_is_spelled_anew(library: Library) -> None:
    kept = InMemory()
    first_shelf(library, kept, "one")
    shelf = first_shelf(library, kept, "one")
    entry, *_ = shelf.library.entries
    fresh = GuidanceLibrary(library)

    assert told(shelf.trial([entry])) == told(fresh.trial([entry]))


def test_any_change_of_a_file_is_another_edition(tmp_path: Path) -> None:
    (tmp_path / "guidance").mkdir()
    file = tmp_path / "guidance" / "one.md"
    file.write_text("一")
    before = edition_of(tmp_path)
    assert edition_of(tmp_path) == before

    file.write_text("二")
    changed = edition_of(tmp_path)
    file.rename(tmp_path / "guidance" / "two.md")

    assert len({before, changed, edition_of(tmp_path)}) == 3
