"""Members plan theme days, change them, call them off; whoever was told hears of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final

from msgspec.structs import replace

from branch.outbox.kinds import LetterKind
from branch.people.errors import NotAllowed
from branch.people.model import AuditRecord, Deed, Person, Role
from branch.people.permission import demand
from branch.theme_days.errors import DayGone, DayMovedOn, TimeIsPast
from branch.theme_days.letters import DayLetters
from branch.theme_days.model import (
    CLOSE,
    LASTS,
    LEADS,
    Answer,
    Attendant,
    BusyDays,
    DayPlan,
    DayState,
    ThemeDay,
    ThemeDayId,
    Worries,
    may_change,
)
from branch.theme_days.ports import Begin, DayWork
from branch.theme_days.signing_up import fill, open_day

SHOWN: Final = 12
REMEMBERED: Final = timedelta(days=183)
LOOKED_AFTER_FOR: Final = timedelta(days=4)
"""After its beginning: until then people are asked how it was."""
WRITTEN_AHEAD: Final = timedelta(hours=1, minutes=5)
"""The clock asks every half hour: a reminder is written in time even if it misses one."""
_AHEAD: Final = timedelta(hours=max(LEADS)) + WRITTEN_AHEAD


class DayPlanner:
    """Each raises NotAllowed; where one day is meant also DayGone, DayCancelled, DayOver."""

    def __init__(
        self, begin: Begin, look: Begin, letters: DayLetters, *, busy: BusyDays, zone: tzinfo
    ) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters
        self._busy = busy
        self._zone = zone

    async def coming(self, *, now: datetime) -> Sequence[ThemeDay]:
        """Those to come, and what goes on now: who is late still checks in."""
        async with self._look() as work:
            found = await work.theme_days.starting(now - LASTS, limit=SHOWN)
            return [each for each in found if each.state is DayState.OPEN]

    async def awaited(self, *, now: datetime) -> bool:
        """Whether there is any day, or a series, that the clock has to look after."""
        async with self._look() as work:
            if await work.theme_days.starting(now - LOOKED_AFTER_FOR, limit=1):
                return True
            return bool(await work.day_series.going_on())

    async def gone_by(self, *, now: datetime) -> Sequence[ThemeDay]:
        """The last that took place, the latest first."""
        async with self._look() as work:
            return await work.theme_days.begun(now - REMEMBERED, now - LASTS, limit=SHOWN)

    async def worries(self, at: datetime, *, besides: ThemeDayId | None = None) -> Worries:
        """What speaks against beginning then."""
        async with self._look() as work:
            near = await work.theme_days.starting(at - CLOSE, at + CLOSE, limit=SHOWN)
        return Worries(
            busy=self._busy.name_of(at.astimezone(self._zone).date()),
            close=tuple(
                each for each in near if each.state is DayState.OPEN and each.id != besides
            ),
        )

    async def create(self, member: Person, plan: DayPlan, *, key: str, now: datetime) -> ThemeDay:
        """Raises TimeIsPast; the same `key` a second time changes nothing."""
        async with self._begin() as work:
            author = await demand(work, member, Role.MEMBER, now=now)
            if plan.starts_at <= now:
                raise TimeIsPast
            number, new = await work.theme_days.add(plan, key=key, author=author.id, now=now)
            if new:
                await _record(work, Deed.THEME_DAY_PLANNED, author, number, now)
            day = await work.theme_days.get(number)
            if day is None:
                raise DayGone
            return day

    async def change(
        self, member: Person, day_id: ThemeDayId, plan: DayPlan, *, now: datetime
    ) -> tuple[ThemeDay, int]:
        """The day as it is now, and how many were told. Raises TimeIsPast, DayMovedOn."""
        async with self._begin() as work:
            before = await self._theirs(work, member, day_id, now)
            if plan.starts_at <= now:
                raise TimeIsPast
            if plan == before.plan:
                return before, 0
            day = replace(before, plan=plan)
            if not await work.theme_days.save(day):
                raise DayMovedOn
            day = replace(day, version=before.version + 1)
            told = 0
            if _matters(before.plan, plan):
                await work.outbox.cancel(LetterKind.THEME_DAY, now=now, about_prefix=day.about)
                told = await work.outbox.put(
                    [
                        self._letters.changed(day, before, each.person, each.language, now=now)
                        for each in await work.sign_ups.told(day.id)
                    ]
                )
            await fill(work, day, self._letters, now=now)
            await _record(work, Deed.THEME_DAY_CHANGED, member, day.id, now)
            return day, told

    async def cancel(
        self, member: Person, day_id: ThemeDayId, *, now: datetime
    ) -> tuple[ThemeDay, int]:
        """The day, and how many were told."""
        async with self._begin() as work:
            before = await self._theirs(work, member, day_id, now)
            day = replace(before, state=DayState.CANCELLED)
            if not await work.theme_days.save(day):
                raise DayMovedOn
            for kind in (LetterKind.THEME_DAY, LetterKind.THEME_DAY_PLACE):
                await work.outbox.cancel(kind, now=now, about_prefix=day.about)
            told = await work.outbox.put(
                [
                    self._letters.cancelled(day, each.person, each.language, now=now)
                    for each in await work.sign_ups.told(day.id)
                ]
            )
            await _record(work, Deed.THEME_DAY_CANCELLED, member, day.id, now)
            return day, told

    async def who(
        self, member: Person, day_id: ThemeDayId, *, now: datetime
    ) -> tuple[ThemeDay, Sequence[Attendant]]:
        """Everybody who has answered."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            day = await work.theme_days.get(day_id)
            if day is None:
                raise DayGone
            return day, await work.sign_ups.all(day_id)

    async def remind(self, *, now: datetime) -> int:
        """Write the reminders that fall due soon; how many were new."""
        written = 0
        async with self._look() as work:
            days = await work.theme_days.starting(now, now + _AHEAD, limit=SHOWN)
        for found in days:
            async with self._begin() as work:
                day = await work.theme_days.lock(found.id)
                if day is None or day.state is DayState.CANCELLED:
                    continue
                letters = [
                    self._letters.soon(day, each.person, each.language, lead)
                    for each in await work.sign_ups.all(day.id)
                    if each.answer is Answer.GOING
                    for lead in day.plan.leads
                    # who signs up an hour before needs no reminder of the day before
                    if each.at < day.reminded_at(lead) <= now + WRITTEN_AHEAD
                ]
                written += await work.outbox.put(letters)
        return written

    async def _theirs(
        self, work: DayWork, member: Person, day_id: ThemeDayId, now: datetime
    ) -> ThemeDay:
        """The day, for its author or a secretary."""
        present = await demand(work, member, Role.MEMBER, now=now)
        day = await open_day(work, day_id, now)
        if not may_change(present, day.author):
            raise NotAllowed
        return day


def _matters(before: DayPlan, after: DayPlan) -> bool:
    """Whether whoever plans to come has to know."""
    return (before.title, before.starts_at, before.place) != (
        after.title,
        after.starts_at,
        after.place,
    )


async def _record(work: DayWork, deed: Deed, who: Person, day: ThemeDayId, now: datetime) -> None:
    await work.audit.add(AuditRecord(at=now, actor=who.id, deed=deed, details={"day": day}))
