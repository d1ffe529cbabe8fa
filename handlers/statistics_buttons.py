"""Taps that have to do with figures: which, of when, of whom, by day or by night."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from branch.statistics.model import Figure
from handlers.buttons import Button

FIRST_SPAN: Final = "d30"
"""What is shown before anybody has chosen: the last thirty days."""


class Narrow(StrEnum):
    """What figures can be narrowed by."""

    PERIOD = "p"
    COHORT = "c"
    CLASS = "k"


@dataclass(frozen=True, slots=True)
class ShowStatistics(Button):
    """The groups to choose from. `of_class` is drawn from the class's name; 0: all of them."""

    name = "stats"
    span: str
    cohort: int
    of_class: int
    dark: int


@dataclass(frozen=True, slots=True)
class ShowFigure(Button):
    name = "stat"
    figure: Figure
    span: str
    cohort: int
    of_class: int
    dark: int
    chart: int


@dataclass(frozen=True, slots=True)
class NarrowFigure(Button):
    """Offer what the figure can be narrowed to; the picture stays."""

    name = "statby"
    by: Narrow
    figure: Figure
    span: str
    cohort: int
    of_class: int
    dark: int


@dataclass(frozen=True, slots=True)
class ShowReports(Button):
    name = "reports"


@dataclass(frozen=True, slots=True)
class MakeReport(Button):
    name = "mkreport"
    span: str
