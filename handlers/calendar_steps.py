"""Every step of an intake by itself: its note, the provinces, earlier years, where it is from."""

from telegram import Update

from branch.exam_calendar.model import MILESTONES
from handlers.buttons import Row, ShowCalendar, keyboard
from handlers.date_words import CalendarWords
from handlers.replies import Say
from handlers.step_buttons import ShowStep, ShowSteps
from handlers.visit import Context
from texts.phone_screen import folded


class CalendarSteps:
    def __init__(self, *, words: CalendarWords, say: Say) -> None:
        self._words = words
        self._say = say

    async def choose(self, update: Update, context: Context) -> None:
        await self._offer(update, context, ShowSteps.tapped(update).intake)

    async def show(self, update: Update, context: Context) -> None:
        visit, tap = context.visit, ShowStep.tapped(update)
        if tap.step not in MILESTONES:
            # a step of an earlier version of the program
            await self._offer(update, context, tap.intake)
            return
        intake = self._words.nearest_intake(tap.intake, visit.moment)
        step = self._words.step(intake, tap.step, visit.language, visit.moment)
        buttons = keyboard([(self._say.label("button.back"), ShowSteps(intake))])
        text = self._say.text("calendar/step", step=step)
        await self._say.html(update, folded(text), keyboard=buttons)

    async def _offer(self, update: Update, context: Context, wanted: int) -> None:
        visit = context.visit
        intake = self._words.nearest_intake(wanted, visit.moment)
        steps = [
            (self._words.name(step, visit.language), ShowStep(intake, step.id))
            for step in self._words.milestones(intake)
        ]
        rows: list[Row] = [steps[at : at + 2] for at in range(0, len(steps), 2)]
        rows.append([(self._say.label("button.back"), ShowCalendar(intake))])
        await self._say(update, "calendar/steps", keyboard=keyboard(*rows), intake=intake)
