"""Says why something about a call or a paper was not to be, and what to do about it."""

from collections.abc import Awaitable, Mapping
from typing import Any, Final, TypeVar

from telegram import Update

from branch.papers import errors
from branch.papers.model import CallPlan
from branch.people.errors import NotAllowed
from handlers.buttons import keyboard
from handlers.paper_buttons import ShowCalls
from handlers.replies import Say
from handlers.visit import current_visit

Result = TypeVar("Result")
_WHY: Final[Mapping[type[Exception], str]] = {
    NotAllowed: "not_allowed",
    errors.CallGone: "gone",
    errors.CallClosed: "closed",
    errors.CallMovedOn: "moved_on",
    errors.TimeIsPast: "past",
    errors.ReviewBegun: "review_begun",
    errors.DeadlineOver: "over",
    errors.WrongCode: "code",
    errors.PaperGone: "no_paper",
    errors.PaperFixed: "fixed",
    errors.NotYetWhole: "lacking",
    errors.NothingNew: "nothing_new",
    errors.WordsOff: "words",
    errors.WrongKind: "kind",
    errors.FileTooBig: "big",
    errors.FileEmpty: "empty",
    errors.SameFile: "same",
    errors.TooManyVersions: "versions",
    errors.TooLong: "long",
    errors.TooEarly: "early",
    errors.NothingHere: "nothing_here",
    errors.ReviewGone: "review_gone",
    errors.NotScored: "not_scored",
    errors.NeedsAnother: "another",
    errors.NotAllDecided: "undecided",
}
REFUSALS: Final = tuple(_WHY)


class PaperRefusals:
    def __init__(self, say: Say) -> None:
        self._say = say

    async def or_why(
        self, update: Update, deed: Awaitable[Result], *, alone: bool = True
    ) -> Result | None:
        """What came of the deed; None where it was not to be, and the person knows why.

        `alone`: nothing else is said after it, so it leads on.
        """
        try:
            return await deed
        except REFUSALS as error:
            await self.explain(update, error, alone=alone)
        return None

    async def explain(
        self,
        update: Update,
        error: Exception,
        *,
        plan: CallPlan | None = None,
        alone: bool = True,
    ) -> None:
        current_visit().anew = True
        calls = keyboard([(self._say.label("button.calls"), ShowCalls())])
        await self._say(
            update, "papers/refused", keyboard=calls if alone else None, **self._values(error, plan)
        )

    def _values(self, error: Exception, plan: CallPlan | None) -> dict[str, Any]:
        """All that the template may say."""
        label = self._say.label
        fields = error.lacking if isinstance(error, errors.NotYetWhole) else ()
        count = error.lacking if isinstance(error, errors.NotAllDecided) else 0
        own = {str(field): question for field, question in plan.own_fields} if plan else {}
        return {
            "why": next(_WHY[kind] for kind in type(error).__mro__ if kind in _WHY),
            "lacking": [own.get(each) or label(f"paperfield.{each}") for each in fields],
            "kinds": [each.upper() for each in plan.kinds] if plan else [],
            "deadline": getattr(error, "deadline", None),
            "code_until": getattr(error, "code_until", None),
            "field": getattr(error, "field", ""),
            "count": getattr(error, "count", count),
            "least": getattr(error, "least", 0),
            "most": getattr(error, "most", 0),
            "number": getattr(error, "number", 0),
        }
