"""A pattern of many terms finds what each of them, tried in turn, would find."""

import re

from hypothesis import given
from hypothesis import strategies as st

from branch.guidance.term_pattern import pattern_of

SIGNS = "ab1-]^.材料复试"
TERMS = st.lists(st.text(SIGNS, max_size=4), max_size=12)


def one_beside_the_other(terms: list[str]) -> re.Pattern[str]:
    """The plainest pattern of the same meaning, the longest term first."""
    told = [
        ("(?<![a-z0-9])" if term[0].isascii() else "")
        + re.escape(term)
        + ("(?![a-z0-9])" if term[-1].isascii() else "")
        for term in sorted({*terms} - {""}, key=len, reverse=True)
    ]
    return re.compile("|".join(told) or "(?!)")


@given(TERMS, st.text(SIGNS + " ", max_size=30))
def test_it_finds_the_longest_terms_that_stand_whole(terms: list[str], text: str) -> None:
    found = [each.span() for each in pattern_of(terms).finditer(text)]

    assert found == [each.span() for each in one_beside_the_other(terms).finditer(text)]


def test_without_terms_it_finds_nothing() -> None:
    assert pattern_of([""]).search("材料") is None


def test_a_longer_term_that_does_not_stand_whole_gives_way_to_a_shorter() -> None:
    assert pattern_of(["考研", "考研b"]).findall("考研b 考研bc") == ["考研b", "考研"]
