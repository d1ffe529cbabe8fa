"""Says why there are no figures for somebody, and what to do about it."""

from collections.abc import Awaitable
from typing import TypeVar

from telegram import Update

from branch.people.errors import NotAllowed
from branch.statistics.errors import TooFewPeople
from handlers.buttons import keyboard
from handlers.replies import Say
from handlers.statistics_buttons import Choice, ShowStatistics
from handlers.visit import current_visit

Result = TypeVar("Result")


class StatisticsRefusals:
    def __init__(self, say: Say) -> None:
        self._say = say

    async def or_why(self, update: Update, deed: Awaitable[Result]) -> Result | None:
        """What came of the deed; None where it was not to be, and the person knows why."""
        try:
            return await deed
        except NotAllowed:
            current_visit().anew = True
            await self._say(update, "roles/not_allowed")
        except TooFewPeople:
            current_visit().anew = True
            every = ShowStatistics(Choice().written)
            back = keyboard([(self._say.label("button.statistics"), every)])
            await self._say(update, "stats/too_few", keyboard=back)
        return None
