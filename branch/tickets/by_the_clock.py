"""What happens to tickets by the clock: those of who has left go back, the silent ones close."""

from datetime import datetime, timedelta
from typing import Final

from branch.tickets.changing import by, change, current
from branch.tickets.delivering import tell_asker
from branch.tickets.letters import TicketLetters
from branch.tickets.model import ClosedBy, Ticket, TicketId, TicketState
from branch.tickets.ports import Begin
from branch.tickets.records import Move
from branch.tickets.telling import Telling

SILENCE: Final = timedelta(days=7)
AT_ONCE: Final = 100


class TicketKeeper:
    """Each ticket in a transaction of its own: one that fails keeps no other."""

    def __init__(self, begin: Begin, look: Begin, letters: TicketLetters, telling: Telling) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters
        self._telling = telling

    async def release_departed(self, *, now: datetime) -> int:
        """Put back what is in the hands of somebody who answers no more; how many."""
        async with self._look() as work:
            held = await work.tickets.held_by_others_than_members(now=now)
        for ticket in held:
            await self._release(ticket.id, now)
        return len(held)

    async def close_silent(self, *, now: datetime) -> int:
        """Close what was answered a while ago and nobody came back to; how many."""
        closed = 0
        while True:
            async with self._look() as work:
                silent = await work.tickets.silent_since(now - SILENCE, limit=AT_ONCE)
            if not silent:
                return closed
            for ticket in silent:
                await self._close(ticket.id, now)
            closed += len(silent)

    async def _release(self, ticket_id: TicketId, now: datetime) -> None:
        async with self._begin() as work:
            released = await current(work, ticket_id, now=now)
            if released == await work.tickets.get(ticket_id):
                return
            if not await work.tickets.save(released):
                return
            await work.ticket_records.add(by(None, ticket_id, Move.RELEASED, now))
            await self._telling.group(work, "put_back", released, now=now)
            await tell_asker(
                work,
                released,
                lambda asker: self._letters.state("put_back", released, asker, now),
                now=now,
            )

    async def _close(self, ticket_id: TicketId, now: datetime) -> None:
        def silent(ticket: Ticket) -> Ticket:
            answered = ticket.state is TicketState.ANSWERED and ticket.answered_at is not None
            if not answered or ticket.answered_at > now - SILENCE:  # type: ignore[operator]  # checked the line before
                return ticket
            return ticket.closed(ClosedBy.SILENCE, now=now)

        async with self._begin() as work:
            move = by(None, ticket_id, Move.CLOSED, now, ClosedBy.SILENCE)
            ticket, changed = await change(work, ticket_id, silent, move, now=now)
            if changed:
                await tell_asker(
                    work,
                    ticket,
                    lambda asker: self._letters.state("silent", ticket, asker, now),
                    now=now,
                )
