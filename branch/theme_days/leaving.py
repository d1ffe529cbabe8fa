"""After a day: minutes with pictures for all, and feedback that nobody can trace back."""

from datetime import datetime

from branch.people.errors import NotAllowed
from branch.people.model import AuditRecord, Deed, Person, PersonId, Role
from branch.people.permission import demand
from branch.theme_days.afterwards import ASKED_AFTER, ASKED_FOR, RATINGS, Feedback, Minutes
from branch.theme_days.errors import DayGone, DayNotYet, NotThere, RatedAlready
from branch.theme_days.letters import DayLetters
from branch.theme_days.model import LASTS, Answer, DayState, ThemeDay, ThemeDayId, may_change
from branch.theme_days.ports import Begin, DayWork
from texts.language import Language


class Afterwards:
    """Each raises DayGone."""

    def __init__(self, begin: Begin, look: Begin, letters: DayLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def minutes(self, day_id: ThemeDayId) -> tuple[ThemeDay, Minutes]:
        async with self._look() as work:
            return await _day(work, day_id), await work.leavings.minutes(day_id)

    async def minutes_to_write(
        self, member: Person, day_id: ThemeDayId, *, now: datetime
    ) -> tuple[ThemeDay, Minutes]:
        """What stands there, for who may write it. Raises NotAllowed, DayNotYet."""
        async with self._look() as work:
            day = await _theirs_to_write(work, member, day_id, now)
            return day, await work.leavings.minutes(day_id)

    async def write_minutes(self, member: Person, minutes: Minutes, *, now: datetime) -> ThemeDay:
        """By the day's author or a secretary, once it has begun. Raises NotAllowed, DayNotYet."""
        async with self._begin() as work:
            day = await _theirs_to_write(work, member, minutes.day, now)
            await work.leavings.write_minutes(minutes)
            deed = Deed.MINUTES_WRITTEN
            await work.audit.add(
                AuditRecord(at=now, actor=member.id, deed=deed, details={"day": day.id})
            )
            return day

    async def rate(
        self, person: Person, day_id: ThemeDayId, rating: int, *, now: datetime
    ) -> ThemeDay:
        """Raises DayNotYet, NotThere, RatedAlready."""
        assert rating in RATINGS, "a button says it"
        async with self._begin() as work:
            day = await _day(work, day_id)
            _demand_begun(day, now)
            if person.id not in await _asked(work, day):
                raise NotThere
            if not await work.leavings.rate(day.id, person.id, rating):
                raise RatedAlready
            return day

    async def remark(self, person: Person, day_id: ThemeDayId, words: str) -> ThemeDay:
        """A few words, kept without who said them. Raises NotThere."""
        async with self._begin() as work:
            day = await _day(work, day_id)
            if person.id not in await _asked(work, day):
                raise NotThere
            await work.leavings.remark(day.id, words)
            return day

    async def feedback(
        self, member: Person, day_id: ThemeDayId, *, now: datetime
    ) -> tuple[ThemeDay, Feedback]:
        """Raises NotAllowed."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            day = await _day(work, day_id)
            return day, await work.leavings.feedback(day.id, asked=len(await _asked(work, day)))

    async def ask(self, *, now: datetime) -> int:
        """Write to who was at days that have ended; how many letters were new."""
        written = 0
        async with self._look() as work:
            earliest = now - LASTS - ASKED_AFTER - ASKED_FOR
            days = await work.theme_days.begun(earliest, now - LASTS)
        for found in days:
            async with self._begin() as work:
                day = await work.theme_days.lock(found.id)
                if day is None or day.state is DayState.CANCELLED or now < day.ends_at():
                    continue
                written += await work.outbox.put(
                    [
                        self._letters.how_was_it(day, person, language)
                        for person, language in (await _asked(work, day)).items()
                        if not await work.leavings.has_rated(day.id, person)
                    ]
                )
        return written


async def _asked(work: DayWork, day: ThemeDay) -> dict[PersonId, Language]:
    """Who was there; where nobody checked in, who had said that they would be."""
    came = await work.attendances.of(day.id)
    if came:
        return {
            each.person: each.language
            for each in came
            if each.person is not None and each.language is not None
        }
    answered = await work.sign_ups.all(day.id)
    return {each.person: each.language for each in answered if each.answer is Answer.GOING}


async def _theirs_to_write(
    work: DayWork, member: Person, day_id: ThemeDayId, now: datetime
) -> ThemeDay:
    present = await demand(work, member, Role.MEMBER, now=now)
    day = await _day(work, day_id)
    if not may_change(present, day.author):
        raise NotAllowed
    _demand_begun(day, now)
    return day


async def _day(work: DayWork, day_id: ThemeDayId) -> ThemeDay:
    day = await work.theme_days.get(day_id)
    if day is None:
        raise DayGone
    return day


def _demand_begun(day: ThemeDay, now: datetime) -> None:
    if day.state is DayState.CANCELLED or now < day.plan.starts_at:
        raise DayNotYet
