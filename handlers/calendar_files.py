"""The exam calendar to take along: as a picture, and as a file for the phone's own calendar."""

import html
from datetime import datetime

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.exam_calendar.model import Milestone
from handlers.buttons import ShowCalendar, keyboard
from handlers.calendar_buttons import CalendarFile, CalendarPicture
from handlers.calendar_card import CalendarCards
from handlers.conversation import Handler
from handlers.date_words import CalendarWords
from handlers.replies import Say
from handlers.visit import Context
from texts.language import Language


class CalendarFiles:
    def __init__(self, *, words: CalendarWords, cards: CalendarCards, say: Say) -> None:
        self._words = words
        self._cards = cards
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.send_picture, CalendarPicture.matches),
            CallbackQueryHandler(self.send_file, CalendarFile.matches),
        ]

    async def send_picture(self, update: Update, context: Context) -> None:
        visit = context.visit
        intake = self._words.nearest_intake(CalendarPicture.tapped(update).intake, visit.moment)
        await self._say.acknowledge(update)
        picture = await self._cards.picture(intake, visit.language, visit.moment)
        await self._say.photo(update, picture, "calendar/picture", intake=intake)

    async def send_file(self, update: Update, context: Context) -> None:
        visit = context.visit
        intake = self._words.nearest_intake(CalendarFile.tapped(update).intake, visit.moment)
        dated = [step for step in self._words.milestones(intake) if step.announced]
        if not dated:
            back = keyboard([(self._say.label("button.calendar"), ShowCalendar(0))])
            await self._say(update, "calendar/nothing_dated", keyboard=back, intake=intake)
            return
        await self._say.acknowledge(update)
        await self._say.document(
            update,
            self._file(intake, dated, visit.language, visit.moment),
            f"kaoyan-{intake}.ics",
            "calendar/file",
            intake=intake,
            count=len(dated),
        )

    def _file(
        self, intake: int, dated: list[Milestone], language: Language, now: datetime
    ) -> bytes:
        from branch.exam_calendar.ics import EventWords, calendar_file  # noqa: PLC0415 -- few ask for it, and it takes a while to load

        heading = self._say.label("card.heading", year=intake)
        events = [
            EventWords(
                milestone=step,
                summary=self._say.label(
                    "card.event", year=intake % 100, name=self._words.name(step, language)
                ),
                description=self._description(step, language),
            )
            for step in dated
        ]
        return calendar_file(heading, events, now=now)

    def _description(self, step: Milestone, language: Language) -> str:
        note = step.note.get(language, "") if step.note else ""
        said = self._say.text("calendar/event", daily=step.daily, note=note, source=step.source)
        return html.unescape(said)
