"""Members begin series, change and end them; their rules lead to days by themselves."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from branch.dates.holidays import Holidays
from branch.people.errors import NotAllowed
from branch.people.model import AuditRecord, Deed, Person, Role
from branch.people.permission import demand
from branch.theme_days.errors import DayMovedOn, SeriesGone, SeriesKnown
from branch.theme_days.letters import DayLetters
from branch.theme_days.model import DayPlan, DayState, SeriesId, ThemeDay, may_change
from branch.theme_days.ports import Begin, DayWork
from branch.theme_days.series import Series, SeriesPlan
from texts.language import Language

PLANNED_AHEAD: Final = timedelta(days=35)
"""Time enough to find a speaker for the next."""


class SeriesSeen(Struct, frozen=True, kw_only=True):
    """A series with its days, in their order; `next_times` are what its rule says."""

    series: Series
    days: Sequence[ThemeDay]
    next_times: Sequence[datetime]


class SeriesDesk:
    """Each raises NotAllowed; where one series is meant also SeriesGone."""

    def __init__(
        self,
        begin: Begin,
        look: Begin,
        letters: DayLetters,
        *,
        busy: Holidays,
        zone: tzinfo,
    ) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters
        self._busy = busy
        self._zone = zone

    async def going_on(self) -> Sequence[Series]:
        async with self._look() as work:
            return await work.day_series.going_on()

    async def see(self, number: SeriesId, *, now: datetime) -> SeriesSeen:
        async with self._look() as work:
            series = await work.day_series.get(number)
            if series is None:
                raise SeriesGone
            days = await work.theme_days.of_series(number)
        return SeriesSeen(
            series=series, days=days, next_times=self.next_times(series.plan, now=now)
        )

    def next_times(self, plan: SeriesPlan, *, now: datetime, number: int = 3) -> Sequence[datetime]:
        """The next that the rule says, away from holidays and weeks of exams."""
        found: list[datetime] = []
        moment: datetime | None = now
        while plan.recurrence is not None and moment is not None and len(found) < number:
            moment = plan.recurrence.next_after(moment, self._busy, self._zone)
            found += [moment] if moment is not None else []
        return found

    async def begin_series(self, member: Person, plan: SeriesPlan, *, now: datetime) -> Series:
        """Raises SeriesKnown."""
        async with self._begin() as work:
            author = await demand(work, member, Role.MEMBER, now=now)
            number = await work.day_series.add(plan, author=author.id, now=now)
            if number is None:
                raise SeriesKnown
            await _record(work, Deed.SERIES_BEGUN, author, number, now)
            series = await work.day_series.get(number)
            assert series is not None, "written in this transaction"
            return await self._plan(work, series, now)

    async def change(
        self, member: Person, number: SeriesId, plan: SeriesPlan, *, now: datetime
    ) -> Series:
        """Days that stand already stay as they are. Raises SeriesKnown, DayMovedOn."""
        async with self._begin() as work:
            series = await self._theirs(work, member, number, now)
            if await work.day_series.named(plan.name) not in (None, number):
                raise SeriesKnown
            if plan.recurrence != series.plan.recurrence:
                series = replace(series, planned_until=None)
            series = await _saved(work, replace(series, plan=plan))
            await _record(work, Deed.SERIES_CHANGED, member, number, now)
            return await self._plan(work, series, now)

    async def end(self, member: Person, number: SeriesId, *, now: datetime) -> Series:
        """No new days; those that stand take place."""
        async with self._begin() as work:
            series = await self._theirs(work, member, number, now)
            series = await _saved(work, replace(series, ended=True))
            await _record(work, Deed.SERIES_ENDED, member, number, now)
            return series

    async def plan_ahead(self, *, now: datetime) -> int:
        """Write the days that the rules say for the next weeks; how many series there are."""
        async with self._look() as work:
            recurring = [
                each.id for each in await work.day_series.going_on() if each.plan.recurrence
            ]
        for number in recurring:
            async with self._begin() as work:
                series = await work.day_series.lock(number)
                if series is not None and not series.ended:
                    await self._plan(work, series, now)
        return len(recurring)

    async def _plan(self, work: DayWork, series: Series, now: datetime) -> Series:
        """Every time of the rule becomes a day once, whatever became of the day since."""
        recurrence = series.plan.recurrence
        if recurrence is None:
            return series
        since = max(now, series.planned_until or now)
        times = recurrence.upcoming(since, now + PLANNED_AHEAD, self._busy, self._zone)
        told = await _who_completes(work, series, now)
        for at in times:
            await self._plan_day(work, series, at, told, now)
        return series if not times else await _saved(work, replace(series, planned_until=times[-1]))

    async def _plan_day(
        self, work: DayWork, series: Series, at: datetime, told: Sequence[Person], now: datetime
    ) -> None:
        """A day of the series that begins the same day, planned by hand, is that day."""
        days = await work.theme_days.of_series(series.id)
        local = at.astimezone(self._zone).date()
        if any(each.plan.starts_at.astimezone(self._zone).date() == local for each in days):
            return
        issue = 1 + sum(each.state is DayState.OPEN for each in days)
        language = told[0].language if told else Language.ZH
        plan = DayPlan(
            title=self._letters.title(series, issue, language),
            starts_at=at,
            place=series.plan.place,
            capacity=series.plan.capacity,
            series=series.id,
        )
        key = f"series:{series.id}:{at:%Y%m%d%H%M}"
        number, new = await work.theme_days.add(plan, key=key, author=series.author, now=now)
        day = await work.theme_days.get(number)
        if new and day is not None:
            await work.outbox.put(
                [self._letters.planned(day, series, each, now=now) for each in told]
            )

    async def _theirs(
        self, work: DayWork, member: Person, number: SeriesId, now: datetime
    ) -> Series:
        """The series, for its author or a secretary."""
        present = await demand(work, member, Role.MEMBER, now=now)
        series = await work.day_series.lock(number)
        if series is None or series.ended:
            raise SeriesGone
        if not may_change(present, series.author):
            raise NotAllowed
        return series


async def _who_completes(work: DayWork, series: Series, now: datetime) -> Sequence[Person]:
    """Its author; secretaries, where the author has left or is no member any more."""
    author = None if series.author is None else await work.people.by_id(series.author, now=now)
    if author is not None and author.role.covers(Role.MEMBER):
        return [author]
    return await work.people.holding(Role.SECRETARY, now=now)


async def _saved(work: DayWork, series: Series) -> Series:
    if not await work.day_series.save(series):
        raise DayMovedOn
    return replace(series, version=series.version + 1)


async def _record(work: DayWork, deed: Deed, who: Person, series: SeriesId, now: datetime) -> None:
    await work.audit.add(AuditRecord(at=now, actor=who.id, deed=deed, details={"series": series}))
