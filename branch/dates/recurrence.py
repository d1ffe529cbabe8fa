"""How a notice recurs: days by a rule, moved away from holidays where that is wanted."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import count
from typing import Final

from borax.calendars import LCalendars, LunarDate
from msgspec import Struct

from branch.dates.holidays import Holidays
from branch.dates.wall_clock import moment_of

FURTHEST: Final = timedelta(days=5 * 366)
"""What does not happen within these five years is over."""
LAST: Final = -1
FIRST_YEAR, LAST_YEAR = 2000, 2090
"""In which it may start; the Chinese calendar is known a little longer."""
_ONE_DAY: Final = timedelta(days=1)
_A_LEAP_YEAR: Final = 2000


class Every(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY_DATE = "monthly_date"
    MONTHLY_WEEKDAY = "monthly_weekday"
    YEARLY_LUNAR = "yearly_lunar"
    YEARLY_DATE = "yearly_date"


class OnHoliday(StrEnum):
    """What becomes of a day that is a holiday: nothing, left out, the open day before or after."""

    SEND = "send"
    SKIP = "skip"
    BEFORE = "before"
    AFTER = "after"


class RecurrenceFaulty(Exception):
    """No day can be meant; `field` is what is wrong."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


_LONGEST: Final = {Every.DAILY: 366, Every.WEEKLY: 52}
_MONTHS: Final = 24
_LARGEST_DAY: Final = {Every.MONTHLY_DATE: 31, Every.YEARLY_LUNAR: 30}


