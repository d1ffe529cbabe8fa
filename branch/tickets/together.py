"""One answer to several askers: each gets a letter of their own, each ticket is answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zlib import crc32

from msgspec import Struct

from branch.people.model import Person, Role
from branch.people.permission import demand
from branch.tickets.changing import by
from branch.tickets.errors import TicketGone, TicketOver, TicketTaken
from branch.tickets.model import TicketId
from branch.tickets.ports import Begin
from branch.tickets.records import Move
from branch.tickets.service import TicketDesk
from branch.tickets.thread import LONGEST_ANSWER, Part, check

MOST_TOGETHER: Final = 100


class Reached(Struct, frozen=True):
    """Which tickets the answer went to, and which had been taken or answered meanwhile."""

    answered: Sequence[TicketId]
    left_out: Sequence[TicketId]


class AnsweringTogether:
    def __init__(self, begin: Begin, desk: TicketDesk) -> None:
        self._begin = begin
        self._desk = desk

    async def answer(
        self, member: Person, tickets: Sequence[TicketId], parts: Sequence[Part], *, now: datetime
    ) -> Reached:
        """Answer all of them in one step; the first is what the others ask too.

        Raises TextDoesNotFit, NotAllowed.
        """
        check(parts, longest=LONGEST_ANSWER)
        answered: list[TicketId] = []
        left_out: list[TicketId] = []
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            for number in sorted(set(tickets[:MOST_TOGETHER])):
                try:
                    for part in parts:
                        await self._desk.answer_in(
                            work, member, number, numbered(part, part.message_id, number), now
                        )
                except (TicketTaken, TicketOver, TicketGone):
                    left_out.append(number)
                    continue
                answered.append(number)
                if number != tickets[0]:
                    await work.ticket_records.add(
                        by(member, number, Move.GROUPED, now, str(tickets[0]))
                    )
        return Reached(answered, left_out)

    async def join(
        self, member: Person, ticket_id: TicketId, other: TicketId, *, now: datetime
    ) -> None:
        """It was answered with what the other was: they ask the same. Raises NotAllowed."""
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            if ticket_id not in await work.ticket_records.answered_with(other):
                await work.ticket_records.add(by(member, ticket_id, Move.GROUPED, now, str(other)))


def numbered(part: Part, *what: object) -> Part:
    """The part with a number that the same cause gives again, and no message of Telegram's has."""
    code = crc32(":".join(map(str, what)).encode())
    return Part(
        message_id=-1 - code, text=part.text, enclosure=part.enclosure, album=None, chat=None
    )
