"""A start from what was kept gives the very same shelf, and makes nothing twice."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from bot.kept_arrays import KeptArrays
from branch.guidance.model import Library
from branch.guidance.preparing import Preparation
from branch.guidance.service import GuidanceLibrary
from branch.guidance.starting import first_shelf, keep_library, kept_library
from tests.guidance import Arrays, InMemory, library_in
from texts.language import Language

CONTENT = Path(__file__).parents[3] / "content"
TODAY = date(2026, 11, 22)


def told(shelf: GuidanceLibrary, *, one_of: int = 1) -> list[object]:
    """All that is weighed of the golden questions, or of one of so many."""
    return [
        (match.entry.slug, match.score, match.confidence)
        for question in shelf.library.golden[::one_of]
        for match in shelf.matches(question.ask, language=Language.ZH, on=TODAY)
    ]


def test_what_is_kept_answers_as_what_is_made() -> None:
    real, kept = library_in(CONTENT), InMemory()
    made, again = first_shelf(real, kept, "one"), first_shelf(real, kept, "one")

    fresh = told(GuidanceLibrary(real), one_of=9)
    assert told(again, one_of=9) == told(made, one_of=9) == fresh


def test_what_is_kept_is_not_made_again(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptArrays(tmp_path, "made")
    first_shelf(library, kept, "one")

    def spell(_self: Preparation, text: str) -> str:
        raise AssertionError(f"{text!r} is made again")

    monkeypatch.setattr(Preparation, "spell", spell)
    first_shelf(library, kept, "one")

    with pytest.raises(AssertionError, match="is made again"):
        first_shelf(library, kept, "another")


@pytest.mark.parametrize(
    "spoilt",
    [
        {},
        {"ids": np.zeros(3, dtype=np.int32)},
        {"spelled": np.frombuffer(b"{", dtype=np.uint8)},
        {"spelled": np.frombuffer(b"\xff", dtype=np.uint8)},
        {"marks": np.zeros(1, dtype=np.uint64)},
    ],
)
def test_what_is_kept_but_spoilt_is_made_again(library: Library, spoilt: Arrays) -> None:
    kept = InMemory()
    whole = told(first_shelf(library, kept, "one"))
    for name, arrays in kept.arrays.items():
        kept.arrays[name] = {**arrays, **spoilt} if spoilt else {}

    assert told(first_shelf(library, kept, "one")) == whole
    assert all("marks" in arrays for arrays in kept.arrays.values())


@pytest.mark.parametrize("part", ["asked", "texts"])
def test_what_is_kept_of_other_texts_is_not_believed(library: Library, part: str) -> None:
    kept = InMemory()
    whole = told(first_shelf(library, kept, "one"))
    for name, arrays in kept.arrays.items():
        others = arrays[part].copy()
        others[len(others) // 2 :] += 1
        kept.arrays[name] = {**arrays, part: others}

    assert told(first_shelf(library, kept, "one")) == whole


def test_the_library_is_kept_whole() -> None:
    real, kept = library_in(CONTENT), InMemory()
    keep_library(real, kept, "one")

    assert kept_library(kept, "one") == real
    assert kept_library(kept, "another") is None


@pytest.mark.parametrize("spoilt", [{}, {"library": np.frombuffer(b"\x01\x02", dtype=np.uint8)}])
def test_a_library_that_is_spoilt_is_read_again(library: Library, spoilt: Arrays) -> None:
    kept = InMemory()
    keep_library(library, kept, "one")
    kept.arrays.update(dict.fromkeys(kept.arrays, spoilt))

    assert kept_library(kept, "one") is None


def test_an_edit_of_what_was_kept_is_spelled_anew(library: Library) -> None:
    kept = InMemory()
    first_shelf(library, kept, "one")
    shelf = first_shelf(library, kept, "one")
    fresh = GuidanceLibrary(library)
    entry, *_ = shelf.library.entries
    words = {**entry.wordings, Language.ZH: (*entry.wordings[Language.ZH], "笔试到底是几号")}
    edited = replace(entry, wordings=words)

    assert told(shelf.trial([edited])) == told(fresh.trial([edited])) != told(shelf)
