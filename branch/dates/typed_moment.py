"""One moment, as members type it, in Chinese and in English."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from branch.dates.typed_parts import NoSuchTime, TypedDate, taken_date, taken_time
from branch.dates.typed_words import Typed
from branch.dates.wall_clock import moment_of

USUAL_TIME: Final = time(9)
"""Where a day is named without a time."""
HALF_A_YEAR: Final = timedelta(days=183)
LAST_YEAR: Final = 2100
_DAYS: Final = {"today": 0, "tomorrow": 1, "in_two_days": 2, "in_three_days": 3}
_SPAN: Final = (
    r"(?:(?P<h>\d{1,4}) (?P<half>half )?hour(?: (?P<i>\d{1,4}) minute)?"
    r"|(?P<h30>half)(?: 1)? hour|(?P<m>\d{1,4}) minute)"
)
_DAYS_ON: Final = r"(?P<n>\d{1,3}) (?P<unit>day|week)"
_UNITS: Final = {"day": 1, "week": 7}


class MomentUnclear(Exception):
    """`part` of what was typed was not understood."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class MomentPast(Exception):
    """What was typed is over, or now."""


def read_moment(text: str, *, now: datetime, zone: tzinfo) -> datetime:
    """The moment that was typed, in UTC. Raises MomentUnclear and MomentPast."""
    typed = Typed(text)
    try:
        meant = _later(typed, now) or _on_a_day(typed, now, zone)
    except (NoSuchTime, ValueError) as error:
        raise MomentUnclear(text.strip()) from error
    if meant is None or typed.not_understood:
        raise MomentUnclear(typed.not_understood or text.strip())
    if meant <= now:
        raise MomentPast
    return meant


def _later(typed: Typed, now: datetime) -> datetime | None:
    """So many hours or minutes from now."""
    found = typed.take(rf"in {_SPAN}", rf"{_SPAN} later")
    if found is None:
        return None
    parts = found.groupdict()
    hours = int(parts["h"] or 0)
    minutes = int(parts["i"] or parts["m"] or 0) + 30 * bool(parts["half"] or parts["h30"])
    return now.astimezone(UTC) + timedelta(hours=hours, minutes=minutes)


def _on_a_day(typed: Typed, now: datetime, zone: tzinfo) -> datetime | None:
    today = now.astimezone(zone).date()
    written = taken_date(typed)
    day = None if written else _day_near(typed, today)
    at = taken_time(typed)
    if written is not None:
        return _on_a_date(written, at or USUAL_TIME, now, zone)
    if day is None and at is None:
        return None
    return moment_of(day or today, at or USUAL_TIME, zone)


def _on_a_date(written: TypedDate, at: time, now: datetime, zone: tzinfo) -> datetime:
    """Without a year it is this year's, unless that was more than half a year ago."""
    today = now.astimezone(zone).date()
    day = written.in_year(today.year)
    if written.year is None and day < today - HALF_A_YEAR:
        day = written.in_year(today.year + 1)
    if written.is_lunar or day.year > LAST_YEAR:
        raise ValueError(day)
    return moment_of(day, at, zone)


def _day_near(typed: Typed, today: date) -> date | None:
    """A day as it is called from today: so many days on, tomorrow, Friday, the 15th."""
    found = typed.take(rf"in {_DAYS_ON}", rf"{_DAYS_ON} later")
    if found is not None:
        return today + timedelta(days=int(found["n"]) * _UNITS[found["unit"]])
    found = typed.take("|".join(_DAYS))
    if found is not None:
        return today + timedelta(days=_DAYS[found[0]])
    found = typed.take(r"(?P<weeks>this |(?:next )+)?wd:(?P<w>\d)")
    if found is not None:
        return _weekday(today, int(found["w"]), found["weeks"])
    found = typed.take(r"(?P<d>\d+) day", r"the nth (?P<d>\d+)")
    return today.replace(day=int(found["d"])) if found is not None else None


def _weekday(today: date, weekday: int, weeks: str | None) -> date:
    """The first from today on; of this week or the next ones where that is said."""
    if weeks is None:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=weekday, weeks=weeks.split().count("next"))
