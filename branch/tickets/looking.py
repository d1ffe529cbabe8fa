"""What members see of tickets: one with all that was said, lists, what is sought."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from branch.outbox.ports import Standing
from branch.people.model import Person, Role
from branch.people.permission import demand
from branch.tickets.changing import current
from branch.tickets.letters import answer_key
from branch.tickets.model import Ticket, TicketId
from branch.tickets.ports import Begin
from branch.tickets.records import Event, Sought
from branch.tickets.thread import Line, LineId, Side, album_of
from texts.telegram_html import shown

SHOWN: Final = 8
EARLIER: Final = 5


class Seen(Struct, frozen=True):
    """A ticket as a member sees it: all that was said, and what became of each answer."""

    ticket: Ticket
    lines: Sequence[Line]
    standings: Mapping[LineId, Standing]


class TicketShelf:
    """Reads, and changes nothing."""

    def __init__(self, look: Begin) -> None:
        self._look = look

    async def show(self, member: Person, ticket_id: TicketId, *, now: datetime) -> Seen:
        """All that was said, with notes, and what became of the answers.

        Raises NotAllowed, TicketGone.
        """
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            ticket = await current(work, ticket_id, now=now)
            lines = await work.ticket_thread.of(ticket_id, notes=True)
            answers = [line for line in lines if line.side is Side.MEMBER]
            found = await work.outbox.standings([answer_key(line) for line in answers])
            standings = {
                line.id: found.get(answer_key(line)) or found.get(answer_key(album_of(lines, line)))
                for line in answers
            }
            return Seen(ticket, lines, {line: each for line, each in standings.items() if each})

    async def history(
        self, member: Person, ticket_id: TicketId, *, now: datetime
    ) -> Sequence[Event]:
        """Its moves, in order. Raises NotAllowed."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            return await work.ticket_records.of(ticket_id)

    async def found(
        self, member: Person, sought: Sought, *, page: int = 0, now: datetime
    ) -> tuple[Sequence[Ticket], int]:
        """A page of what is sought, and how many there are in all. Raises NotAllowed."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            at = replace(sought, now=now)
            return await work.tickets.found(at, limit=SHOWN, offset=page * SHOWN)

    async def count(self, member: Person, sought: Sought, *, now: datetime) -> int:
        """How many there are of what is sought. Raises NotAllowed."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            return await work.tickets.count(replace(sought, now=now))

    async def standing(
        self, member: Person, ticket_id: TicketId, line_id: LineId, *, now: datetime
    ) -> Standing | None:
        """What has become of an answer so far; None before it is on its way.

        Raises NotAllowed, TicketGone.
        """
        seen = await self.show(member, ticket_id, now=now)
        return seen.standings.get(line_id)

    async def asked_in_group(
        self, member: Person, ticket_id: TicketId, *, now: datetime
    ) -> list[str]:
        """What was asked in it and in those answered together with it, as plain text.

        Raises NotAllowed.
        """
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            numbers = [ticket_id, *await work.ticket_records.answered_with(ticket_id)]
            lines = [
                line
                for number in numbers
                for line in await work.ticket_thread.of(number, notes=False)
                if line.side is Side.ASKER
            ]
            return [words for line in lines if (words := shown(line.text).strip())]

    async def colleagues(self, member: Person, *, now: datetime) -> Sequence[Person]:
        """The others who answer. Raises NotAllowed."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            members = await work.people.holding(Role.MEMBER, now=now)
            return [each for each in members if each.id != member.id]

    async def earlier(
        self, member: Person, ticket_id: TicketId, *, now: datetime
    ) -> Sequence[Ticket]:
        """What the same person has asked before by name; of who asks anonymously, nothing.

        Raises NotAllowed, TicketGone.
        """
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            ticket = await current(work, ticket_id, now=now)
            return [] if ticket.anonymous else await work.tickets.before(ticket, limit=EARLIER)
