"""Keeping apart the years that a question names and those that an entry speaks of."""

import re
from collections.abc import Callable
from datetime import date

from branch.content.intakes import current_intake
from branch.guidance.model import Entry
from branch.guidance.thresholds import Thresholds
from texts.language import Language

_YEAR = re.compile(r"(?<![\d.])20[1-4]\d(?![\d.])")


def years_in(plain: str) -> frozenset[int]:
    return frozenset(map(int, _YEAR.findall(plain)))


class SpokenYears:
    """The years of one entry: its intake, those of its wordings and those of its dates."""

    def __init__(self, entry: Entry, language: Language, spell: Callable[[str], str]) -> None:
        said = " ".join(spell(wording) for wording in entry.asked_as(language))
        dates = entry.bodies[language].placeholders
        named = {each.intake for each in dates if each.intake is not None}
        self._intake = entry.intake
        self._years = years_in(said) | named
        self._is_timeless = entry.intake is None and not self._years and not dates

    def factor(self, asked: frozenset[int], on: date, known: Thresholds) -> float:
        """What is left of the entry's score when the question names the years `asked`."""
        current = current_intake(on)
        intake = self._intake if self._intake is not None else current
        if self._is_timeless or asked <= self._years | {intake}:
            return 1.0
        # In autumn 2026 "the exam of 2026" may mean the one in December: worth offering, not sure.
        if intake == current and asked <= self._years | {intake, intake - 1}:
            return known.slip_of_year
        return known.other_year
