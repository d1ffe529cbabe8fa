"""What a member writes as an answer: sent, and what became of it shown on the answer itself."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.outbox.model import Fate
from branch.outbox.ports import Standing
from branch.people.model import Person
from branch.tickets.answered import Answered
from branch.tickets.finding import TicketFinder
from branch.tickets.looking import TicketShelf
from branch.tickets.model import TicketId
from branch.tickets.service import TicketDesk
from branch.tickets.thread import LONGEST_ANSWER, LineId, Part
from handlers.buttons import Row, ShowDesk, ShowTicket, keyboard
from handlers.conversation import Handler
from handlers.desk_card import FAILED
from handlers.parts import note_in
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import SendAgain, ShowAnswer
from handlers.visit import Context, current_visit

LOOKS: Final = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds between looks whether an answer has arrived: usually it has by the second."""


class Answering:
    def __init__(
        self,
        *,
        desk: TicketDesk,
        shelf: TicketShelf,
        finder: TicketFinder,
        refusals: Refusals,
        say: Say,
    ) -> None:
        self._desk = desk
        self._shelf = shelf
        self._finder = finder
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.look_again, ShowAnswer.matches),
            CallbackQueryHandler(self.send_again, SendAgain.matches),
        ]

    async def take(self, update: Update, person: Person, number: TicketId, part: Part) -> None:
        """A reply to something about the ticket: a note, or the answer."""
        if (noted := note_in(part)) is not None:
            await self._note(update, person, number, noted)
        else:
            await self.send(update, person, number, [part])

    async def send(
        self, update: Update, person: Person, number: TicketId, parts: Sequence[Part]
    ) -> bool:
        """Send the answer, and say what became of it; whether it was taken."""
        answered: Answered | None = None
        for part in parts:
            answering = self._desk.answer(person, number, part, now=current_visit().moment)
            answered = await self._refusals.or_why(
                update, answering, number=number, most=LONGEST_ANSWER
            )
            if answered is None:
                return False
        if answered is not None and not answered.joined:
            standing = await self._settled(person, number, answered.line.id)
            await self._show(update, person, number, answered.line.id, standing)
        return True

    async def look_again(self, update: Update, context: Context) -> None:
        person, tap = context.visit.person, ShowAnswer.tapped(update)
        if person is not None:
            await self._look(update, person, TicketId(tap.ticket), LineId(tap.line))

    async def send_again(self, update: Update, context: Context) -> None:
        person, tap = context.visit.person, SendAgain.tapped(update)
        if person is None:
            return
        number, line = TicketId(tap.ticket), LineId(tap.line)
        again = self._desk.send_again(person, number, line, now=context.visit.moment)
        if await self._refusals.or_why(update, again, number=number) is not None:
            await self._look(update, person, number, line)

    async def _look(self, update: Update, person: Person, number: TicketId, line: LineId) -> None:
        looking = self._settled(person, number, line)
        outcome = await self._refusals.or_why(update, _kept(looking), number=number)
        if outcome is not None:
            await self._show(update, person, number, line, outcome[0])

    async def _note(self, update: Update, person: Person, number: TicketId, part: Part) -> None:
        noting = self._desk.note(person, number, part, now=current_visit().moment)
        if await self._refusals.or_why(update, noting, number=number, most=LONGEST_ANSWER):
            await self._say(update, "tickets/noted", number=number)

    async def _settled(self, person: Person, number: TicketId, line: LineId) -> Standing | None:
        """What has become of it, after a moment's patience."""
        standing = None
        for pause in (*LOOKS, 0.0):
            now = current_visit().moment
            standing = await self._shelf.standing(person, number, line, now=now)
            if standing is not None and standing.fate is not Fate.WAITING:
                break
            await asyncio.sleep(pause)
        return standing

    async def _show(
        self,
        update: Update,
        person: Person,
        number: TicketId,
        line: LineId,
        standing: Standing | None,
    ) -> None:
        visit = current_visit()
        message = await self._say(
            update,
            "tickets/answer_sent",
            keyboard=keyboard(*self._buttons(number, line, standing)),
            number=number,
            fate=str(standing.fate) if standing else "waiting",
            at=standing.at if standing else None,
        )
        # a reply to it is for the same ticket
        await self._finder.remember(
            number,
            message,
            person=person if visit.private else None,
            chat=None if visit.private else visit.chat_id,
            now=visit.moment,
        )

    def _buttons(self, number: TicketId, line: LineId, standing: Standing | None) -> list[Row]:
        label = self._say.label
        rows: list[Row] = []
        if standing is None or standing.fate is Fate.WAITING:
            rows.append([(label("button.look_again"), ShowAnswer(number, line))])
        elif standing.fate in FAILED:
            again = (label("button.send_again"), SendAgain(number, line))
            rows.append([again, (label("button.look_again"), ShowAnswer(number, line))])
        if current_visit().private:
            see = (label("button.look_at_ticket"), ShowTicket(number))
            rows.append([see, (label("button.desk"), ShowDesk(0))])
        return rows


async def _kept(looking: Awaitable[Standing | None]) -> tuple[Standing | None]:
    """What was found, so that nothing found is told from a refusal."""
    return (await looking,)
