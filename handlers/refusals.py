"""Says why a deed with a ticket was not to be."""

from collections.abc import Awaitable
from typing import Any, TypeVar

from telegram import Update

from branch.people.errors import NotAllowed
from branch.people.model import Role
from branch.tickets.errors import (
    CannedGone,
    Muted,
    NotAMember,
    NothingToJudge,
    TextDoesNotFit,
    TicketGone,
    TicketOver,
    TicketTaken,
    TooManyCanned,
    TooManyThisHour,
    TooManyToday,
    TooManyWaiting,
)
from branch.tickets.guarding import MOST_A_DAY, MOST_WAITING
from handlers.buttons import ShowDesk, keyboard
from handlers.replies import Say
from handlers.visit import current_visit
from texts.telegram_html import shown

Result = TypeVar("Result")
_TEMPLATES: dict[type[Exception], str] = {
    NotAllowed: "roles/not_allowed",
    NotAMember: "tickets/not_a_member",
    TicketGone: "tickets/gone",
    TicketOver: "tickets/over",
    TicketTaken: "tickets/taken",
    TooManyWaiting: "tickets/too_many_waiting",
    TooManyToday: "tickets/too_many_today",
    TooManyThisHour: "tickets/too_many_this_hour",
    Muted: "tickets/muted",
    NothingToJudge: "tickets/nothing_to_judge",
    TextDoesNotFit: "tickets/too_long",
    CannedGone: "tickets/canned_gone",
    TooManyCanned: "tickets/too_many_canned",
}


class Refusals:
    def __init__(self, say: Say) -> None:
        self._say = say

    async def or_why(
        self,
        update: Update,
        deed: Awaitable[Result],
        *,
        number: int = 0,
        most: int = 0,
        passing: bool = False,
    ) -> Result | None:
        """What came of the deed; None where it was not to be, and the person knows why.

        `passing`: in a line that answers the tap, where others read the message.
        """
        try:
            return await deed
        except tuple(_TEMPLATES) as error:
            template, values = self._why(error, number, most)
        if passing:
            words = shown(self._say.text(template, **values))
            await self._say.acknowledge(update, words, alert=True)
        else:
            await self._say(update, template, keyboard=self._way_on(), **values)
        return None

    def _why(self, error: Exception, number: int, most: int) -> tuple[str, dict[str, Any]]:
        """The template, and all that any of them says."""
        limits = {TooManyWaiting: MOST_WAITING, TooManyToday: MOST_A_DAY}
        values = {
            "number": number,
            "most": limits.get(type(error), most),
            "by": getattr(error, "by", None) or self._say.label("role.member"),
            "until": getattr(error, "until", None),
        }
        return _TEMPLATES[type(error)], values

    def _way_on(self) -> Any:
        visit = current_visit()
        if not visit.private or visit.person is None or not visit.person.role.covers(Role.MEMBER):
            return None
        return keyboard([(self._say.label("button.desk"), ShowDesk(0))])
