"""From Monday morning on: the week's letter to the members, if it is not written yet."""

from datetime import datetime

from branch.guidance.weekly_report import WeeklyReport


class SendWeeklyReport:
    def __init__(self, report: WeeklyReport) -> None:
        self._report = report

    async def run(self, now: datetime) -> datetime:
        await self._report.send(now=now)
        return self._report.next_at(now)
