"""The calendar that everybody asks: the files, and over them what was last changed in the chat."""

import asyncio
from collections.abc import Iterable
from datetime import tzinfo

from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.edits import THE_FILES, Edit, EditId, edited
from branch.exam_calendar.model import MilestoneId
from branch.exam_calendar.ports import Begin


class LiveCalendar:
    """Follows the edits and changes the calendar all at once; nobody else does."""

    def __init__(self, calendar: ExamCalendar, glance: Begin, zone: tzinfo) -> None:
        self.calendar = calendar
        self.files = calendar.with_milestones([])
        self.seen: EditId = THE_FILES
        self.latest: dict[tuple[int, MilestoneId], Edit] = {}
        self._glance = glance
        self._zone = zone
        self._one_at_a_time = asyncio.Lock()

    async def catch_up(self) -> None:
        """Show what was written since, here or by another process; nothing where nothing was."""
        async with self._one_at_a_time:
            async with self._glance() as work:
                newest = await work.calendar_edits.latest(after=self.seen)
            if newest:
                self.latest |= {(edit.intake, edit.milestone): edit for edit in newest}
                self.calendar.take_over(self._shown(self.latest.values()))
                self.seen = max(edit.id for edit in newest)

    def with_edit(self, edit: Edit) -> ExamCalendar:
        """The calendar as it will be with this edit."""
        latest = self.latest | {(edit.intake, edit.milestone): edit}
        return self._shown(latest.values())

    def _shown(self, edits: Iterable[Edit]) -> ExamCalendar:
        return self.files.with_milestones(
            edited(self.files.milestone(edit.intake, edit.milestone), edit, self._zone)
            for edit in edits
        )
