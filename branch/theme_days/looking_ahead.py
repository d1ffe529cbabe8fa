"""When the next thing about theme days happens by the clock alone."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final

from branch.dates.holidays import Holidays
from branch.dates.looking_ahead import first_after
from branch.theme_days.model import ThemeDay
from branch.theme_days.planning import LOOKED_AFTER_FOR, WRITTEN_AHEAD
from branch.theme_days.ports import Begin
from branch.theme_days.series import Series
from branch.theme_days.series_desk import PLANNED_AHEAD

_MARGIN: Final = timedelta(days=1)
"""Where a day is moved away from a holiday, it matters from when on one looks."""


class DaysAhead:
    def __init__(self, look: Begin, *, busy: Holidays, zone: tzinfo) -> None:
        self._look = look
        self._busy = busy
        self._zone = zone

    async def next_at(self, *, now: datetime) -> datetime | None:
        """Before it nothing falls due unless somebody writes. None where that cannot be said."""
        async with self._look() as work:
            days = await work.theme_days.starting(now - LOOKED_AFTER_FOR)
            series = await work.day_series.going_on()
            offered_until = await work.sign_ups.first_offer_ends()
        planned = [at for each in series for at in self._planned_at(each, now)]
        if any(at <= now for at in planned) or (offered_until is not None and offered_until <= now):
            return None
        offers = [] if offered_until is None else [offered_until]
        return first_after([*_moments(days), *planned, *offers], now)

    def _planned_at(self, series: Series, now: datetime) -> Iterator[datetime]:
        """When the next day of its rule is written."""
        recurrence = series.plan.recurrence
        if recurrence is None:
            return
        since = max(now, series.planned_until or now)
        following = recurrence.next_after(since, self._busy, self._zone)
        if following is not None:
            yield following - PLANNED_AHEAD - _MARGIN


def _moments(days: Sequence[ThemeDay]) -> Iterator[datetime]:
    """Of every reminder, of the beginning, which makes room for others, and of the end."""
    for day in days:
        yield day.plan.starts_at
        yield day.ends_at()
        yield from (day.reminded_at(lead) - WRITTEN_AHEAD for lead in day.plan.leads)
