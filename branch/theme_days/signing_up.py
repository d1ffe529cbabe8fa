"""Who comes: places have one winner each, and a free one goes to the first who waits."""

from datetime import datetime
from typing import Final

from msgspec import Struct

from branch.outbox.kinds import LetterKind
from branch.people.model import Person, PersonId, Role
from branch.theme_days.errors import DayCancelled, DayGone, DayOver, NotForYou
from branch.theme_days.letters import DayLetters, soon_key
from branch.theme_days.model import (
    Answer,
    Counts,
    DayAudience,
    DayState,
    Reason,
    SignUp,
    ThemeDay,
    ThemeDayId,
    offered_until,
)
from branch.theme_days.ports import Begin, DayWork
from branch.theme_days.series import Series

MOST_FILLED: Final = 50


class Seen(Struct, frozen=True, kw_only=True):
    """A day as somebody sees it: `questions` are asked, `there` is whether they checked in."""

    day: ThemeDay
    counts: Counts
    mine: SignUp | None
    series: Series | None = None
    questions: int = 0
    came: int = 0
    there: bool = False
    has_minutes: bool = False
    has_rated: bool = False


class SignUpDesk:
    """Each raises DayGone; what changes something also DayOver and DayCancelled."""

    def __init__(self, begin: Begin, look: Begin, letters: DayLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def see(self, person: Person, day_id: ThemeDayId) -> Seen:
        async with self._look() as work:
            day = await work.theme_days.get(day_id)
            if day is None:
                raise DayGone
            return await _seen(work, day, person)

    async def come(self, person: Person, day_id: ThemeDayId, *, now: datetime) -> Seen:
        """They want to: a place, or the end of the queue where there is none.

        Raises NotForYou.
        """
        async with self._begin() as work:
            day = await open_day(work, day_id, now)
            await demand_invited(work, day, person, now=now)
            mine = await work.sign_ups.of(day.id, person.id)
            present = mine.answer if mine else None
            counts = await work.sign_ups.counts(day.id)
            free = counts.free_of(day.plan.capacity)
            # nobody jumps the queue, not even past those whose turn has just come
            straight_in = free is None or (free > 0 and counts.waiting == 0)
            if present is Answer.OFFERED or (present is not Answer.GOING and straight_in):
                await work.sign_ups.put(day.id, person.id, Answer.GOING, now=now)
            elif present not in (Answer.GOING, Answer.WAITING):
                await work.sign_ups.put(day.id, person.id, Answer.WAITING, now=now)
            await fill(work, day, self._letters, now=now)
            return await _seen(work, day, person)

    async def decline(self, person: Person, day_id: ThemeDayId, *, now: datetime) -> Seen:
        """They cannot: their place goes to the first who waits."""
        async with self._begin() as work:
            day = await open_day(work, day_id, now)
            await give_up(work, day, person.id, self._letters, now=now)
            return await _seen(work, day, person)

    async def say_why(
        self, person: Person, day_id: ThemeDayId, reason: Reason, *, now: datetime
    ) -> Seen:
        async with self._begin() as work:
            day = await open_day(work, day_id, now)
            mine = await work.sign_ups.of(day.id, person.id)
            if mine is not None and mine.answer is Answer.CANNOT:
                await work.sign_ups.say_why(day.id, person.id, reason)
            return await _seen(work, day, person)

    async def lapse(self, *, now: datetime) -> int:
        """Offers that nobody took go on to the next; how many there were.

        So do places of those who have left for good.
        """
        async with self._look() as work:
            lapsed = await work.sign_ups.lapsed(now=now)
        for day_id, person in lapsed:
            async with self._begin() as work:
                day = await work.theme_days.lock(day_id)
                mine = await work.sign_ups.of(day_id, person)
                still = mine is not None and mine.answer is Answer.OFFERED
                if day is not None and still and mine and mine.until and mine.until <= now:
                    await give_up(work, day, person, self._letters, now=now, why=Reason.SILENT)
        await self._fill_all(now)
        return len(lapsed)

    async def _fill_all(self, now: datetime) -> None:
        async with self._look() as work:
            coming = await work.theme_days.starting(now, limit=MOST_FILLED)
            waited_for = [
                each.id for each in coming if (await work.sign_ups.counts(each.id)).waiting
            ]
        for day_id in waited_for:
            async with self._begin() as work:
                day = await work.theme_days.lock(day_id)
                if day is not None:
                    await fill(work, day, self._letters, now=now)


async def open_day(work: DayWork, day_id: ThemeDayId, now: datetime) -> ThemeDay:
    """The day, locked. Raises DayGone, DayCancelled, DayOver."""
    day = await work.theme_days.lock(day_id)
    if day is None:
        raise DayGone
    if day.state is DayState.CANCELLED:
        raise DayCancelled
    if day.plan.starts_at <= now:
        raise DayOver
    return day


async def give_up(
    work: DayWork,
    day: ThemeDay,
    person: PersonId,
    letters: DayLetters,
    *,
    now: datetime,
    why: Reason | None = None,
) -> None:
    await work.sign_ups.put(day.id, person, Answer.CANNOT, now=now, reason=why)
    keys = [soon_key(day, person, lead) for lead in day.plan.leads]
    await work.outbox.cancel(LetterKind.THEME_DAY, now=now, keys=keys)
    await fill(work, day, letters, now=now)


async def fill(work: DayWork, day: ThemeDay, letters: DayLetters, *, now: datetime) -> None:
    """Offer what is free to those who wait, in their order."""
    if day.state is DayState.CANCELLED or day.plan.starts_at <= now:
        return
    free = (await work.sign_ups.counts(day.id)).free_of(day.plan.capacity)
    waiting = [each for each in await work.sign_ups.all(day.id) if each.answer is Answer.WAITING]
    until = offered_until(day, now)
    for each in waiting if free is None else waiting[:free]:
        await work.sign_ups.put(day.id, each.person, Answer.OFFERED, now=now, until=until)
        offer = letters.offered(day, each.person, each.language, until=until, now=now)
        await work.outbox.put([offer])


async def demand_invited(work: DayWork, day: ThemeDay, person: Person, *, now: datetime) -> None:
    """Raises NotForYou."""
    if day.plan.audience is DayAudience.EVERYONE:
        return
    present = await work.people.by_id(person.id, now=now)
    if present is None or not present.role.covers(Role.MEMBER):
        raise NotForYou


async def _seen(work: DayWork, day: ThemeDay, person: Person) -> Seen:
    series, minutes = day.plan.series, await work.leavings.minutes(day.id)
    return Seen(
        day=day,
        counts=await work.sign_ups.counts(day.id),
        mine=await work.sign_ups.of(day.id, person.id),
        series=None if series is None else await work.day_series.get(series),
        questions=await work.speaker_questions.count(day.id),
        came=await work.attendances.count(day.id),
        there=await work.attendances.has(day.id, person.id),
        has_minutes=bool(minutes.text or minutes.photos),
        has_rated=await work.leavings.has_rated(day.id, person.id),
    )
