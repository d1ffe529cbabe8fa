"""What happens to tickets by the clock: those of who has left go back, the silent ones close."""

from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from branch.people.model import Role
from branch.tickets.changing import by, change, current
from branch.tickets.delivering import asker_of, tell_asker
from branch.tickets.letters import TicketLetters
from branch.tickets.model import ClosedBy, Ticket, TicketId, TicketState
from branch.tickets.ports import Begin
from branch.tickets.records import Move, Sought, Which
from branch.tickets.telling import Telling

SILENCE: Final = timedelta(days=7)
AT_ONCE: Final = 100
DIGEST_FROM: Final = time(9)
DIGEST_UNTIL: Final = time(21)
"""Made up for until then where the program was down at nine."""
DIGEST_SHOWS: Final = 8


class TicketKeeper:
    """Each ticket in a transaction of its own: one that fails keeps no other."""

    def __init__(self, begin: Begin, look: Begin, letters: TicketLetters, telling: Telling) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters
        self._telling = telling

    async def look_after(self, *, now: datetime, zone: tzinfo) -> bool:
        """All of it; nothing more is asked where every ticket is closed. Whether any is open."""
        async with self._look() as work:
            if await work.tickets.all_closed():
                return False
        await self.release_departed(now=now)
        await self.escalate(now=now)
        await self.close_silent(now=now)
        await self.write_digest(now=now, zone=zone)
        return True

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

    async def escalate(self, *, now: datetime) -> int:
        """Say that the promised time is over, once for each ticket; how many there were."""
        late = 0
        while True:
            async with self._begin() as work:
                tickets = await work.tickets.late(now=now, limit=AT_ONCE)
                for ticket in tickets:
                    await work.ticket_records.add(by(None, ticket.id, Move.ESCALATED, now))
                    besides = await asker_of(work, ticket, now=now)
                    await self._telling.late(work, ticket, besides=besides, now=now)
            late += len(tickets)
            if len(tickets) < AT_ONCE:
                return late

    async def write_digest(self, *, now: datetime, zone: tzinfo) -> int:
        """What is overdue, to each secretary, once a day; how many letters were new."""
        here = now.astimezone(zone)
        if not DIGEST_FROM <= here.time() < DIGEST_UNTIL:
            return 0
        async with self._begin() as work:
            sought = Sought(which=Which.OVERDUE, now=now)
            tickets, count = await work.tickets.found(sought, limit=DIGEST_SHOWS, offset=0)
            if not count:
                return 0
            secretaries = await work.people.holding(Role.SECRETARY, now=now)
            return await work.outbox.put(
                self._letters.digest(tickets, count, each, here.date(), now)
                for each in secretaries
                if each.unreachable_since is None
            )

    async def _release(self, ticket_id: TicketId, now: datetime) -> None:
        async with self._begin() as work:
            released = await current(work, ticket_id, now=now)
            if released == await work.tickets.get(ticket_id):
                return
            if not await work.tickets.save(released):
                return
            await work.ticket_records.add(by(None, ticket_id, Move.RELEASED, now))
            besides = await asker_of(work, released, now=now)
            await self._telling.again(work, released, besides=besides, now=now)
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
