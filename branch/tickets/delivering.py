"""Brings letters to who asked. Nobody else in the branch learns who is behind a pseudonym."""

from collections.abc import Callable, Sequence
from datetime import datetime

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter
from branch.people.model import Person, PersonId
from branch.tickets.letters import about, answer_key
from branch.tickets.model import Ticket
from branch.tickets.ports import TicketWork
from branch.tickets.thread import Line, album_of


async def tell_asker(
    work: TicketWork, ticket: Ticket, write: Callable[[Person], Letter], *, now: datetime
) -> bool:
    """Put the letter that `write` makes for who asked on its way; whether there is anybody.

    What they were told of the ticket's standing and has not gone out yet is called back.
    """
    asker = await _asker(work, ticket, now)
    if asker is None:
        return False
    await work.outbox.cancel(LetterKind.TICKET_STATE, now=now, about_prefix=about(ticket.id))
    await work.outbox.put([write(asker)])
    return True


async def can_be_reached(work: TicketWork, ticket: Ticket, *, now: datetime) -> bool:
    """Whether letters reach who asked; not who it is."""
    asker = await _asker(work, ticket, now)
    return asker is not None and asker.unreachable_since is None


async def asker_of(work: TicketWork, ticket: Ticket, *, now: datetime) -> PersonId | None:
    """Whom letters about it must pass by; for nothing else."""
    asker = await _asker(work, ticket, now)
    return asker.id if asker else None


async def join_album(work: TicketWork, lines: Sequence[Line], line: Line) -> bool:
    """Whether it goes with the letter of its album's first photo, which has not set out."""
    first = album_of(lines, line)
    if line.enclosure is None or line.text or first.id == line.id:
        return False
    return await work.outbox.enclose(answer_key(first), line.enclosure)


async def _asker(work: TicketWork, ticket: Ticket, now: datetime) -> Person | None:
    if ticket.asker is not None:
        return await work.people.by_id(ticket.asker, now=now)
    if ticket.pseudonym is not None:
        return await work.ticket_identities.behind(ticket.pseudonym, now=now)
    return None
