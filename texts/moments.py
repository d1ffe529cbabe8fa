"""Days and times as people say them, with the weekday, in the branch's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from texts.language import Language

_LOCALES = {Language.ZH: "zh_Hans_CN", Language.EN: "en_GB"}
_DAY = {Language.ZH: "M 月 d 日", Language.EN: "d MMMM"}
_DAY_WITH_YEAR = {Language.ZH: "y 年 M 月 d 日", Language.EN: "d MMMM y"}
_WEEKDAY = "EEE"


class Moments:
    """How one language writes days and times; moments are shown in `zone`."""

    def __init__(self, language: Language, zone: ZoneInfo) -> None:
        self._language = language
        self._locale = _LOCALES[language]
        self._zone = zone

    def day(self, when: date | datetime) -> str:
        """Such as `12 月 19 日` or `19 December`."""
        return format_date(self._local(when), _DAY[self._language], self._locale)

    def day_with_year(self, when: date | datetime) -> str:
        """Such as `2026 年 12 月 19 日`."""
        return format_date(self._local(when), _DAY_WITH_YEAR[self._language], self._locale)

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
        return format_date(self._local(when), _WEEKDAY, self._locale)

    def time(self, when: datetime) -> str:
        """Such as `22:00`."""
        return format_time(when.astimezone(self._zone), "HH:mm", locale=self._locale)

    def moment(self, when: datetime) -> str:
        """Such as `12 月 19 日 22:00`."""
        return f"{self.day(when)} {self.time(when)}"

    def _from_to(self, start: str, end: str) -> str:
        return f"{start} to {end}" if self._language is Language.EN else f"{start}至 {end}"

    def _local(self, when: date | datetime) -> date:
        return when.astimezone(self._zone).date() if isinstance(when, datetime) else when
