"""What the exam calendar will send in the next days, and to how many, as things are now."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, tzinfo

from branch.exam_calendar.live_calendar import LiveCalendar
from branch.exam_calendar.ports import Begin
from branch.exam_calendar.reminders import LEADS, Due, dues


class ReminderOutlook:
    def __init__(self, look: Begin, live: LiveCalendar, zone: tzinfo) -> None:
        self._look = look
        self._live = live
        self._zone = zone

    async def coming(self, *, now: datetime, until: datetime) -> Sequence[tuple[Due, int]]:
        """Every reminder that somebody wants, in order."""
        await self._live.catch_up()
        calendar = self._live.calendar
        current = calendar.current_intake(now.astimezone(self._zone).date())
        async with self._look() as work:
            subscribers = await work.subscriptions.active()
        wanted: Counter[tuple[int, int]] = Counter()
        soon: dict[int, list[Due]] = {}
        for each in subscribers:
            intake, wish = each.intake or current, each.subscription
            if intake not in soon:
                soon[intake] = [
                    due
                    for step in calendar.milestones(intake)
                    for due in dues(step, LEADS, self._zone)
                    if now < due.at <= until
                ]
            wanted.update(
                (intake, place)
                for place, due in enumerate(soon[intake])
                if wish.wants(due.step.id) and due.lead in wish.leads
            )
        found = [(soon[intake][place], people) for (intake, place), people in wanted.items()]
        return sorted(found, key=lambda item: item[0].at)
