"""Taps that have to do with figures: which, of when, of whom, by day or by night."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Final, Self

from msgspec import Struct

from branch.statistics.model import Figure
from handlers.buttons import Button

FIRST_SPAN: Final = "d30"
"""What is shown before anybody has chosen: the last thirty days."""


_WRITTEN: Final = re.compile(r"([a-z]\d{1,4})(?:\.(\d{1,4})\.([0-9a-f]{1,8})(\.n)?)?", re.ASCII)
"""Letters of an earlier time carry the period alone."""


class Narrow(StrEnum):
    """What figures can be narrowed by."""

    PERIOD = "p"
    COHORT = "c"
    CLASS = "k"


class Choice(Struct, frozen=True):
    """What figures are looked at: of when, of whom, and by night or by day.

    `of_class` is drawn from the class's name, which would not fit into a button; 0: all of them.
    """

    span: str = FIRST_SPAN
    cohort: int = 0
    of_class: int = 0
    dark: bool = False

    @classmethod
    def read(cls, text: str) -> Self:
        """As it was written into a button; what is forged is as nothing was chosen."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            return cls()
        return cls(found[1], int(found[2] or 0), int(found[3] or "0", 16), bool(found[4]))

    @property
    def written(self) -> str:
        return f"{self.span}.{self.cohort}.{self.of_class:x}{'.n' if self.dark else ''}"


class ShowStatistics(Button, frozen=True):
    """The groups to choose from."""

    name = "stats"
    of: str


class ShowFigure(Button, frozen=True):
    name = "stat"
    figure: Figure
    of: str
    chart: int


class NarrowFigure(Button, frozen=True):
    """Offer what the figure can be narrowed to; the picture stays."""

    name = "statby"
    by: Narrow
    figure: Figure
    of: str


class ShowReports(Button, frozen=True):
    """The times to choose from, for whoever was chosen so far."""

    name = "reports"
    of: str


class NarrowReport(Button, frozen=True):
    """Offer whom the report may be of."""

    name = "reportby"
    by: Narrow
    of: str


class MakeReport(Button, frozen=True):
    name = "mkreport"
    of: str


MakeButton = Callable[[Choice], Button]
