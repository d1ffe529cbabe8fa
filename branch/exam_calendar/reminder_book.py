"""What somebody wants to be reminded of, and what comes next to them."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from msgspec import Struct
from msgspec.structs import replace

from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.model import MILESTONES, MilestoneId
from branch.exam_calendar.planning import ReminderPlanner
from branch.exam_calendar.ports import Begin
from branch.exam_calendar.reminders import LEADS, Due, Subscription, dues
from branch.people.model import Person

Change = Callable[[Subscription], Subscription]


class OneMustRemain(Exception):
    """Without a milestone or without a day before there would be nothing to remind of."""


class Reminders(Struct, frozen=True, kw_only=True):
    """`subscription` is None where somebody has never asked; `coming` is the earliest first."""

    subscription: Subscription | None
    intake: int
    coming: Sequence[Due]


class ReminderBook:
    """Every change is one transaction, together with the letters it wants or wants no more."""

    def __init__(
        self,
        begin: Begin,
        look: Begin,
        *,
        calendar: ExamCalendar,
        planner: ReminderPlanner,
        zone: tzinfo,
    ) -> None:
        self._begin = begin
        self._look = look
        self._calendar = calendar
        self._planner = planner
        self._zone = zone

    async def mine(self, person: Person, *, now: datetime) -> Reminders:
        async with self._look() as work:
            return self._reminders(person, await work.subscriptions.of(person.id), now)

    async def start(self, person: Person, *, now: datetime) -> Reminders:
        """Remind of everything, in the usual way; who is reminded already stays as they are."""
        return await self._change(person, lambda wish: wish, now)

    async def pause(self, person: Person, *, paused: bool, now: datetime) -> Reminders:
        def changed(wish: Subscription) -> Subscription:
            return (
                wish
                if wish.active is not paused
                else replace(wish, paused_at=now if paused else None, since=now)
            )

        return await self._change(person, changed, now)

    async def end(self, person: Person, *, now: datetime) -> Reminders:
        """Remind of nothing any more, and forget what was chosen."""
        async with self._begin() as work:
            await work.calendar_edits.lock()
            await work.subscriptions.end(person.id)
            await self._planner.write_for(work, person.id, now=now)
            return self._reminders(person, None, now)

    async def of_all(self, person: Person, *, now: datetime) -> Reminders:
        return await self._change(person, lambda wish: replace(wish, milestones=frozenset()), now)

    async def of(
        self, person: Person, milestone: MilestoneId, *, wanted: bool, now: datetime
    ) -> Reminders:
        """Remind of this one too, or no more. Raises OneMustRemain, KeyError."""
        if milestone not in MILESTONES:
            raise KeyError(milestone)

        def changed(wish: Subscription) -> Subscription:
            present = wish.milestones or frozenset(MILESTONES)
            chosen = present | {milestone} if wanted else present - {milestone}
            if not chosen:
                raise OneMustRemain
            whole = chosen == frozenset(MILESTONES)
            return replace(wish, milestones=frozenset() if whole else chosen)

        return await self._change(person, changed, now)

    async def ahead(self, person: Person, lead: int, *, wanted: bool, now: datetime) -> Reminders:
        """Remind so many days before, or not so early any more. Raises OneMustRemain, KeyError."""
        if lead not in LEADS:
            raise KeyError(lead)

        def changed(wish: Subscription) -> Subscription:
            leads = wish.leads | {lead} if wanted else wish.leads - {lead}
            if not leads:
                raise OneMustRemain
            return replace(wish, leads=leads)

        return await self._change(person, changed, now)

    async def weekly(self, person: Person, *, wanted: bool, now: datetime) -> Reminders:
        """Tell on Mondays what the next two weeks bring, or no more."""
        return await self._change(person, lambda wish: replace(wish, weekly=wanted), now)

    async def _change(self, person: Person, change: Change, now: datetime) -> Reminders:
        async with self._begin() as work:
            await work.calendar_edits.lock()
            if await work.people.by_id(person.id, now=now) is None:
                return self._reminders(person, None, now)  # they have left meanwhile
            before = await work.subscriptions.of(person.id)
            wish = change(before or Subscription(person=person.id, since=now))
            if wish != before:
                # what they did not want a moment ago is not made up for
                wish = replace(wish, since=now)
                await work.subscriptions.put(wish)
                await self._planner.write_for(work, person.id, now=now)
            return self._reminders(person, wish, now)

    def _reminders(self, person: Person, wish: Subscription | None, now: datetime) -> Reminders:
        today = now.astimezone(self._zone).date()
        intake = person.intake or self._calendar.current_intake(today)
        coming: list[Due] = []
        if wish is not None and wish.active:
            coming = [
                due
                for step in self._calendar.milestones(intake)
                if wish.wants(step.id)
                for due in dues(step, wish.leads, self._zone)
                if due.at > now
            ]
        return Reminders(
            subscription=wish, intake=intake, coming=sorted(coming, key=lambda due: due.at)
        )
