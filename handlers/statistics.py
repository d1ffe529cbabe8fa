"""For members: the figures of the branch, each a picture with its numbers in words below it."""

import asyncio
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.model import Role
from branch.statistics.desk import Group, Seen, StatisticsDesk
from branch.statistics.drawing import Drawing
from branch.statistics.model import Figure
from branch.statistics.palette import Theme
from branch.statistics.period import SEASON_BEGINS, Filter, Period
from branch.statistics.telling import Telling
from handlers.buttons import Button, Row, ShowMenu, keyboard
from handlers.conversation import Handler
from handlers.figure_words import FigureWords
from handlers.notice_refusals import whoever
from handlers.pictures import Pictures
from handlers.replies import Say
from handlers.statistics_buttons import (
    Choice,
    Narrow,
    NarrowFigure,
    ShowFigure,
    ShowReports,
    ShowStatistics,
)
from handlers.statistics_refusals import StatisticsRefusals
from handlers.visit import Context, current_visit

GROUPS_OFFERED = 8
Choices = Sequence[tuple[str, Choice]]


class ShowFigures:
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
        self._pictures = Pictures(say)

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("stats", self.begin),
            CallbackQueryHandler(self.show_all, ShowStatistics.matches),
            CallbackQueryHandler(self.show, ShowFigure.matches),
            CallbackQueryHandler(self.narrow, NarrowFigure.matches),
        ]

    async def begin(self, update: Update, context: Context) -> None:
        await self._show_all(update, Choice())

    async def show_all(self, update: Update, context: Context) -> None:
        await self._show_all(update, Choice.read(ShowStatistics.tapped(update).of))

    async def _show_all(self, update: Update, choice: Choice) -> None:
        visit = current_visit()
        person = visit.person
        allowed = self._desk.groups(person, now=visit.moment) if person else None
        groups = await self._refusals.or_why(update, allowed) if allowed else None
        if groups is None:
            if allowed is None:
                await self._say(update, "roles/not_allowed")
            return
        label = self._say.label
        shown: list[tuple[str, Button]] = [
            (label(f"figure.{figure}"), ShowFigure(figure, choice.written, 0)) for figure in Figure
        ]
        rows: list[Row] = [shown[at : at + 2] for at in range(0, len(shown), 2)]
        if person is not None and person.role.covers(Role.SECRETARY):
            rows.append([(label("button.make_report"), ShowReports())])
        rows.append([(label("button.menu"), ShowMenu())])
        telling = Telling(self._words.speech(visit.language))
        of = self._filter(choice, groups)
        await self._say(
            update,
            "stats/home",
            keyboard=keyboard(*rows),
            period=telling.period(of),
            whose=telling.whose(of),
        )

    async def show(self, update: Update, context: Context) -> None:
        tap, visit = ShowFigure.tapped(update), context.visit
        choice, by = Choice.read(tap.of), whoever(context)
        groups = await self._refusals.or_why(update, self._desk.groups(by, now=visit.moment))
        if groups is None:
            return
        of = self._filter(choice, groups)
        looking = self._desk.see(by, tap.figure, of, now=visit.moment)
        seen = await self._refusals.or_why(update, looking)
        if seen is None:
            return
        speech = self._words.speech(visit.language)
        drawing = Drawing(speech)
        theme = Theme.DARK if choice.dark else Theme.LIGHT
        picture = await asyncio.to_thread(drawing.draw, seen, tap.chart, theme)
        values = self._told(seen, Telling(speech), drawing.kind(seen, tap.chart))
        buttons = keyboard(*self._buttons(tap, drawing.count(seen), classes=of.cohort is not None))
        if picture is None:
            await self._say(update, "stats/figure", keyboard=buttons, **values)
        else:
            await self._pictures.show(update, picture, "stats/figure", keyboard=buttons, **values)

    def _told(self, seen: Seen, telling: Telling, chart: str) -> dict[str, Any]:
        return {
            "title": telling.title(seen.figure),
            "period": telling.period(seen.of),
            "whose": telling.whose(seen.of),
            "lines": telling.lines(seen, chart),
            "meaning": telling.meaning(seen.figure),
            "warns": seen.figure is Figure.ASSOCIATION,
        }

    def _buttons(self, tap: ShowFigure, charts: int, *, classes: bool) -> list[Row]:
        label, choice = self._say.label, Choice.read(tap.of)
        first: list[tuple[str, Button]] = []
        if charts > 1:
            following = replace(tap, chart=(tap.chart + 1) % charts)
            first.append((label("button.next_chart"), following))
        if charts:
            other = label("button.light" if choice.dark else "button.dark")
            changed = replace(choice, dark=not choice.dark)
            first.append((other, replace(tap, of=changed.written)))
        ways = [Narrow.PERIOD, Narrow.COHORT, *([Narrow.CLASS] if classes else [])]
        return [
            first,
            [
                (label(f"button.by_{way.name.lower()}"), NarrowFigure(way, tap.figure, tap.of))
                for way in ways
            ],
            [(label("button.statistics"), ShowStatistics(tap.of))],
        ]

    async def narrow(self, update: Update, context: Context) -> None:
        """What to narrow to, in the place of the buttons: the picture stays as it is."""
        tap, visit = NarrowFigure.tapped(update), context.visit
        looking = self._desk.groups(whoever(context), now=visit.moment)
        groups = await self._refusals.or_why(update, looking)
        if groups is None:
            return
        present = Choice.read(tap.of)
        choices = {
            Narrow.PERIOD: self._periods(present),
            Narrow.COHORT: self._cohorts(present, groups),
            Narrow.CLASS: self._classes(present, groups),
        }[tap.by]
        ticked: list[tuple[str, Button]] = [
            (
                f"\u2713 {words}" if choice == present else words,
                ShowFigure(tap.figure, choice.written, 0),
            )
            for words, choice in choices
        ]
        rows: list[Row] = [ticked[at : at + 2] for at in range(0, len(ticked), 2)]
        rows.append([(self._say.label("button.back"), ShowFigure(tap.figure, tap.of, 0))])
        await self._say.acknowledge(update)
        await self._say.buttons_below(update, keyboard(*rows))

    def _periods(self, present: Choice) -> Choices:
        telling = Telling(self._words.speech(current_visit().language))
        today = self._today(current_visit().moment)
        season = today.year + (today.month >= SEASON_BEGINS)
        spans = ("d7", "d30", "d90", f"y{today.year}", f"y{today.year - 1}")
        return [
            (telling.period(self._filter(Choice(span))), replace(present, span=span))
            for span in (*spans, f"s{season}")
        ]

    def _cohorts(self, present: Choice, groups: Sequence[Group]) -> Choices:
        telling = Telling(self._words.speech(current_visit().language))
        everybody: tuple[str, Choice] = (
            self._say.label("period.everybody"),
            replace(present, cohort=0, of_class=0),
        )
        cohorts = [each.cohort for each in groups if each.class_name is None and each.cohort]
        return [everybody] + [
            (telling.cohort(each), replace(present, cohort=each, of_class=0))
            for each in sorted(cohorts, reverse=True)[:GROUPS_OFFERED]
        ]

    def _classes(self, present: Choice, groups: Sequence[Group]) -> Choices:
        names = [
            each.class_name for each in groups if each.class_name and each.cohort == present.cohort
        ]
        all_classes = (self._say.label("button.all_classes"), replace(present, of_class=0))
        return [all_classes] + [
            (name, replace(present, of_class=_number_of(name))) for name in names[:GROUPS_OFFERED]
        ]

    def _filter(self, choice: Choice, groups: Sequence[Group] = ()) -> Filter:
        today = self._today(current_visit().moment)
        return Filter(
            period=Period.read(choice.span, today=today) or Period.days(30, today=today),
            cohort=choice.cohort or None,
            class_name=_class_of(groups, choice.cohort, choice.of_class),
        )

    def _today(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()


def _number_of(class_name: str) -> int:
    """A name would not fit into a button."""
    return zlib.crc32(class_name.encode())


def _class_of(groups: Sequence[Group], cohort: int, number: int) -> str | None:
    """The class with this number; one that is gone, or has become small, is none."""
    return next(
        (
            each.class_name
            for each in groups
            if each.cohort == cohort and each.class_name and _number_of(each.class_name) == number
        ),
        None,
    )
