"""Says why something about outcomes was not to be, and what to do about it."""

from collections.abc import Awaitable
from typing import Final, TypeVar

from telegram import Update

from branch.outcomes.errors import (
    ClaimGone,
    NothingNew,
    NothingToFreeze,
    OwnReport,
    ReportGone,
    ReportSettled,
)
from branch.people.errors import NotAllowed
from handlers.buttons import keyboard
from handlers.outcome_buttons import ShowOutcomes
from handlers.replies import Say
from handlers.visit import current_visit

Result = TypeVar("Result")
_WHY: Final[dict[type[Exception], str]] = {
    ReportGone: "gone",
    ReportSettled: "settled",
    OwnReport: "own",
    ClaimGone: "claim_gone",
    NothingToFreeze: "no_figures",
    NothingNew: "nothing_new",
}


class OutcomeRefusals:
    def __init__(self, say: Say) -> None:
        self._say = say

    async def or_why(self, update: Update, deed: Awaitable[Result]) -> Result | None:
        """What came of the deed; None where it was not to be, and the person knows why."""
        try:
            return await deed
        except NotAllowed:
            await self._say(update, "roles/not_allowed")
        except tuple(_WHY) as error:
            current_visit().anew = True
            board = keyboard([(self._say.label("button.outcomes"), ShowOutcomes())])
            await self._say(update, "outcomes/refused", keyboard=board, why=_WHY[type(error)])
        return None
