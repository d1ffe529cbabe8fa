"""Dates as people type them: 2027-02-26, 2.26, also in Chinese, with hours, from one to another."""

import re
import unicodedata
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import Final

from branch.exam_calendar.model import Moment

AUTUMN: Final = 9
"""From this month on, a day without a year is in the year before that of entering."""

_TYPED = re.compile(
    r"""
    (?:(?P<y1>\d{4})\s*[-./\u5e74]\s*)?
    (?P<m1>\d{1,2})\s*[-./\u6708]\s*(?P<d1>\d{1,2})[\u65e5\u53f7]?
    (?:\s*(?P<h1>\d{1,2})(?: :(?P<i1>\d{2}) | [\u70b9\u65f6](?:(?P<j1>\d{1,2})\u5206?)? ))?
    (?:
        \s*(?:\u81f3|\u5230|~|\u2014+|\u2013|-|to)\s*
        (?:
            (?:(?P<y2>\d{4})\s*[-./\u5e74]\s*)?
            (?P<m2>\d{1,2})\s*[-./\u6708]\s*(?P<d2>\d{1,2})[\u65e5\u53f7]?
            | (?P<o2>\d{1,2})[\u65e5\u53f7]?(?![:\u70b9\u65f6\d])
        )?
        (?:\s*(?P<h2>\d{1,2})(?: :(?P<i2>\d{2}) | [\u70b9\u65f6](?:(?P<j2>\d{1,2})\u5206?)? ))?
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OPEN: Final = frozenset(
    {
        "\u672a\u516c\u5e03",
        "\u8fd8\u6ca1\u516c\u5e03",
        "\u6ca1\u516c\u5e03",
        "\u5f85\u516c\u5e03",
        "\u5f85\u5b9a",
        "not announced",
    }
)


class WrongDates(StrEnum):
    UNREADABLE = "unreadable"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_HOUR = "no_such_hour"
    OUTSIDE = "outside"
    BACKWARDS = "backwards"


class DatesNotTaken(Exception):
    """What was typed cannot be meant."""

    def __init__(self, why: WrongDates) -> None:
        super().__init__(why)
        self.why = why


def typed_code(text: str, *, intake: int, zone: tzinfo) -> str:
    """What was typed, as `Milestone.code` writes it. Raises DatesNotTaken."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.casefold() in _OPEN:
        return "open"
    found = _TYPED.fullmatch(plain)
    if found is None:
        raise DatesNotTaken(WrongDates.UNREADABLE)
    parts = found.groupdict()
    starts = _moment(parts, "1", _day(parts, "1", intake), zone)
    if not any(parts[f"{name}2"] for name in "mdoh"):
        return _checked(starts, None, intake)
    ends = _moment(parts, "2", _last_day(parts, starts.day, intake), zone)
    return _checked(starts, ends, intake)


def _checked(starts: Moment, ends: Moment | None, intake: int) -> str:
    if ends is not None and ends.passed_at <= starts.at:
        raise DatesNotTaken(WrongDates.BACKWARDS)
    first, last = date(intake - 1, 7, 1), date(intake, 10, 31)
    if not all(first <= each.day <= last for each in (starts, ends or starts)):
        raise DatesNotTaken(WrongDates.OUTSIDE)
    if ends is None or ends.code == starts.code:
        return starts.code
    return f"{starts.code}_{ends.code}"


def _day(parts: dict[str, str | None], n: str, intake: int) -> date:
    month = int(parts[f"m{n}"] or 0)
    year = int(parts[f"y{n}"] or (intake - 1 if month >= AUTUMN else intake))
    return _date(year, month, int(parts[f"d{n}"] or 0))


def _last_day(parts: dict[str, str | None], first: date, intake: int) -> date:
    if parts["m2"]:
        return _day(parts, "2", intake)
    return _date(first.year, first.month, int(parts["o2"])) if parts["o2"] else first


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DatesNotTaken(WrongDates.NO_SUCH_DAY) from error


def _moment(parts: dict[str, str | None], n: str, day: date, zone: tzinfo) -> Moment:
    hour = parts[f"h{n}"]
    if hour is None:
        return Moment(datetime.combine(day, time(), zone), has_hour=False)
    try:
        at = time(int(hour), int(parts[f"i{n}"] or parts[f"j{n}"] or 0))
    except ValueError as error:
        raise DatesNotTaken(WrongDates.NO_SUCH_HOUR) from error
    return Moment(datetime.combine(day, at, zone), has_hour=True)
