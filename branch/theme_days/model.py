"""What a theme day is, and what people say to it; nothing here touches a database."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NewType, Protocol

from msgspec import Struct

from branch.people.model import Person, PersonId, Role
from texts.language import Language

ThemeDayId = NewType("ThemeDayId", int)
SeriesId = NewType("SeriesId", int)

LONGEST_TITLE: Final = 60
LONGEST_PLACE: Final = 100
LONGEST_SPEAKERS: Final = 800
MOST_PEOPLE: Final = 5_000
LASTS: Final = timedelta(hours=2)
OFFERED_FOR: Final = timedelta(hours=12)
"""A place that becomes free is kept this long for the first who waits, and never beyond half of
the time that is left.
"""
LEADS: Final = (168, 72, 24, 2)
"""Hours before the start at which who comes may be reminded."""
USUAL_LEADS: Final = (24, 2)
CLOSE: Final = timedelta(hours=3)
"""Two days that begin within this of each other get into each other's way."""


class DayState(StrEnum):
    OPEN = "open"
    CANCELLED = "cancelled"


class DayAudience(StrEnum):
    """Whom a day is for."""

    EVERYONE = "everyone"
    MEMBERS = "members"


class Answer(StrEnum):
    """`OFFERED`: a place has become free and is kept for them until they say so."""

    GOING = "going"
    OFFERED = "offered"
    WAITING = "waiting"
    CANNOT = "cannot"


class Reason(StrEnum):
    """Why somebody cannot; `SILENT` is who let an offered place lapse."""

    CLASS = "class"
    LAB = "lab"
    ILL = "ill"
    AWAY = "away"
    OTHER = "other"
    SILENT = "silent"


class DayPlan(Struct, frozen=True, kw_only=True):
    """What a member says of it. `capacity` None means that everybody finds a place.

    `leads` are hours before the start; `cover` is a picture that Telegram keeps.
    """

    title: str
    starts_at: datetime
    place: str
    speakers: str = ""
    capacity: int | None = None
    audience: DayAudience = DayAudience.EVERYONE
    leads: tuple[int, ...] = USUAL_LEADS
    cover: str | None = None
    series: SeriesId | None = None


class ThemeDay(Struct, frozen=True, kw_only=True):
    id: ThemeDayId
    plan: DayPlan
    state: DayState
    author: PersonId | None
    version: int

    @property
    def about(self) -> str:
        """What letters speak of that are about it."""
        return f"day:{self.id}:"  # its end marks it off from day 10 and the like

    def ends_at(self) -> datetime:
        return self.plan.starts_at + LASTS

    def reminded_at(self, lead: int) -> datetime:
        return self.plan.starts_at - timedelta(hours=lead)


class SignUp(Struct, frozen=True, kw_only=True):
    """`at` is since when; `until` ends an offer."""

    answer: Answer
    at: datetime
    until: datetime | None = None


class Counts(Struct, frozen=True, kw_only=True):
    going: int = 0
    offered: int = 0
    waiting: int = 0
    cannot: int = 0

    def free_of(self, capacity: int | None) -> int | None:
        """Places that nobody has; None where there is no limit."""
        return None if capacity is None else max(0, capacity - self.going - self.offered)


class Attendant(Struct, frozen=True, kw_only=True):
    """Somebody who has answered."""

    person: PersonId
    name: str
    class_name: str | None
    language: Language
    answer: Answer
    at: datetime
    reason: Reason | None


class Worries(Struct, frozen=True, kw_only=True):
    """What speaks against a time, though nothing forbids it: `busy` names a holiday or an exam."""

    busy: str | None = None
    close: tuple[ThemeDay, ...] = ()


class BusyDays(Protocol):
    """Days on which a theme day would find nobody: holidays, and the weeks of exams."""

    def name_of(self, day: date) -> str | None: ...


def may_change(person: Person, author: PersonId | None) -> bool:
    """Days and series are their author's, as long as that is a member, and every secretary's."""
    theirs = person.role.covers(Role.MEMBER) and person.id == author
    return theirs or person.role.covers(Role.SECRETARY)


def offered_until(day: ThemeDay, now: datetime) -> datetime:
    return now + min(OFFERED_FOR, (day.plan.starts_at - now) / 2)
