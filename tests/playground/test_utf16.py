"""Texts are counted and cut in UTF-16 units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import utf16

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "units"), [("", 0), ("ab", 2), ("考研", 2), ("😀", 2), ("👨‍👩‍👧", 8), ("\ud83d", 1)]
)
def test_length_counts_units(text: str, units: int) -> None:
    assert utf16.length(text) == units


@given(ANY_TEXT, ANY_TEXT)
def test_length_of_a_whole_is_that_of_its_parts_unless_halves_meet(one: str, other: str) -> None:
    whole = utf16.length(one + other)
    assert whole == utf16.length(one) + utf16.length(other)


@given(st.text(), st.text(), st.text())
def test_cut_gives_back_the_middle(before: str, middle: str, after: str) -> None:
    offset = utf16.offset_of(before + middle + after, len(before))
    assert utf16.cut(before + middle + after, offset, utf16.length(middle)) == middle


@pytest.mark.parametrize(
    ("offset", "splits"), [(0, False), (1, False), (2, True), (3, False), (4, False)]
)
def test_an_offset_inside_a_pair_is_known(offset: int, splits: bool) -> None:  # noqa: FBT001 -- a table's column
    assert utf16.splits_a_pair("a😀b", offset) is splits


@given(ANY_TEXT)
def test_only_text_without_halves_is_unicode(text: str) -> None:
    halves = any(0xD800 <= ord(character) <= 0xDFFF for character in text)
    assert utf16.is_unicode(text) is not halves
