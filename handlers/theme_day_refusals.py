"""Says why something about a theme day was not to be, and what to do about it."""

from collections.abc import Awaitable
from typing import Any, Final, TypeVar

from telegram import Update

from branch.people.errors import NotAllowed
from branch.theme_days.errors import (
    DayCancelled,
    DayGone,
    DayMovedOn,
    DayNotYet,
    DayOver,
    DoorClosed,
    NotForYou,
    NotThere,
    QuestionGone,
    QuestionsEnough,
    RatedAlready,
    SeriesGone,
    SeriesKnown,
    TimeIsPast,
)
from handlers.buttons import keyboard
from handlers.replies import Say
from handlers.theme_day_buttons import ShowThemeDays
from handlers.visit import current_visit

Result = TypeVar("Result")
_WHY: Final[dict[type[Exception], str]] = {
    NotAllowed: "not_allowed",
    DayGone: "gone",
    DayOver: "over",
    DayCancelled: "cancelled",
    DayNotYet: "not_yet",
    DayMovedOn: "moved_on",
    TimeIsPast: "past",
    NotForYou: "not_for_you",
    SeriesGone: "series_gone",
    SeriesKnown: "series_known",
    DoorClosed: "door_closed",
    QuestionGone: "question_gone",
    QuestionsEnough: "questions_enough",
    RatedAlready: "rated_already",
    NotThere: "not_there",
}


class ThemeDayRefusals:
    def __init__(self, say: Say) -> None:
        self._say = say

    async def or_why(self, update: Update, deed: Awaitable[Result]) -> Result | None:
        """What came of the deed; None where it was not to be, and the person knows why."""
        try:
            return await deed
        except tuple(_WHY) as error:
            current_visit().anew = True
            all_days = keyboard([(self._say.label("button.theme_days"), ShowThemeDays())])
            more: dict[str, Any] = {"opens_at": getattr(error, "opens_at", None)}
            await self._say(
                update, "themedays/refused", keyboard=all_days, why=_WHY[type(error)], **more
            )
        return None
