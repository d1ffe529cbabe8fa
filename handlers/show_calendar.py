"""The exam calendar on one screen: what comes, how far away it is, what is over."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.exam_calendar.model import Phase
from branch.people.model import Role
from handlers.buttons import Row, ShowCalendar, ShowMenu, keyboard
from handlers.calendar_buttons import CalendarFile, CalendarPicture, EditCalendar, ShowReminders
from handlers.calendar_steps import CalendarSteps
from handlers.conversation import Handler
from handlers.date_words import CalendarWords
from handlers.replies import Say
from handlers.step_buttons import ShowStep, ShowSteps
from handlers.visit import Context
from texts.phone_screen import folded


class ShowExamCalendar:
    def __init__(self, *, words: CalendarWords, say: Say) -> None:
        self._words = words
        self._say = say
        self._steps = CalendarSteps(words=words, say=say)

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("calendar", self.show_mine),
            CallbackQueryHandler(self.show_tapped, ShowCalendar.matches),
            CallbackQueryHandler(self._steps.choose, ShowSteps.matches),
            CallbackQueryHandler(self._steps.show, ShowStep.matches),
        ]

    async def show_mine(self, update: Update, context: Context) -> None:
        await self._show(update, context, 0)

    async def show_tapped(self, update: Update, context: Context) -> None:
        await self._show(update, context, ShowCalendar.tapped(update).intake)

    async def _show(self, update: Update, context: Context, intake: int) -> None:
        visit = context.visit
        own = visit.person.intake if visit.person else None
        shown = self._words.nearest_intake(intake or own, visit.moment)
        label = self._say.label
        is_member = visit.person is not None and visit.person.role.covers(Role.MEMBER)
        rows: list[Row] = [
            [(label("button.remind_me"), ShowReminders())]
            + ([(label("button.edit_dates"), EditCalendar(shown))] if is_member else []),
            [
                (label("button.calendar_picture"), CalendarPicture(shown)),
                (label("button.calendar_file"), CalendarFile(shown)),
            ],
            [
                (label("button.intake", year=other % 100), ShowCalendar(other))
                for other in self._words.intakes()
                if other != shown
            ][-2:],
            [(label("button.steps"), ShowSteps(shown)), (label("button.menu"), ShowMenu())],
        ]
        lines = self._words.lines(shown, visit.language, visit.moment)
        text = self._say.text(
            "calendar/calendar",
            intake=shown,
            asked_intake=intake or own,
            dated=[line for line in lines if line.phase in (Phase.UPCOMING, Phase.UNDER_WAY)],
            undated=[line for line in lines if line.phase is Phase.NOT_ANNOUNCED],
            past=[line for line in lines if line.phase in (Phase.OVER, Phase.PROBABLY_OVER)],
        )
        await self._say.html(update, folded(text), keyboard=keyboard(*rows))
