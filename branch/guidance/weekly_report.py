"""Every Monday a letter to the members: what the week asked and nothing answered."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, time, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct

from branch.guidance.reports import GapReport, Reports, StaleEntry
from branch.guidance.tallies import ReportRows, UnmetWordings
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Buttons, Letter
from branch.outbox.ports import DeliveryOutbox
from branch.people.model import Person, Role
from branch.people.ports import People
from texts.language import Language
from texts.renderer import Texts

SENT_AT: Final = time(9, 0)
DAYS: Final = 7
USEFUL_FOR: Final = timedelta(days=3)
KEPT_FOR: Final = timedelta(days=14)
"""A letter quotes what people asked; who takes their questions back finds them gone by then."""
GAPS_SHOWN: Final = 8


class WeeklyWork(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def reports(self) -> ReportRows: ...
    @property
    def outbox(self) -> DeliveryOutbox: ...


Begin = Callable[[], AbstractAsyncContextManager[WeeklyWork]]


class Week(Struct, frozen=True, kw_only=True):
    """What a week's letter is made of; `monday` is the moment it is due."""

    monday: datetime
    unmet: UnmetWordings
    stale: Sequence[StaleEntry]
    members: Sequence[Person]

    @property
    def about(self) -> str:
        return _about(self.monday)


class WeeklyReport:
    """Once a week, however often it is asked; missed by more than three days, it is left out.

    `gaps` and `stale` are what the letter's buttons say when they are tapped.
    """

    def __init__(
        self,
        begin: Begin,
        look: Begin,
        reports: Reports,
        texts: Texts,
        *,
        gaps: str,
        stale: str,
        zone: ZoneInfo,
    ) -> None:
        self._begin = begin
        self._look = look
        self._reports = reports
        self._texts = texts
        self._gaps = gaps
        self._stale = stale
        self._zone = zone

    async def send(self, *, now: datetime) -> int:
        """Write the letters that are due and not written; how many. None if all is well."""
        week = await self._week(now)
        if week is None:
            return 0
        report = await self._reports.grouped(week.unmet, days=DAYS)
        if not report.gaps and not week.stale:
            return 0
        async with self._begin() as work:
            return await work.outbox.put(
                self._letter(member, week, report) for member in week.members
            )

    def next_at(self, now: datetime) -> datetime:
        """When the next is due; until then nothing but what somebody writes changes this one."""
        return self._last_monday(now) + timedelta(days=7)

    async def forget(self, *, now: datetime) -> int:
        """Delete the letters of past weeks; how many."""
        async with self._begin() as work:
            return await work.outbox.prune(LetterKind.REPORT, before=now - KEPT_FOR)

    async def _week(self, now: datetime) -> Week | None:
        """What the last Monday's letter says; None where it is written, too late, or for nobody."""
        monday = self._last_monday(now)
        if now - monday >= USEFUL_FOR:
            return None
        async with self._look() as work:
            members = [
                member
                for member in await work.people.holding(Role.MEMBER, now=now)
                if member.unreachable_since is None
            ]
            # mostly so: it is asked every hour, and the rest reads what a week has asked
            if not members or await work.outbox.fates(kind=LetterKind.REPORT, about=_about(monday)):
                return None
            return Week(
                monday=monday,
                unmet=await self._reports.unmet(work, days=DAYS, now=monday),
                stale=await self._reports.to_look_at(work, now=monday),
                members=members,
            )

    def _last_monday(self, now: datetime) -> datetime:
        here = now.astimezone(self._zone)
        monday = datetime.combine(here.date() - timedelta(here.weekday()), SENT_AT, self._zone)
        return monday if monday <= here else monday - timedelta(days=7)

    def _letter(self, to: Person, week: Week, report: GapReport) -> Letter:
        return Letter(
            key=f"report:{week.about}:{to.id}",
            to=to.id,
            kind=LetterKind.REPORT,
            body=self._texts.render(
                "reports/weekly",
                to.language,
                questions=report.questions,
                kinds=len(report.gaps),
                gaps=[(gap.heading, gap.times) for gap in report.gaps[:GAPS_SHOWN]],
                disliked=sum(each.disliked for each in week.stale),
                overdue=sum(each.overdue for each in week.stale),
            ),
            about=week.about,
            due_at=week.monday,
            useful_until=week.monday + USEFUL_FOR,
            buttons=self._buttons(to.language, report, week),
        )

    def _buttons(self, language: Language, report: GapReport, week: Week) -> Buttons:
        row: list[tuple[str, str]] = []
        if report.gaps:
            row.append((self._texts.label("button.gaps", language), self._gaps))
        if week.stale:
            row.append((self._texts.label("button.stale", language), self._stale))
        return [row]


def _about(monday: datetime) -> str:
    return f"gaps:{monday:%Y-%m-%d}"
