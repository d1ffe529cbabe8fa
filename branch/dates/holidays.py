"""Days on which nobody works, as notices that recur look at them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol


class ClosedDays(Protocol):
    """Days in a row, both ends included, and why."""

    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def name(self) -> str: ...


class Holidays:
    """All closed days; where two overlap, the first named gives the name."""

    def __init__(self, closed: Iterable[ClosedDays] = ()) -> None:
        self._names: dict[date, str] = {}
        for each in closed:
            for n in range((each.last - each.first).days + 1):
                self._names.setdefault(each.first + timedelta(days=n), each.name)

    def is_holiday(self, day: date) -> bool:
        return day in self._names

    def name_of(self, day: date) -> str | None:
        return self._names.get(day)

    @property
    def known_until(self) -> date | None:
        """The end of the last year that has any; what comes later is not known yet."""
        last = max(self._names, default=None)
        return last and date(last.year, 12, 31)

    def open_before(self, day: date) -> date:
        """The day itself if it is no holiday, otherwise the last before it that is none."""
        while self.is_holiday(day):
            day -= timedelta(days=1)
        return day

    def open_after(self, day: date) -> date:
        """The day itself if it is no holiday, otherwise the first after it that is none."""
        while self.is_holiday(day):
            day += timedelta(days=1)
        return day
