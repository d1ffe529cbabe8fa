"""How a notice recurs, as members type it, in Chinese and in English."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any, Final

from branch.dates.recurrence import LAST, Every, OnHoliday, Recurrence, RecurrenceFaulty
from branch.dates.typed_parts import NAMED_DATES, NoSuchTime, TypedDate, taken_date, taken_time
from branch.dates.typed_words import Typed, weekdays_in

USUAL_TIME: Final = time(9)
"""Where none is named."""
HALF_A_YEAR: Final = timedelta(days=183)
LAST_OF_MONTH: Final = 31

_YEARLY: Final = r"every (?:1 )?year"
_LUNAR: Final = rf"(?:{_YEARLY} )?(?:on )?(?:the )?lunar (?:lunar )*"
_EVERY: Final = r"every(?: (?P<n>\d+))?"
_MONTH: Final = r"(?:of |in )?(?:the |every )?month"
_NTH: Final = r"(?:nth (?P<nth>\d+)|last(?: 1)?) wd:(?P<w>\d)"
_DAYS: Final = r"wd:[\d,]+(?:(?: ,| and| on| until| -)* wd:[\d,]+)*"
_DATE: Final = r"(?:(?:nth )?(?P<d>\d+)(?: day)?|last(?: 1)? day)(?! (?:oclock|am|pm))"
_RULES: Final[tuple[tuple[Every, str], ...]] = (
    (Every.MONTHLY_WEEKDAY, rf"{_EVERY} month(?: on)?(?: the)? {_NTH}"),
    (Every.MONTHLY_WEEKDAY, rf"(?:every |on )?(?:the )?{_NTH} {_MONTH}"),
    (Every.MONTHLY_DATE, rf"{_EVERY} month(?: on)?(?: the)? {_DATE}"),
    (Every.MONTHLY_DATE, rf"(?:every |on )?(?:the )?(?:nth (?P<d>\d+)|last day) {_MONTH}"),
    (Every.WEEKLY, rf"{_EVERY}(?: week)?(?: on)? (?P<w>{_DAYS})"),
    (Every.WEEKLY, rf"{_EVERY} week"),
    (Every.DAILY, rf"{_EVERY} day"),
)


class RecurrenceUnclear(Exception):
    """`part` of what was typed was not understood."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def read_recurrence(text: str, *, today: date) -> Recurrence:
    """What was typed, from today on if nothing else is said.

    Raises RecurrenceUnclear and RecurrenceFaulty.
    """
    typed = Typed(text)
    on_holiday = _on_holiday(typed)
    starts, ends = _bounds(typed, today)
    rule = _yearly(typed) or _rule(typed)
    at = _time(typed)
    if rule is None or typed.not_understood:
        raise RecurrenceUnclear(typed.not_understood or text.strip())
    return Recurrence(starts=starts, ends=ends, at=at, on_holiday=on_holiday, **rule)


def _on_holiday(typed: Typed) -> OnHoliday:
    ways = "|".join(OnHoliday)
    found = typed.take(
        rf"(?:if )?holiday (?:, )?(?P<way>{ways})",
        rf"(?P<way>{ways}) (?:the )?holiday",
    )
    return OnHoliday(found["way"]) if found else OnHoliday.SEND


def _bounds(typed: Typed, today: date) -> tuple[date, date | None]:
    """From when to when; of a day without a year the next, or one that is not long past."""
    starts = today
    relative = typed.take(r"from (?P<day>today|tomorrow)(?: begin)?", "(?P<day>tomorrow) begin")
    first = taken_date(typed, "from ", "(?: begin)?") or taken_date(typed, "", " begin")
    if relative:
        starts = today + timedelta(days=relative["day"] == "tomorrow")
    elif first:
        starts = _not_before(first, today - HALF_A_YEAR, "starts")
    last = taken_date(typed, "until ")
    return starts, _not_before(last, starts, "ends") if last else None


def _not_before(typed: TypedDate, earliest: date, field: str) -> date:
    if typed.is_lunar:
        raise RecurrenceFaulty(field)
    try:
        day = typed.in_year(earliest.year)
        return (
            day if typed.year is not None or day >= earliest else typed.in_year(earliest.year + 1)
        )
    except ValueError as error:
        raise RecurrenceFaulty(field) from error


def _yearly(typed: Typed) -> Mapping[str, Any] | None:
    found = (
        taken_date(typed, _LUNAR, rf"(?: {_YEARLY})?")
        or taken_date(typed, rf"{_YEARLY} (?:on )?(?:the )?")
        or taken_date(typed, "every (?:on )?(?:the )?", dates=NAMED_DATES)
        or taken_date(typed, "", rf" {_YEARLY}")
    )
    if found is None:
        return None
    if found.year is not None:
        raise RecurrenceUnclear(str(found.year))
    every = Every.YEARLY_LUNAR if found.is_lunar else Every.YEARLY_DATE
    return {"every": every, "month": found.month, "day": found.day}


def _rule(typed: Typed) -> Mapping[str, Any] | None:
    for every, pattern in _RULES:
        found = typed.take(pattern)
        if found is not None:
            return {"every": every, **_particulars(every, found)}
    return None


def _particulars(every: Every, found: re.Match[str]) -> Mapping[str, Any]:
    parts = {name: value for name, value in found.groupdict().items() if value}
    rule: dict[str, Any] = {"interval": int(parts.get("n", 1))}
    match every:
        case Every.MONTHLY_WEEKDAY:
            rule |= {"nth": int(parts.get("nth", LAST)), "weekdays": (int(parts["w"]),)}
        case Every.MONTHLY_DATE:
            rule |= {"day": int(parts.get("d", LAST_OF_MONTH))}
        case Every.WEEKLY:
            rule |= {"weekdays": weekdays_in(parts.get("w", ""))}
        case _:
            pass
    return rule


def _time(typed: Typed) -> time:
    try:
        return taken_time(typed) or USUAL_TIME
    except NoSuchTime as error:
        raise RecurrenceFaulty("at") from error