class Recurrence(Struct, frozen=True, kw_only=True):
    """A rule of days, from `starts` to `ends`, and the wall clock's time on them.

    `weekdays` (Monday is 0) are for WEEKLY, and one for MONTHLY_WEEKDAY with its `nth` in the month
    (1 to 4, or -1 for the last). `day` and `month` are for the dates; in a month that is too short
    its last day is meant. `interval` counts from the first day, week or month that fits. A day that
    is moved away from a holiday may fall outside of `starts` and `ends`: it is not lost.
    """

    every: Every
    at: time
    starts: date
    ends: date | None = None
    weekdays: tuple[int, ...] = ()
    nth: int = 1
    day: int = 1
    month: int = 1
    interval: int = 1
    on_holiday: OnHoliday = OnHoliday.SEND

    def __post_init__(self) -> None:
        wrong = next((name for name, right in self._checks() if not right), None)
        if wrong is not None:
            raise RecurrenceFaulty(wrong)
        if self.ends is not None and next(self._days(self.starts, self.ends), None) is None:
            raise RecurrenceFaulty("ends")

    def next_after(self, moment: datetime, holidays: Holidays, zone: tzinfo) -> datetime | None:
        """The first time later than the moment, in UTC; None if there is none in five years."""
        return next(self._moments(moment, moment + FURTHEST, holidays, zone), None)

    def upcoming(
        self, moment: datetime, until: datetime, holidays: Holidays, zone: tzinfo
    ) -> Sequence[datetime]:
        """All times later than the moment and not later than `until`, in UTC and in order."""
        return list(self._moments(moment, until, holidays, zone))

    def _checks(self) -> Iterator[tuple[str, bool]]:
        yield "at", self.at.tzinfo is None and not (self.at.second or self.at.microsecond)
        yield "starts", FIRST_YEAR <= self.starts.year <= LAST_YEAR
        yield "ends", self.ends is None or self.ends >= self.starts
        yield "interval", 1 <= self.interval <= self._longest_interval()
        match self.every:
            case Every.WEEKLY:
                yield "weekdays", bool(self.weekdays) and self._are_weekdays()
            case Every.MONTHLY_WEEKDAY:
                yield "weekdays", len(self.weekdays) == 1 and self._are_weekdays()
                yield "nth", self.nth in {1, 2, 3, 4, LAST}
            case Every.YEARLY_DATE:
                yield "month", 1 <= self.month <= 12  # noqa: PLR2004 -- the months of a year
                yield "day", 1 <= self.day <= monthrange(_A_LEAP_YEAR, self.month)[1]
            case Every.MONTHLY_DATE | Every.YEARLY_LUNAR:
                yield "month", 1 <= self.month <= 12  # noqa: PLR2004 -- the months of a year
                yield "day", 1 <= self.day <= _LARGEST_DAY[self.every]

    def _are_weekdays(self) -> bool:
        return set(self.weekdays) <= set(range(7))

    def _longest_interval(self) -> int:
        yearly = self.every in {Every.YEARLY_DATE, Every.YEARLY_LUNAR}
        return 1 if yearly else _LONGEST.get(self.every, _MONTHS)

    def _moments(
        self, since: datetime, until: datetime, holidays: Holidays, zone: tzinfo
    ) -> Iterator[datetime]:
        """Each once: days moved to the same day are one."""
        # a day more on both ends, for what clocks and holidays move across them
        first = since.astimezone(zone).date() - _ONE_DAY
        last = until.astimezone(zone).date() + _ONE_DAY
        if self.on_holiday is OnHoliday.AFTER:
            first = holidays.open_before(first - _ONE_DAY) + _ONE_DAY
        if self.on_holiday is OnHoliday.BEFORE:
            last = holidays.open_after(last + _ONE_DAY) - _ONE_DAY
        previous = since
        for day in self._days(first, last):
            moved = self._moved(day, holidays)
            moment = previous if moved is None else moment_of(moved, self.at, zone)
            if previous < moment <= until:
                yield moment
                previous = moment

    def _moved(self, day: date, holidays: Holidays) -> date | None:
        match self.on_holiday:
            case OnHoliday.SEND:
                return day
            case OnHoliday.SKIP:
                return None if holidays.is_holiday(day) else day
            case OnHoliday.BEFORE:
                return holidays.open_before(day)
            case OnHoliday.AFTER:
                return holidays.open_after(day)

    def _days(self, first: date, last: date) -> Iterator[date]:
        """The days of the rule among these, in order, wherever holidays may be."""
        first, last = max(first, self.starts), min(last, self.ends or last)
        anchor = self._anchor()
        missing = (anchor - self._period_of(first)) % self.interval
        start = max(anchor, self._period_of(first) + missing)
        for period in range(start, self._period_of(last) + 1, self.interval):
            yield from (day for day in self._days_in(period) if first <= day <= last)

    def _anchor(self) -> int:
        """The period from which intervals are counted."""
        periods = count(self._period_of(self.starts))
        return next(
            each for each in periods if any(day >= self.starts for day in self._days_in(each))
        )

    def _period_of(self, day: date) -> int:
        """The number of the day, the week, the month or the year."""
        match self.every:
            case Every.DAILY:
                return day.toordinal()
            case Every.WEEKLY:
                return (day.toordinal() - 1) // 7
            case Every.MONTHLY_DATE | Every.MONTHLY_WEEKDAY:
                return day.year * 12 + day.month - 1
            case Every.YEARLY_DATE | Every.YEARLY_LUNAR:
                return day.year

    def _days_in(self, period: int) -> Sequence[date]:
        match self.every:
            case Every.DAILY:
                return [date.fromordinal(period)]
            case Every.WEEKLY:
                return [date.fromordinal(period * 7 + 1 + n) for n in sorted(set(self.weekdays))]
            case Every.MONTHLY_DATE:
                return [_day_in(period // 12, period % 12 + 1, self.day)]
            case Every.MONTHLY_WEEKDAY:
                return [self._weekday_in(period // 12, period % 12 + 1)]
            case Every.YEARLY_DATE:
                return [_day_in(period, self.month, self.day)]
            case Every.YEARLY_LUNAR:
                lunar = (_lunar_day(year, self.month, self.day) for year in (period - 1, period))
                return [day for day in lunar if day is not None and day.year == period]

    def _weekday_in(self, year: int, month: int) -> date:
        first, length = monthrange(year, month)
        day = 1 + (self.weekdays[0] - first) % 7
        day += (length - day) // 7 * 7 if self.nth == LAST else (self.nth - 1) * 7
        return date(year, month, day)


def _day_in(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _lunar_day(year: int, month: int, day: int) -> date | None:
    """None in years that the table does not have."""
    try:
        length: int = LCalendars.ndays(year, month)
        found: date = LunarDate(year, month, min(day, length)).to_solar_date()
    except (ValueError, IndexError):
        return None
    return found
