"""Says why something about research was not to be, and what to do about it."""

from collections.abc import Awaitable
from typing import Final, TypeVar

from telegram import Update

from branch.people.errors import NotAllowed
from branch.research.errors import (
    AchievementGone,
    AlreadyJudged,
    OnesOwn,
    OnlyTopic,
    ProblemGone,
    SameProblem,
    TopicGone,
    TopicTaken,
)
from handlers.buttons import keyboard
from handlers.replies import Say
from handlers.research_buttons import ShowResearch
from handlers.visit import current_visit

Result = TypeVar("Result")
_WHY: Final[dict[type[Exception], str]] = {
    TopicGone: "topic_gone",
    TopicTaken: "topic_taken",
    ProblemGone: "problem_gone",
    AchievementGone: "achievement_gone",
    AlreadyJudged: "already_judged",
    OnesOwn: "ones_own",
    OnlyTopic: "only_topic",
    SameProblem: "same_problem",
}
_REFUSED: Final[tuple[type[Exception], ...]] = (NotAllowed, *_WHY)


class ResearchRefusals:
    def __init__(self, say: Say) -> None:
        self._say = say

    async def or_why(self, update: Update, deed: Awaitable[Result]) -> Result | None:
        """What came of the deed; None where it was not to be, and the person knows why."""
        try:
            return await deed
        except _REFUSED as error:
            await self.told(update, error)
        return None

    async def told(self, update: Update, error: Exception) -> None:
        current_visit().anew = True
        if isinstance(error, NotAllowed):
            await self._say(update, "roles/not_allowed")
            return
        home = keyboard([(self._say.label("button.research"), ShowResearch())])
        await self._say(update, "research/refused", keyboard=home, why=_WHY[type(error)])
