"""For secretaries: a period, whose figures, and everything about them as files."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.model import Role
from branch.statistics.desk import Group, StatisticsDesk
from handlers.buttons import Row, keyboard
from handlers.conversation import Handler
from handlers.figure_words import FigureWords
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.statistics_buttons import (
    FIRST_SPAN,
    Choice,
    MakeReport,
    Narrow,
    NarrowReport,
    ShowReports,
    ShowStatistics,
)
from handlers.statistics_choices import FigureChoices
from handlers.statistics_refusals import StatisticsRefusals
from handlers.visit import Context
from texts.language import Language
from texts.pages import render_page

if TYPE_CHECKING:
    from branch.statistics.report import ReportWriter

SAME_WISH: Final = timedelta(seconds=30)


class MakeReports:
    def __init__(
        self,
        *,
        desk: StatisticsDesk,
        words: FigureWords,
        refusals: StatisticsRefusals,
        choices: FigureChoices,
        zone: ZoneInfo,
        say: Say,
    ) -> None:
        self._desk = desk
        self._words = words
        self._refusals = refusals
        self._choices = choices
        self._zone = zone
        self._say = say
        self._wishes: dict[tuple[int, str], datetime] = {}

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("report", self.begin),
            CallbackQueryHandler(self.choose, ShowReports.matches),
            CallbackQueryHandler(self.narrow, NarrowReport.matches),
            CallbackQueryHandler(self.make, MakeReport.matches),
        ]

    async def begin(self, update: Update, context: Context) -> None:
        await self._choose(update, context, Choice())

    async def choose(self, update: Update, context: Context) -> None:
        await self._choose(update, context, Choice.read(ShowReports.tapped(update).of))

    async def _choose(self, update: Update, context: Context, present: Choice) -> None:
        groups = await self._groups(update, context)
        if groups is None:
            return
        season, year = self._choices.season, self._choices.today.year
        spans = (f"y{year}", f"s{season}", f"y{year - 1}", f"s{season - 1}", FIRST_SPAN, "d7")
        offered = [
            (words, MakeReport(choice.written))
            for words, choice in self._choices.periods(present, spans)
        ]
        rows: list[Row] = [offered[at : at + 2] for at in range(0, len(offered), 2)]
        label = self._say.label
        ways = (Narrow.COHORT, *((Narrow.CLASS,) if present.cohort else ()))
        rows.append(
            [
                (label(f"button.by_{way.name.lower()}"), NarrowReport(way, present.written))
                for way in ways
            ]
        )
        rows.append([(label("button.statistics"), ShowStatistics(present.written))])
        whose = self._choices.telling.whose(self._choices.filter(present, groups))
        await self._say(update, "stats/choose_report", keyboard=keyboard(*rows), whose=whose)

    async def narrow(self, update: Update, context: Context) -> None:
        """Whom it may be of, in the place of the buttons."""
        tap = NarrowReport.tapped(update)
        groups = await self._groups(update, context)
        if groups is None:
            return
        present = Choice.read(tap.of)
        rows = self._choices.offered(
            tap.by, present, groups, lambda choice: ShowReports(choice.written)
        )
        rows.append([(self._say.label("button.back"), ShowReports(tap.of))])
        await self._say.acknowledge(update)
        await self._say.buttons_below(update, keyboard(*rows))

    async def _groups(self, update: Update, context: Context) -> Sequence[Group] | None:
        """Cohorts and classes to choose from; None for who makes no reports, and knows why."""
        by, now = whoever(context), context.visit.moment
        looking = self._desk.groups(by, now=now, role=Role.SECRETARY)
        return await self._refusals.or_why(update, looking)

    async def make(self, update: Update, context: Context) -> None:
        """A second tap in the same half minute is the same wish: it makes no other."""
        written, came_at = MakeReport.tapped(update).of, context.visit.came_at
        await self._say.acknowledge(update, self._say.label("toast.report_is_made"))
        wish = (context.visit.sender.telegram_id, written)
        before = self._wishes.get(wish)
        if before is not None and came_at - before < SAME_WISH:
            return
        # one person's taps are handled one after the other: the next one finds what is noted here
        if await self._make(update, context, Choice.read(written)):
            recent = {each: at for each, at in self._wishes.items() if came_at - at < SAME_WISH}
            self._wishes = recent | {wish: came_at}

    async def _make(self, update: Update, context: Context, choice: Choice) -> bool:
        """Whether it was made; if not, the person knows why."""
        groups = await self._groups(update, context)
        if groups is None:
            return False
        now, of = context.visit.moment, self._choices.filter(choice, groups)
        counting = self._desk.everything(whoever(context), of, now=now)
        everything = await self._refusals.or_why(update, counting)
        if everything is None:
            return False
        writer = self._writer(context.visit.language)
        files = await asyncio.to_thread(writer.files, everything, now=now)
        telling = self._choices.telling
        for each in files:
            await self._say.document(
                update,
                each.data,
                each.name,
                "stats/report_file",
                period=telling.period(of),
                whose=None if of.of_everybody else telling.whose(of),
                kind=each.name.rpartition(".")[2],
            )
        return True

    def _writer(self, language: Language) -> "ReportWriter":
        from branch.statistics.report import ReportWriter  # noqa: PLC0415 -- few make one, and it takes a while to load

        speech = self._words.speech(language)
        return ReportWriter(speech, render_page, zone=self._zone, language=str(language))
