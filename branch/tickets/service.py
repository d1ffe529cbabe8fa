"""The ticket desk: what a student asks a person, who takes it, and what comes back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from branch.outbox.model import LetterKind
from branch.people.errors import NotAllowed
from branch.people.model import Person, Role
from branch.tickets.errors import (
    TextDoesNotFit,
    TicketGone,
    TicketNeverHeldStill,
    TooManyToday,
    TooManyWaiting,
)
from branch.tickets.letters import TicketLetters, about
from branch.tickets.model import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    Ticket,
    TicketId,
    TicketState,
    fits,
)
from branch.tickets.ports import Begin, TicketWork

MOST_WAITING: Final = 5
MOST_A_DAY: Final = 10
SHOWN: Final = 8
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """The ticket, and how many members will read of it now."""

    ticket: Ticket
    readers: int


class TicketDesk:
    """Every change to a ticket, each in one transaction with its letters."""

    def __init__(self, begin: Begin, look: Begin, letters: TicketLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def open(self, asker: Person, question: str, *, message_id: int, now: datetime) -> Opened:
        """Give the question a number and tell the members; the same message opens one ticket.

        Raises TextDoesNotFit, TooManyWaiting, TooManyToday, NotAllowed for who has left.
        """
        if not fits(question, LONGEST_QUESTION):
            raise TextDoesNotFit
        async with self._begin() as work:
            if await work.people.by_id(asker.id, now=now) is None:
                raise NotAllowed
            if await work.tickets.by_message(asker.id, message_id) is None:
                await self._guard(work, asker, now)
            ticket, _ = await work.tickets.add(
                asker.id, message_id=message_id, question=question, now=now
            )
            members = await work.people.holding(Role.MEMBER, now=now)
            readers = [
                each for each in members if each.id != asker.id and each.unreachable_since is None
            ]
            await work.outbox.put(self._letters.new(ticket, asker, each, now) for each in readers)
            return Opened(ticket, len(readers))

    async def take(self, member: Person, ticket_id: TicketId, *, now: datetime) -> Ticket:
        """Have it in hand, so that nobody else answers it.

        Raises NotAllowed, TicketGone, TicketTaken, TicketOver.
        """
        async with self._begin() as work:
            await _demand_member(work, member, now)
            taken = await self._change(
                work, ticket_id, lambda ticket: ticket.claimed_by(member.id, now=now)
            )
            # whoever has not read of it yet need not
            await work.outbox.cancel(LetterKind.TICKET_NEW, now=now, about_prefix=about(ticket_id))
            return taken

    async def put_back(self, member: Person, ticket_id: TicketId, *, now: datetime) -> None:
        """Let others take it. Raises NotAllowed, TicketGone."""
        async with self._begin() as work:
            await _demand_member(work, member, now)
            await self._change(work, ticket_id, lambda ticket: ticket.put_back_by(member.id))

    async def answer(
        self, member: Person, ticket_id: TicketId, answer: str, *, now: datetime
    ) -> Ticket:
        """Send the answer to who asked. The same answer a second time changes nothing.

        Raises TextDoesNotFit, NotAllowed, TicketGone, TicketTaken, TicketOver.
        """
        if not fits(answer, LONGEST_ANSWER):
            raise TextDoesNotFit
        async with self._begin() as work:
            await _demand_member(work, member, now)

            def answered(ticket: Ticket) -> Ticket:
                if (ticket.state, ticket.answer) == (TicketState.ANSWERED, answer):
                    return ticket
                return ticket.answered_by(member.id, answer, now=now)

            ticket = await self._change(work, ticket_id, answered)
            asker = await work.people.by_id(ticket.asker, now=now)
            assert asker is not None, "a ticket goes with who asked"
            await work.outbox.put([self._letters.answer(ticket, asker, now)])
            return ticket

    async def close(self, person: Person, ticket_id: TicketId, *, now: datetime) -> Ticket:
        """Who asked needs no answer any more; or a member says that there will be none.

        Raises TicketGone where it is neither theirs nor a member's to close.
        """
        async with self._begin() as work:
            ticket = await self._visible(work, person, ticket_id, now)
            waited = ticket.waits
            ticket = await self._change(work, ticket_id, lambda each: each.closed(now=now))
            await work.outbox.cancel(LetterKind.TICKET_NEW, now=now, about_prefix=about(ticket_id))
            asker = await work.people.by_id(ticket.asker, now=now)
            if waited and asker is not None and asker.id != person.id:
                await work.outbox.put([self._letters.closed(ticket, asker, now)])
            return ticket

    async def show(self, person: Person, ticket_id: TicketId, *, now: datetime) -> Ticket:
        """Raises TicketGone where it is neither theirs nor they a member."""
        async with self._look() as work:
            return await self._visible(work, person, ticket_id, now)

    async def mine(self, person: Person) -> Sequence[Ticket]:
        async with self._look() as work:
            return await work.tickets.of(person.id, limit=SHOWN)

    async def waiting(
        self, member: Person, *, page: int, now: datetime
    ) -> tuple[Sequence[Ticket], int]:
        """A page of those without an answer, and how many there are. Raises NotAllowed."""
        async with self._look() as work:
            await _demand_member(work, member, now)
            return await work.tickets.waiting(limit=SHOWN, offset=page * SHOWN)

    async def _guard(self, work: TicketWork, asker: Person, now: datetime) -> None:
        if await work.tickets.count_waiting(asker.id) >= MOST_WAITING:
            raise TooManyWaiting
        if await work.tickets.count_since(asker.id, since=now - timedelta(days=1)) >= MOST_A_DAY:
            raise TooManyToday

    async def _visible(
        self, work: TicketWork, person: Person, ticket_id: TicketId, now: datetime
    ) -> Ticket:
        ticket = await work.tickets.get(ticket_id)
        present = await work.people.by_id(person.id, now=now)
        if ticket is None or present is None:
            raise TicketGone
        if ticket.asker != person.id and not present.role.covers(Role.MEMBER):
            raise TicketGone
        return ticket

    async def _change(
        self, work: TicketWork, ticket_id: TicketId, move: Callable[[Ticket], Ticket]
    ) -> Ticket:
        """Make the move on the ticket as it is now; of two who move it, one sees the other's."""
        for _ in range(TRIES):
            ticket = await work.tickets.get(ticket_id)
            if ticket is None:
                raise TicketGone
            moved = move(ticket)
            if moved is ticket or await work.tickets.save(moved):
                return moved
        raise TicketNeverHeldStill


async def _demand_member(work: TicketWork, person: Person, now: datetime) -> None:
    # read again here: a button, or a term, may be older than the role's end
    present = await work.people.by_id(person.id, now=now)
    if present is None or not present.role.covers(Role.MEMBER):
        raise NotAllowed
