"""For members: the figures of the branch, each a picture with its numbers in words below it."""

import asyncio
from typing import Any

from msgspec.structs import replace
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.model import Role
from branch.statistics.desk import Seen, StatisticsDesk
from branch.statistics.model import Figure
from branch.statistics.palette import Theme
from branch.statistics.telling import Telling
from handlers.buttons import Button, Row, ShowMenu, keyboard
from handlers.conversation import Handler
from handlers.figure_words import FigureWords
from handlers.notice_refusals import whoever
from handlers.pictures import Pictures
from handlers.replies import Say
from handlers.report_buttons import ShowGaps
from handlers.report_pages import WEEK
from handlers.statistics_buttons import (
    Choice,
    Narrow,
    NarrowFigure,
    ShowFigure,
    ShowReports,
    ShowStatistics,
)
from handlers.statistics_choices import FigureChoices
from handlers.statistics_refusals import StatisticsRefusals
from handlers.visit import Context, current_visit


class ShowFigures:
    def __init__(
        self,
        *,
        desk: StatisticsDesk,
        words: FigureWords,
        refusals: StatisticsRefusals,
        choices: FigureChoices,
        say: Say,
    ) -> None:
        self._desk = desk
        self._words = words
        self._refusals = refusals
        self._choices = choices
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
            rows.append([(label("button.make_report"), ShowReports(choice.written))])
        rows.append([(label("button.menu"), ShowMenu())])
        telling = Telling(self._words.speech(visit.language))
        of = self._choices.filter(choice, groups)
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
        of = self._choices.filter(choice, groups)
        looking = self._desk.see(by, tap.figure, of, now=visit.moment)
        seen = await self._refusals.or_why(update, looking)
        if seen is None:
            return
        speech = self._words.speech(visit.language)
        from branch.statistics.drawing import Drawing  # noqa: PLC0415 -- only members look at charts, and it takes a while to load

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
            "scope": telling.scope(seen, chart),
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
        periods = [] if tap.figure is Figure.OUTCOMES else [Narrow.PERIOD]
        ways = [*periods, Narrow.COHORT, *([Narrow.CLASS] if classes else [])]
        mending: list[Row] = []
        if tap.figure is Figure.GAPS:
            mending = [[(label("button.gaps"), ShowGaps(WEEK, 0))]]
        return [
            first,
            [
                (label(f"button.by_{way.name.lower()}"), NarrowFigure(way, tap.figure, tap.of))
                for way in ways
            ],
            *mending,
            [(label("button.statistics"), ShowStatistics(tap.of))],
        ]

    async def narrow(self, update: Update, context: Context) -> None:
        """What to narrow to, in the place of the buttons: the picture stays as it is."""
        tap, visit = NarrowFigure.tapped(update), context.visit
        looking = self._desk.groups(whoever(context), now=visit.moment)
        groups = await self._refusals.or_why(update, looking)
        if groups is None:
            return
        rows = self._choices.offered(
            tap.by,
            Choice.read(tap.of),
            groups,
            lambda choice: ShowFigure(tap.figure, choice.written, 0),
        )
        rows.append([(self._say.label("button.back"), ShowFigure(tap.figure, tap.of, 0))])
        await self._say.acknowledge(update)
        await self._say.buttons_below(update, keyboard(*rows))
