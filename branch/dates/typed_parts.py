"""Dates and times of day, wherever they stand in what was typed."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Final

from msgspec import Struct

from branch.dates.typed_words import Typed

NUMBERED_DATES: Final = (
    r"d:(?P<y>\d+)-(?P<m>\d+)-(?P<d>\d+)",
    r"(?:(?P<y>\d+) year )?(?P<m>\d+) month (?P<early>early )?(?P<d>\d+)(?: day)?",
    r"md:(?P<m>\d+)-(?P<d>\d+)",
)
NAMED_DATES: Final = (
    r"mon:(?P<m>\d+) (?:nth )?(?P<d>\d+)(?:(?: ,)? (?P<y>\d{4}))?",
    r"(?:nth )?(?P<d>\d+)(?: of)? mon:(?P<m>\d+)(?: (?P<y>\d{4}))?",
)
DATES: Final = (*NUMBERED_DATES, *NAMED_DATES)
_PART: Final = r"(?:(?P<part>small_hours|morning|midday|afternoon|evening) )?"
_HALF: Final = r"(?P<half>am|pm)"
_AFTER_HOUR: Final = r"(?: (?:(?P<h30>half)|(?P<q>[13]) quarter|(?P<i>\d+)(?: minute)?))?"
_TIMES: Final = (
    rf"{_PART}t:(?P<h>\d+)-(?P<i>\d+)(?: {_HALF})?",
    rf"{_PART}(?P<h>\d+) oclock{_AFTER_HOUR}(?: {_HALF})?",
    rf"{_PART}(?P<h>\d+) {_HALF}",
    r"(?P<part>midday)",
)
_NOON: Final = 12
_EARLY_AFTERNOON: Final = 3


class NoSuchTime(Exception):
    """A clock has no such time, or not in that part of the day."""


class TypedDate(Struct, frozen=True):
    """A date, perhaps without its year; perhaps of no calendar."""

    year: int | None
    month: int
    day: int
    is_lunar: bool = False

    def in_year(self, year: int) -> date:
        """In its own year if it has one. Raises ValueError if there is no such day."""
        return date(year if self.year is None else self.year, self.month, self.day)


def taken_date(
    typed: Typed, before: str = "", after: str = "", dates: tuple[str, ...] = DATES
) -> TypedDate | None:
    """The first date that stands between such words."""
    found = typed.take(*(f"{before}{each}{after}" for each in dates))
    if found is None:
        return None
    parts = found.groupdict()
    return TypedDate(
        int(parts["y"]) if parts.get("y") else None,
        int(parts["m"]),
        int(parts["d"]),
        is_lunar=bool(parts.get("early")) or "lunar" in found[0].split(),
    )


def taken_time(typed: Typed) -> time | None:
    """The first time of a day. Raises NoSuchTime."""
    found = typed.take(*_TIMES)
    if found is None:
        return None
    parts = {name: value for name, value in found.groupdict().items() if value}
    of_day = _OF_DAY[parts.get("half") or parts.get("part") or ""]
    try:
        return time(of_day(int(parts.get("h", _NOON))), _minute(parts))
    except ValueError as error:
        raise NoSuchTime from error


def _minute(parts: Mapping[str, str]) -> int:
    return 30 if "h30" in parts else int(parts.get("q", 0)) * 15 or int(parts.get("i", 0))


def _as_said(hour: int) -> int:
    return hour


def _morning(hour: int) -> int:
    return _among(hour, range(_NOON + 1))


def _small_hours(hour: int) -> int:
    return 0 if hour == _NOON else _among(hour, range(7))


def _midday(hour: int) -> int:
    return hour + _NOON if 0 < hour < _EARLY_AFTERNOON else _among(hour, range(11, 15))


def _afternoon(hour: int) -> int:
    return hour + _NOON if 0 < hour < _NOON else _among(hour, range(_NOON, 20))


def _evening(hour: int) -> int:
    """An hour after midnight could be of either day."""
    return hour + _NOON if hour in range(5, _NOON) else _among(hour, range(17, 24))


def _am(hour: int) -> int:
    return _among(hour, range(1, _NOON + 1)) % _NOON


def _pm(hour: int) -> int:
    return hour if hour in range(_NOON + 1, 24) else _am(hour) + _NOON


def _among(hour: int, hours: range) -> int:
    if hour not in hours:
        raise ValueError(hour)
    return hour


_OF_DAY: Final[Mapping[str, Callable[[int], int]]] = {
    "": _as_said,
    "small_hours": _small_hours,
    "morning": _morning,
    "midday": _midday,
    "afternoon": _afternoon,
    "evening": _evening,
    "am": _am,
    "pm": _pm,
}
