"""For secretaries: a period, and everything about it as files."""

import asyncio
from datetime import date
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.model import Role
from branch.statistics.desk import StatisticsDesk
from branch.statistics.period import SEASON_BEGINS, Filter, Period
from branch.statistics.report import ReportWriter
from branch.statistics.telling import Telling
from handlers.buttons import Button, Row, keyboard
from handlers.conversation import Handler
from handlers.figure_words import FigureWords
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.statistics_buttons import FIRST_SPAN, Choice, MakeReport, ShowReports, ShowStatistics
from handlers.statistics_refusals import StatisticsRefusals
from handlers.visit import Context
from texts.language import Language
from texts.pages import render_page


class MakeReports:
    def __init__(
        self,
        *,
        desk: StatisticsDesk,
        words: FigureWords,
        refusals: StatisticsRefusals,
        zone: ZoneInfo,
        say: Say,
    ) -> None:
        self._desk = desk
        self._words = words
        self._refusals = refusals
        self._zone = zone
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("report", self.choose),
            CallbackQueryHandler(self.choose, ShowReports.matches),
            CallbackQueryHandler(self.make, MakeReport.matches),
        ]

    async def choose(self, update: Update, context: Context) -> None:
        now = context.visit.moment
        allowed = await self._refusals.or_why(update, self._allowed(context))
        if allowed is None:
            return
        today = now.astimezone(self._zone).date()
        telling = Telling(self._words.speech(context.visit.language))
        season = today.year + (today.month >= SEASON_BEGINS)
        spans = (f"y{today.year}", f"s{season}", f"y{today.year - 1}", f"s{season - 1}")
        offered: list[tuple[str, Button]] = [
            (telling.period(_of(span, today)), MakeReport(span))
            for span in (*spans, FIRST_SPAN, "d7")
        ]
        rows: list[Row] = [offered[at : at + 2] for at in range(0, len(offered), 2)]
        home = ShowStatistics(Choice().written)
        rows.append([(self._say.label("button.statistics"), home)])
        await self._say(update, "stats/choose_report", keyboard=keyboard(*rows))

    async def _allowed(self, context: Context) -> bool:
        now = context.visit.moment
        await self._desk.may_look(whoever(context), now=now, role=Role.SECRETARY)
        return True

    async def make(self, update: Update, context: Context) -> None:
        visit = context.visit
        now, today = visit.moment, visit.moment.astimezone(self._zone).date()
        of = _of(MakeReport.tapped(update).span, today)
        counting = self._desk.everything(whoever(context), of, now=now)
        await self._say.acknowledge(update, self._say.label("toast.report_is_made"))
        everything = await self._refusals.or_why(update, counting)
        if everything is None:
            return
        writer = self._writer(visit.language)
        files = await asyncio.to_thread(writer.files, everything, now=now)
        period = Telling(self._words.speech(visit.language)).period(of)
        for each in files:
            kind = each.name.rpartition(".")[2]
            await self._say.document(
                update, each.data, each.name, "stats/report_file", period=period, kind=kind
            )

    def _writer(self, language: Language) -> ReportWriter:
        speech = self._words.speech(language)
        return ReportWriter(speech, render_page, zone=self._zone, language=str(language))


def _of(span: str, today: date) -> Filter:
    """Of what a button says; what is no period any more is the year."""
    return Filter(period=Period.read(span, today=today) or Period.year(today.year))
