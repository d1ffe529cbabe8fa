"""On Monday morning: what the next two weeks bring, to who is reminded of dates."""

from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.live_calendar import LiveCalendar
from branch.exam_calendar.model import Milestone
from branch.exam_calendar.ports import Begin, LetterWords
from branch.exam_calendar.reminders import Subscriber
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter

SENT_AT: Final = time(8)
LOOKS_AHEAD: Final = timedelta(days=14)
USEFUL_FOR: Final = timedelta(days=2)


class WeekAhead:
    """Once a week, however often it is asked; missed by more than two days, it is left out.

    A week without a date in sight has no letter.
    """

    def __init__(self, begin: Begin, live: LiveCalendar, words: LetterWords, zone: tzinfo) -> None:
        self._begin = begin
        self._live = live
        self._words = words
        self._zone = zone

    async def send(self, *, now: datetime) -> int:
        """How many letters were new."""
        monday = self._monday(now)
        if not monday <= now < monday + USEFUL_FOR:
            return 0
        await self._live.catch_up()
        calendar = self._live.calendar
        current = calendar.current_intake(monday.date())
        async with self._begin() as work:
            letters = [
                self._letter(each, steps, monday)
                for each in await work.subscriptions.active()
                if each.subscription.weekly and each.subscription.since < monday
                for steps in [_coming(calendar, each, current, monday)]
                if steps
            ]
            return await work.outbox.put(letters)

    def next_at(self, now: datetime) -> datetime:
        """When the next is due; until then nothing but what somebody writes changes this one."""
        monday = self._monday(now)
        return monday if now < monday else monday + timedelta(days=7)

    def _letter(self, to: Subscriber, steps: list[Milestone], monday: datetime) -> Letter:
        person = to.subscription.person
        return Letter(
            key=f"week-ahead:{monday.date().isoformat()}:{person}",
            to=person,
            kind=LetterKind.WEEK_AHEAD,
            about=f"week:{monday.date().isoformat()}",
            body=self._words.week_ahead(steps, to.language, at=monday),
            buttons=self._words.buttons(to.language),
            due_at=monday,
            useful_until=monday + USEFUL_FOR,
        )

    def _monday(self, now: datetime) -> datetime:
        today = now.astimezone(self._zone).date()
        return datetime.combine(today - timedelta(days=today.weekday()), SENT_AT, self._zone)


def _coming(
    calendar: ExamCalendar, to: Subscriber, current: int, monday: datetime
) -> list[Milestone]:
    last = (monday + LOOKS_AHEAD).date()
    return [
        step
        for step in calendar.milestones(to.intake or current)
        if to.subscription.wants(step.id)
        and step.first_day is not None
        and step.last_day is not None
        and step.first_day <= last
        and step.last_day >= monday.date()
    ]
