"""Keeping apart the years that a question names and those that an entry speaks of."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from branch.content.intakes import current_intake
from branch.guidance.model import Entry
from texts.language import Language

_YEAR = r"(?<![\d.])(?:19[5-9]\d|20[0-4]\d)(?![\d.])"
_ANY_YEAR = re.compile(_YEAR)
_LONG_AGO, _FAR_AHEAD = -5, 2
"""Intakes from the current one, outside of which nothing here is known to hold."""
Named = Sequence[frozenset[int]]
"""Each mention of a year: the years it may mean, of which one is enough."""


class YearWords:
    """Finds the years in a question; `last year` may mean the calendar's or the intake's."""

    def __init__(
        self,
        relative: Mapping[str, int],
        not_before: Sequence[str] = (),
        own: Sequence[str] = (),
    ) -> None:
        """`relative` says by how many years each word looks back or ahead.

        Such a word with one of `not_before` behind it names no year. A year in figures with one
        of `own` behind it is the person's: when they graduated, say.
        """
        self._relative = relative
        words = "|".join(map(re.escape, sorted(relative, key=len, reverse=True)))
        spoilt, theirs = ("|".join(map(re.escape, each)) or "$^" for each in (not_before, own))
        self._words = re.compile(f"({words})(?!{spoilt})" if words else "(?!)")
        self._year = re.compile(f"{_YEAR}(?!.{{0,3}}(?:{theirs}))")

    def named(self, spelled: str, on: date) -> Named:
        years = [frozenset({int(year)}) for year in self._year.findall(spelled)]
        current = current_intake(on)
        for word in self._words.findall(spelled):
            away = self._relative[word]
            years.append(frozenset({on.year + away, current + away}))
        return years


class YearDoubt(Struct, frozen=True):
    """How much speaks against an entry: nothing, the year of the exam for the intake's, another."""

    is_slip: bool = False
    is_other: bool = False


_NO_DOUBT = YearDoubt()


class SpokenYears:
    """The years of one entry: its intake, those of its wordings and those of its dates."""

    def __init__(self, entry: Entry, language: Language, said: str, body: str) -> None:
        """`said` is all its wordings, as they are spelled for the search, like the body."""
        dates = entry.bodies[language].placeholders
        named = {each.intake for each in dates if each.intake is not None}
        self._intake = entry.intake
        self._years = frozenset(map(int, _ANY_YEAR.findall(said))) | named
        self._told = self._years | frozenset(map(int, _ANY_YEAR.findall(body)))
        self._is_timeless = entry.intake is None and not self._years and not dates

    def doubt(self, asked: Named, on: date) -> YearDoubt:
        """What the named years say against this entry."""
        current = current_intake(on)
        if self._is_timeless:
            # what holds of every year holds of those that anybody here has seen
            lately = range(current + _LONG_AGO, current + _FAR_AHEAD + 1)
            far = any(not years & self._told and years.isdisjoint(lately) for years in asked)
            return YearDoubt(is_other=far)
        intake = self._intake if self._intake is not None else current
        known = self._years | {intake}
        if all(years & known for years in asked):
            return _NO_DOUBT
        # In autumn 2026 "the exam of 2026" may mean the one in December: worth offering, not sure.
        if intake == current and all(years & (known | {intake - 1}) for years in asked):
            return YearDoubt(is_slip=True)
        return YearDoubt(is_other=True)
