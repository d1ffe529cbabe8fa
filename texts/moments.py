"""Days and times as people say them, with the weekday, in the branch's zone."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from texts.language import Language

_WEEKDAYS: Final = {
    Language.ZH: tuple(f"周{each}" for each in "一二三四五六日"),
    Language.EN: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class Moments:
    """How one language writes days and times; moments are shown in `zone`."""

    def __init__(self, language: Language, zone: ZoneInfo) -> None:
        self._language = language
        self._zone = zone

    def day(self, when: date | datetime) -> str:
        """Such as `12 月 19 日` or `19 December`."""
        day = self._local(when)
        if self._language is Language.EN:
            return f"{day.day} {_MONTHS[day.month - 1]}"
        return f"{day.month} 月 {day.day} 日"

    def day_with_year(self, when: date | datetime) -> str:
        """Such as `2026 年 12 月 19 日`."""
        year = self._local(when).year
        if self._language is Language.EN:
            return f"{self.day(when)} {year}"
        return f"{year} 年 {self.day(when)}"

    def span(self, first: date, last: date, *, year: bool = False) -> str:
        """Such as `12 月 19 日至 20 日`, `19–20 December` or, over months, both in full.

        A span over New Year names both years, whatever `year` says.
        """
        if first.year != last.year:
            return self._from_to(self.day_with_year(first), self.day_with_year(last))
        if first == last:
            return self.day_with_year(last) if year else self.day(last)
        if self._language is Language.EN:
            end = self.day_with_year(last) if year else self.day(last)
            same_month = first.month == last.month
            return f"{first.day}–{end}" if same_month else self._from_to(self.day(first), end)
        start = self.day_with_year(first) if year else self.day(first)
        return self._from_to(
            start, f"{last.day} 日" if first.month == last.month else self.day(last)
        )

    def weekday(self, when: date | datetime) -> str:
        """Such as `周六` or `Sat`."""
        return _WEEKDAYS[self._language][self._local(when).weekday()]

    def time(self, when: datetime) -> str:
        """Such as `22:00`."""
        return f"{when.astimezone(self._zone):%H:%M}"

    def moment(self, when: datetime) -> str:
        """Such as `12 月 19 日 22:00`."""
        return f"{self.day(when)} {self.time(when)}"

    def _from_to(self, start: str, end: str) -> str:
        return f"{start} to {end}" if self._language is Language.EN else f"{start}至 {end}"

    def _local(self, when: date | datetime) -> date:
        return when.astimezone(self._zone).date() if isinstance(when, datetime) else when
