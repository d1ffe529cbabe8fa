"""Tells members of a ticket: in their group if there is one, who has it, or who may take it."""

from collections.abc import Sequence
from datetime import datetime

from branch.outbox.kinds import LetterKind
from branch.people.model import Person, PersonId, Role
from branch.tickets.letters import Suggested, TicketLetters, about, post_key, task_key
from branch.tickets.model import Ticket, TicketId, TicketState
from branch.tickets.ports import TicketWork
from branch.tickets.readers import Readers
from branch.tickets.thread import Line, album_of, just_asked


class Telling:
    """Within the transaction of whoever calls; `besides` has asked it and is never told."""

    def __init__(self, letters: TicketLetters, readers: Readers) -> None:
        self._letters = letters
        self._readers = readers

    async def new(
        self,
        work: TicketWork,
        ticket: Ticket,
        lines: Sequence[Line],
        *,
        besides: PersonId,
        suggested: Sequence[Suggested] = (),
        now: datetime,
    ) -> int:
        """How many hear of it now; a group counts as one."""
        posted = await self.group(
            work, "new", ticket, lines, concerns=besides, suggested=suggested, now=now
        )
        readers = await self._readers.of(work, ticket, besides=besides, now=now)
        await work.outbox.put(
            self._letters.new(ticket, lines, each, now, concerns=besides, suggested=suggested)
            for each in readers
        )
        return len(readers) + posted

    async def more(
        self,
        work: TicketWork,
        event: str,
        ticket: Ticket,
        lines: Sequence[Line],
        *,
        besides: PersonId,
        now: datetime,
    ) -> None:
        """To who has it in hand, and to the group.

        Where nobody has it, who takes it will read all; but what was done with is told anew.
        """
        told: Sequence[Person] = ()
        if ticket.state is TicketState.CLAIMED and ticket.member is not None:
            holder = await work.people.by_id(ticket.member, now=now)
            told = [holder] if holder else []
        elif event == "reopened":
            told = await self._readers.of(work, ticket, besides=besides, again=True, now=now)
        first = await self._album(work, ticket, lines)
        for each in told:
            key = task_key(event, ticket, each, first)
            if not await self._into_album(work, key, lines, first):
                letter = self._letters.task(event, ticket, each, now, lines=lines, concerns=besides)
                await work.outbox.put([letter])
        if not await self._into_album(work, post_key(event, ticket, first), lines, first):
            await self.group(work, event, ticket, lines, concerns=besides, now=now)

    async def next(
        self, work: TicketWork, ticket: Ticket, *, besides: PersonId | None, now: datetime
    ) -> int:
        """Tell whoever comes after those who know of it; how many that are."""
        readers = await self._readers.next(work, ticket, besides=besides, now=now)
        lines = await work.ticket_thread.of(ticket.id, notes=False)
        await work.outbox.put(
            self._letters.new(ticket, just_asked(lines), each, now, concerns=besides)
            for each in readers
        )
        return len(readers)

    async def again(
        self, work: TicketWork, ticket: Ticket, *, besides: PersonId | None, now: datetime
    ) -> None:
        """Nobody has it any more: to those who may take it, and the group."""
        await self.group(work, "put_back", ticket, now=now)
        for each in await self._readers.of(work, ticket, besides=besides, again=True, now=now):
            await work.outbox.put([self._letters.task("released", ticket, each, now)])

    async def late(
        self, work: TicketWork, ticket: Ticket, *, besides: PersonId | None, now: datetime
    ) -> None:
        """The promised time is over: to who has it, to the secretaries, to the next who may."""
        told = {each.id: each for each in await work.people.holding(Role.SECRETARY, now=now)}
        if ticket.state is TicketState.CLAIMED and ticket.member is not None:
            holder = await work.people.by_id(ticket.member, now=now)
            told |= {holder.id: holder} if holder else {}
        else:
            await self.next(work, ticket, besides=besides, now=now)
        for each in told.values():
            if each.id != besides:
                await work.outbox.put([self._letters.task("overdue", ticket, each, now)])

    async def group(
        self,
        work: TicketWork,
        event: str,
        ticket: Ticket,
        lines: Sequence[Line] = (),
        *,
        by: Person | None = None,
        concerns: PersonId | None = None,
        suggested: Sequence[Suggested] = (),
        now: datetime,
    ) -> bool:
        """Post it into the members' group; whether there is one that we can reach."""
        chat = await work.chats.desk()
        if chat is None:
            return False
        post = self._letters.post(
            event, ticket, chat, now, lines=lines, by=by, concerns=concerns, suggested=suggested
        )
        await work.outbox.put([post])
        return chat.lost_at is None

    async def call_back(self, work: TicketWork, ticket_id: TicketId, *, now: datetime) -> None:
        """Whoever has not read of it yet need not."""
        for kind in (LetterKind.TICKET_NEW, LetterKind.TICKET_TASK):
            await work.outbox.cancel(kind, now=now, about_prefix=about(ticket_id))

    async def _album(self, work: TicketWork, ticket: Ticket, lines: Sequence[Line]) -> Line | None:
        """The first line of what is said now, or of the album that it goes on with."""
        if not lines:
            return None
        if lines[0].album is None:
            return lines[0]
        return album_of(await work.ticket_thread.of(ticket.id, notes=False), lines[0])

    async def _into_album(
        self, work: TicketWork, key: str, lines: Sequence[Line], first: Line | None
    ) -> bool:
        """Whether what is said are further photos of an album whose letter has not set out."""
        goes_on = first is not None and bool(lines) and first.id != lines[0].id
        if not goes_on or any(line.text for line in lines):
            return False
        enclosures = [line.enclosure for line in lines if line.enclosure]
        return all([await work.outbox.enclose(key, each) for each in enclosures])
