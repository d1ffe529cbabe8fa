"""Taps that have to do with rosters and outcomes."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.buttons import Button


class OutcomeField(StrEnum):
    COHORT = "cohort"
    KIND = "kind"
    TARGET = "target"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class ShowRoster(Button):
    name = "roster"


@dataclass(frozen=True, slots=True)
class ChooseCohort(Button):
    """A year of graduation; 0: another, to be typed."""

    name = "outcoh"
    cohort: int
