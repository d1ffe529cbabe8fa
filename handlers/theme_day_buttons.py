"""Taps that have to do with theme days."""

from dataclasses import dataclass
from enum import StrEnum

from branch.theme_days.model import Reason
from handlers.buttons import Button


class DayField(StrEnum):
    TITLE = "title"
    WHEN = "when"
    PLACE = "place"
    SPEAKERS = "speakers"
    CAPACITY = "capacity"


@dataclass(frozen=True, slots=True)
class ShowThemeDays(Button):
    name = "days"


@dataclass(frozen=True, slots=True)
class ShowThemeDay(Button):
    name = "day"
    day: int


@dataclass(frozen=True, slots=True)
class Come(Button):
    name = "daygo"
    day: int


@dataclass(frozen=True, slots=True)
class CannotCome(Button):
    name = "dayno"
    day: int


@dataclass(frozen=True, slots=True)
class SayWhy(Button):
    name = "daywhy"
    day: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class DayFile(Button):
    """The day for the phone's own calendar."""

    name = "dayics"
    day: int


@dataclass(frozen=True, slots=True)
class ShowWhoComes(Button):
    name = "daywho"
    day: int


@dataclass(frozen=True, slots=True)
class PlanDay(Button):
    name = "daynew"


@dataclass(frozen=True, slots=True)
class ChangeDay(Button):
    name = "dayedit"
    day: int


@dataclass(frozen=True, slots=True)
class EditDayField(Button):
    name = "dayfld"
    field: DayField


@dataclass(frozen=True, slots=True)
class WithoutField(Button):
    """No speakers, or no limit."""

    name = "daynone"


@dataclass(frozen=True, slots=True)
class CancelDay(Button):
    name = "dayoff"
    day: int


@dataclass(frozen=True, slots=True)
class CancelDayForCertain(Button):
    name = "dayoff2"
    day: int


@dataclass(frozen=True, slots=True)
class AnnounceDay(Button):
    """Begin a notice that tells of it."""

    name = "daysay"
    day: int
