"""How a ticket is changed: as it is now, by who may, once, and with a record of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from branch.people.model import Person, PersonId, Role
from branch.tickets.errors import NotAMember, TicketGone, TicketNeverHeldStill
from branch.tickets.model import Ticket, TicketId, TicketState
from branch.tickets.ports import TicketWork
from branch.tickets.records import Event, Move

TRIES: Final = 5


async def change(
    work: TicketWork,
    ticket_id: TicketId,
    move: Callable[[Ticket], Ticket],
    event: Event | None,
    *,
    now: datetime,
) -> tuple[Ticket, bool]:
    """Make the move on the ticket as it is now, and whether it has changed.

    Of two who move it, one sees what the other made of it. What is in the hands of somebody who
    has left is nobody's. Raises TicketGone.
    """
    for _ in range(TRIES):
        ticket = await current(work, ticket_id, now=now)
        moved = move(ticket)
        if moved is ticket:
            return ticket, False
        if await work.tickets.save(moved):
            if event is not None:
                await work.ticket_records.add(event)
            return moved, True
    raise TicketNeverHeldStill


async def current(work: TicketWork, ticket_id: TicketId, *, now: datetime) -> Ticket:
    """The ticket; without who had it, where they answer none any more. Raises TicketGone."""
    ticket = await work.tickets.get(ticket_id)
    if ticket is None:
        raise TicketGone
    if ticket.state is not TicketState.CLAIMED:
        return ticket
    holder = None
    if ticket.member is not None:
        holder = await work.people.by_id(ticket.member, now=now)
    return ticket if _answers(holder) else ticket.released()


async def demand_member(work: TicketWork, member: PersonId, *, now: datetime) -> Person:
    """Who is to have a ticket. Raises NotAMember."""
    present = await work.people.by_id(member, now=now)
    if present is None or not _answers(present):
        raise NotAMember
    return present


def by(
    person: Person | None, ticket_id: TicketId, move: Move, now: datetime, detail: str | None = None
) -> Event:
    """The record of a member's move; nobody's, for who asked and for the clock."""
    return Event(
        ticket=ticket_id, move=move, at=now, by=person.id if person else None, detail=detail
    )


def _answers(person: Person | None) -> bool:
    return person is not None and person.role.covers(Role.MEMBER)
