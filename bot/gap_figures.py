"""What nothing answered, for those who show all figures: as the gap report groups it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from branch.guidance.reports import WORDINGS_GROUPED, GapReport, Reports
from branch.guidance.reports import Gap as Group
from branch.statistics.model import Gap, GapFigures
from branch.statistics.period import Filter
from storage.work import Work

GAPS_TOLD: Final = 12
_MOMENT: Final = timedelta(microseconds=1)
Look = Callable[[], AbstractAsyncContextManager[Work]]


class GapsForFigures:
    """Who may see them is asked before."""

    def __init__(self, look: Look, reports: Reports, zone: ZoneInfo) -> None:
        self._look = look
        self._reports = reports
        self._zone = zone

    async def see(self, of: Filter) -> GapFigures:
        if not of.of_everybody:
            return GapFigures(told=False)
        since, end = of.period.bounds(self._zone)
        until = end - _MOMENT
        async with self._look() as work:
            unmet = await work.reports.unmet(since=since, until=until, limit=WORDINGS_GROUPED)
        # beside everything else, and with no transaction open: it takes a moment
        report = await self._reports.grouped(unmet, days=of.period.length)
        largest = report.gaps[:GAPS_TOLD]
        people = await self._people(largest, since, until)
        return _figures(report, [(gap, people[gap.question]) for gap in largest])

    async def _people(
        self, gaps: Sequence[Group], since: datetime, until: datetime
    ) -> Mapping[int, int]:
        """How many different people have asked each, in whichever wording."""
        group_of = {text: gap.question for gap in gaps for text in gap.wordings}
        found: dict[int, set[int]] = defaultdict(set)
        for text, person in await self._askers(group_of, since, until):
            found[group_of[text]].add(person)
        return {gap.question: len(found[gap.question]) for gap in gaps}

    async def _askers(
        self, texts: Collection[str], since: datetime, until: datetime
    ) -> Sequence[tuple[str, int]]:
        if not texts:
            return []
        async with self._look() as work:
            return await work.reports.askers(since=since, until=until, texts=texts)


def _figures(report: GapReport, counted: Sequence[tuple[Group, int]]) -> GapFigures:
    gaps = [Gap(heading=gap.heading, times=gap.times, people=people) for gap, people in counted]
    return GapFigures(
        questions=report.questions,
        kinds=len(report.gaps),
        gaps=tuple(gaps),
        rest=report.questions - sum(gap.times for gap, _ in counted),
    )
