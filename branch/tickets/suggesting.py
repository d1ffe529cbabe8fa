"""What members may answer with: what was asked before and answered, what is asked besides."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from branch.people.model import Person, Role
from branch.people.permission import demand
from branch.tickets.changing import current
from branch.tickets.errors import TicketGone
from branch.tickets.model import Gist, Ticket, TicketId
from branch.tickets.ports import Begin
from branch.tickets.thread import Line, Part, Side, joined
from texts.telegram_html import shown

REMEMBERED: Final = 2000
"""So many answered questions are looked through, the newest."""
MOST_WAITING: Final = 100


class Suggesting:
    """Reads, and changes nothing. What is near is for the edge to say: it knows the search."""

    def __init__(self, look: Begin) -> None:
        self._look = look

    async def answered(self, *, besides: TicketId | None = None) -> Sequence[Gist]:
        """Questions that members have answered, the newest first; for members' eyes."""
        async with self._look() as work:
            found = await work.tickets.answered(limit=REMEMBERED)
            return [each for each in found if each.ticket != besides]

    async def waiting(self, *, besides: TicketId) -> Sequence[Gist]:
        """Questions that wait, the oldest first; for members' eyes."""
        async with self._look() as work:
            found = await work.tickets.waiting(limit=MOST_WAITING)
            return [each for each in found if each.ticket != besides]

    async def question(
        self, member: Person, ticket_id: TicketId, *, now: datetime
    ) -> tuple[Ticket, str]:
        """The ticket, and what it asks as plain text. Raises NotAllowed, TicketGone."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            ticket = await current(work, ticket_id, now=now)
            lines = await work.ticket_thread.of(ticket_id, notes=False)
            asked = [line.text for line in lines if line.side is Side.ASKER]
            return ticket, shown(joined(asked)) or ticket.gist

    async def answer(self, member: Person, ticket_id: TicketId, *, now: datetime) -> Sequence[Part]:
        """The answer to what a ticket opens with, to be sent elsewhere: its text, then its files.

        The parts have no numbers yet. Raises NotAllowed, TicketGone.
        """
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            lines = await work.ticket_thread.of(ticket_id, notes=False)
        said = first_answer(lines)
        if not said:
            raise TicketGone
        text = "\n\n".join(line.text for line in said if line.text)
        files = [Part(message_id=0, enclosure=line.enclosure) for line in said if line.enclosure]
        return [Part(message_id=0, text=text), *files] if text else files


def first_answer(lines: Sequence[Line]) -> Sequence[Line]:
    """What members said to what the ticket opens with, before who asked spoke again."""
    answer: list[Line] = []
    for line in lines:
        if line.side is Side.MEMBER:
            answer.append(line)
        elif answer and line.side is Side.ASKER:
            break
    return answer
