"""Every night: delete the weeks' letters of some time ago; the next one says what still holds."""

from datetime import datetime

from branch.guidance.weekly_report import WeeklyReport


class ForgetReports:
    def __init__(self, report: WeeklyReport) -> None:
        self._report = report

    async def run(self, now: datetime) -> None:
        await self._report.forget(now=now)
