"""Writes the letters of the exam calendar: reminders, what is new, and corrections.

Planning says how things should be and makes them so, however often and from wherever it is
called: a letter that is not wanted any more is called back, one that is missing is written.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from msgspec.structs import replace

from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.edits import with_code
from branch.exam_calendar.letter_writing import LetterWriting
from branch.exam_calendar.live_calendar import LiveCalendar
from branch.exam_calendar.model import Milestone, MilestoneId
from branch.exam_calendar.ports import Begin, CalendarWork, LetterWords, Plan
from branch.exam_calendar.reminders import LEADS, Due, Subscriber, about, about_any, dues
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter
from branch.people.model import PersonId

AHEAD: Final = timedelta(days=2)
BEHIND: Final = timedelta(days=1)
"""What was due before that is too late in any case."""
TRIES: Final = 5
AT_ONCE: Final = 500
Key = tuple[int, MilestoneId]


class ReminderPlanner:
    def __init__(self, begin: Begin, live: LiveCalendar, words: LetterWords, zone: tzinfo) -> None:
        self._begin = begin
        self._live = live
        self._words = words
        self._zone = zone

    async def plan(self, *, now: datetime) -> None:
        """Write what is missing for the next days and since the last time."""
        for _ in range(TRIES):
            await self._live.catch_up()
            async with self._begin() as work:
                await work.calendar_edits.lock()
                # with a calendar that is behind, planning would take an edit back
                if await work.calendar_edits.newest() == self._live.seen:
                    await self.write(work, self._live.calendar, now=now)
                    return

    async def write(self, work: CalendarWork, calendar: ExamCalendar, *, now: datetime) -> None:
        """The same inside somebody else's transaction, for the calendar as it will be."""
        plans = {(plan.intake, plan.milestone): plan for plan in await work.plans.all()}
        subscribers = await work.subscriptions.active()
        writing = LetterWriting(self._words)
        steps = [step for intake in calendar.intakes for step in calendar.milestones(intake)]
        for step in steps:
            plan = plans.get((step.intake, step.id))
            if plan is not None and plan.code != step.code:
                wanted = _wanting(subscribers, step, calendar.current_intake(self._day(now)))
                await self._moved(work, writing, plan, step, wanted, now)
        await self._remind(work, writing, calendar, subscribers, plans, now)
        await work.plans.put(_replanned(step, plans, now) for step in steps)

    async def write_for(self, work: CalendarWork, person: PersonId, *, now: datetime) -> None:
        """For one person, whose wishes have changed."""
        plans = {(plan.intake, plan.milestone): plan for plan in await work.plans.all()}
        subscribers = await work.subscriptions.active(person)
        calendar, writing = self._live.calendar, LetterWriting(self._words)
        await self._remind(work, writing, calendar, subscribers, plans, now, only=person)

    async def _remind(
        self,
        work: CalendarWork,
        writing: LetterWriting,
        calendar: ExamCalendar,
        subscribers: Sequence[Subscriber],
        plans: dict[Key, Plan],
        now: datetime,
        *,
        only: PersonId | None = None,
    ) -> None:
        current = calendar.current_intake(self._day(now))
        soon: dict[int, list[Due]] = {}
        letters: dict[str, Letter] = {}
        for subscriber in subscribers:
            intake = subscriber.intake or current
            if intake not in soon:
                soon[intake] = self._soon(calendar.milestones(intake), plans, now)
            letters |= {
                letter.key: letter
                for due in soon[intake]
                if _wants(subscriber, due)
                for letter in [writing.reminder(due, subscriber)]
            }
        waiting = await work.outbox.waiting_keys(LetterKind.EXAM_REMINDER, to=only)
        unwanted = [
            key for key, _ in waiting if LetterWriting.is_reminder(key) and key not in letters
        ]
        for group in _in_groups(unwanted):
            await work.outbox.cancel(LetterKind.EXAM_REMINDER, now=now, keys=group)
        await work.outbox.put(letters.values())

    def _soon(self, steps: Iterable[Milestone], plans: dict[Key, Plan], now: datetime) -> list[Due]:
        """What falls due until the next days, and what has since the last planning."""
        found: list[Due] = []
        for step in steps:
            plan = plans.get((step.intake, step.id))
            start = min(now - BEHIND, plan.planned_at) if plan else now - BEHIND
            found += [due for due in dues(step, LEADS, self._zone) if start < due.at <= now + AHEAD]
        return found

    async def _moved(
        self,
        work: CalendarWork,
        writing: LetterWriting,
        plan: Plan,
        step: Milestone,
        wanting: Collection[Subscriber],
        now: datetime,
    ) -> None:
        """The dates are others than those that letters were written for."""
        prefix = about_any(step.intake, step.id)
        untold = {
            person
            for key, person in await work.outbox.waiting_keys(LetterKind.EXAM_REMINDER)
            if LetterWriting.is_news(key, step)
        }
        for kind in (LetterKind.EXAM_REMINDER, LetterKind.EXAM_CORRECTION):
            await work.outbox.cancel(kind, now=now, about_prefix=prefix)
        told = await work.outbox.last_told(
            [LetterKind.EXAM_REMINDER, LetterKind.EXAM_CORRECTION], about_prefix=prefix
        )
        letters: list[Letter] = []
        for each in told:
            old = with_code(step, each.about.removeprefix(prefix), self._zone)
            until = self._matters_until(old, step)
            if each.about != about(step) and now < until:
                number = plan.number + 1
                letters.append(writing.correction(old, step, each, number, at=now, until=until))
        known = {each.person for each in told}
        until = self._matters_until(step)
        if step.announced and now < until:
            letters += [
                writing.news(step, each, at=now, until=until)
                for each in wanting
                if each.subscription.person not in known
                and (plan.code == "open" or each.subscription.person in untold)
            ]
        await work.outbox.put(letters)

    def _matters_until(self, *steps: Milestone) -> datetime:
        """The end of the last day that any of them names."""
        days = [step.last_day for step in steps if step.last_day is not None]
        if not days:
            return datetime.min.replace(tzinfo=self._zone)
        return datetime.combine(max(days) + timedelta(days=1), time(), self._zone)

    def _day(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()


def _wants(subscriber: Subscriber, due: Due) -> bool:
    wish = subscriber.subscription
    return wish.wants(due.step.id) and due.lead in wish.leads and due.at > wish.since


def _wanting(subscribers: Iterable[Subscriber], step: Milestone, current: int) -> list[Subscriber]:
    return [
        each
        for each in subscribers
        if (each.intake or current) == step.intake and each.subscription.wants(step.id)
    ]


def _replanned(step: Milestone, plans: dict[Key, Plan], now: datetime) -> Plan:
    plan = plans.get((step.intake, step.id))
    if plan is None:
        return Plan(intake=step.intake, milestone=step.id, code=step.code, number=0, planned_at=now)
    moved = plan.code != step.code
    return replace(plan, code=step.code, number=plan.number + moved, planned_at=now)


def _in_groups(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
