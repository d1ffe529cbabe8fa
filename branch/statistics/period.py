"""The time that figures are of, the time before it, and the parts that a line is drawn from."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise
from typing import Final, Self

from msgspec import Struct

SEASON_BEGINS: Final = 9
"""The month: an intake prepares, sits the exam and is admitted from one September to the next."""
_LONGEST_IN_DAYS: Final = 31
_LONGEST_IN_WEEKS: Final = 26 * 7
_DAYS_BEHIND: Final = (7, 30, 90)
_YEARS: Final = range(2000, 2101)


class Span(StrEnum):
    DAYS = "d"
    YEAR = "y"
    SEASON = "s"


class Step(StrEnum):
    """How much a point of a line stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Period(Struct, frozen=True):
    """Days from `start` to the one before `until`, as the branch's clocks show them."""

    span: Span
    start: date
    until: date

    @classmethod
    def days(cls, number: int, *, today: date) -> Self:
        """The last so many days, today among them."""
        until = today + timedelta(days=1)
        return cls(Span.DAYS, until - timedelta(days=number), until)

    @classmethod
    def year(cls, year: int) -> Self:
        return cls(Span.YEAR, date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def season(cls, year: int) -> Self:
        """The year of an intake that enters in `year`."""
        return cls(Span.SEASON, date(year - 1, SEASON_BEGINS, 1), date(year, SEASON_BEGINS, 1))

    @classmethod
    def read(cls, code: str, *, today: date) -> Self | None:
        """What `code` wrote; None where it is no period that is offered."""
        sign, number = code[:1], code[1:]
        if not number.isascii() or not number.isdecimal():
            return None
        if sign == Span.DAYS and int(number) in _DAYS_BEHIND:
            return cls.days(int(number), today=today)
        if int(number) not in _YEARS:
            return None
        ways = {Span.YEAR: cls.year, Span.SEASON: cls.season}
        return ways[Span(sign)](int(number)) if sign in ways else None

    @property
    def code(self) -> str:
        number = self.length if self.span is Span.DAYS else (self.until - timedelta(days=1)).year
        return f"{self.span}{number}"

    @property
    def length(self) -> int:
        return (self.until - self.start).days

    @property
    def last(self) -> date:
        return self.until - timedelta(days=1)

    def before(self) -> "Period":
        """As long, and right before: of a year the year before."""
        match self.span:
            case Span.YEAR:
                return Period.year(self.start.year - 1)
            case Span.SEASON:
                return Period.season(self.until.year - 1)
            case Span.DAYS:
                return Period(Span.DAYS, self.start - timedelta(days=self.length), self.start)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """From the first moment on, up to and without the second."""
        return _midnight(self.start, zone), _midnight(self.until, zone)

    @property
    def step(self) -> Step:
        if self.length <= _LONGEST_IN_DAYS:
            return Step.DAY
        return Step.WEEK if self.length <= _LONGEST_IN_WEEKS else Step.MONTH

    def parts(self) -> tuple[tuple[date, date], ...]:
        """The days, weeks or months of it, each without its end; the last may be cut short."""
        return tuple(pairwise([*self._starts(), self.until]))

    def _starts(self) -> Iterator[date]:
        day = self.start
        while day < self.until:
            yield day
            if self.step is Step.MONTH:
                day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
            else:
                day += timedelta(days=7 if self.step is Step.WEEK else 1)


class Filter(Struct, frozen=True, kw_only=True):
    """Whose figures: of a cohort and of a class, or of everybody (None)."""

    period: Period
    cohort: int | None = None
    class_name: str | None = None

    def before(self) -> "Filter":
        return Filter(period=self.period.before(), cohort=self.cohort, class_name=self.class_name)

    @property
    def of_everybody(self) -> bool:
        return self.cohort is None and self.class_name is None


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone)
