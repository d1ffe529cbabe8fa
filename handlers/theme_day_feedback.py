"""How a theme day was: one to five and a few words, kept without who has said it."""

from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.theme_days.afterwards import LONGEST_REMARK, RATINGS, SHOWN_FROM
from branch.theme_days.leaving import Afterwards
from branch.theme_days.model import ThemeDay, ThemeDayId
from handlers.buttons import Leave, Row, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import text_of
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.theme_day_buttons import (
    AskHowItWas,
    RateDay,
    RemarkOnDay,
    ShowDayDeeds,
    ShowFeedback,
    ShowThemeDay,
)
from handlers.theme_day_refusals import ThemeDayRefusals
from handlers.visit import Context

_TYPED: Final = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


class Remarking(StrEnum):
    REMARK = "remark"


class RemarkForm(Struct):
    day: int = 0
    too_long: bool = False


class ThemeDayFeedback:
    def __init__(self, *, after: Afterwards, refusals: ThemeDayRefusals, say: Say) -> None:
        self._after = after
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        leave = CallbackQueryHandler(self.leave, Leave.matches)
        return Conversation(
            name="day_remark",
            draft=RemarkForm,
            entries=[CallbackQueryHandler(self.begin_remark, RemarkOnDay.matches)],
            scenes={
                Remarking.REMARK: Scene(
                    self.ask_remark, [MessageHandler(_TYPED, self.take_remark), leave]
                )
            },
        )

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.ask_rating, AskHowItWas.matches),
            tapped(self.rate, RateDay.matches),
            tapped(self.show_feedback, ShowFeedback.matches),
        ]

    async def ask_rating(self, update: Update, context: Context) -> None:
        number = ThemeDayId(AskHowItWas.tapped(update).day)
        found = await self._refusals.or_why(update, self._after.minutes(number))
        if found is not None:
            day, _ = found
            ratings: Row = [(f"{each}", RateDay(number, each)) for each in RATINGS]
            await self._say(
                update, "themedays/how_was_it", keyboard=keyboard(ratings), plan=day.plan
            )

    async def rate(self, update: Update, context: Context) -> None:
        tap = RateDay.tapped(update)
        if tap.rating not in RATINGS:
            return
        rating = self._after.rate(
            whoever(context), ThemeDayId(tap.day), tap.rating, now=context.visit.moment
        )
        day = await self._refusals.or_why(update, rating)
        if day is not None:
            label = self._say.label
            rows: Row = [
                (label("button.remark"), RemarkOnDay(day.id)),
                (label("button.this_day"), ShowThemeDay(day.id)),
            ]
            await self._say(update, "themedays/rated", keyboard=keyboard(rows), rating=tap.rating)

    async def begin_remark(self, update: Update, context: Context) -> Outcome:
        context.visit.anew = True
        context.visit.draft(RemarkForm).day = RemarkOnDay.tapped(update).day
        return Remarking.REMARK

    async def ask_remark(self, update: Update, context: Context) -> int:
        form = context.visit.draft(RemarkForm)
        leave = keyboard([(self._say.label("button.stop_writing"), Leave())])
        return await self._say(
            update,
            "themedays/ask_remark",
            keyboard=leave,
            most=LONGEST_REMARK,
            too_long=form.too_long,
        )

    async def take_remark(self, update: Update, context: Context) -> Outcome:
        form, text = context.visit.draft(RemarkForm), text_of(update)
        form.too_long = len(text) > LONGEST_REMARK
        if form.too_long:
            return Remarking.REMARK
        remarking = self._after.remark(whoever(context), ThemeDayId(form.day), text)
        day = await self._refusals.or_why(update, remarking)
        if day is not None:
            await self._say(update, "themedays/remarked", keyboard=self._to(day))
        return END

    async def show_feedback(self, update: Update, context: Context) -> None:
        number = ThemeDayId(ShowFeedback.tapped(update).day)
        looking = self._after.feedback(whoever(context), number, now=context.visit.moment)
        found = await self._refusals.or_why(update, looking)
        if found is not None:
            day, feedback = found
            await self._say(
                update,
                "themedays/feedback",
                keyboard=keyboard([(self._say.label("button.back"), ShowDayDeeds(number))]),
                plan=day.plan,
                feedback=feedback,
                shown_from=SHOWN_FROM,
            )

    def _to(self, day: ThemeDay) -> Any:
        return keyboard([(self._say.label("button.this_day"), ShowThemeDay(day.id))])

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END
