"""The ticket desk: what members do with what students ask."""

from collections.abc import Sequence
from datetime import datetime

from branch.people.model import Person, PersonId, Role
from branch.people.permission import demand
from branch.tickets.answered import Answered
from branch.tickets.asking import Promise, within_a_day
from branch.tickets.changing import by, change, current, demand_member
from branch.tickets.delivering import can_be_reached, join_album, tell_asker
from branch.tickets.errors import TicketGone, TicketOver
from branch.tickets.letters import TicketLetters, answer_key
from branch.tickets.model import ClosedBy, Subject, Ticket, TicketId
from branch.tickets.ports import Begin, TicketWork
from branch.tickets.records import Event, Move
from branch.tickets.telling import Telling
from branch.tickets.thread import (
    LONGEST_ANSWER,
    Line,
    LineId,
    Part,
    Side,
    album_of,
    check,
    just_asked,
)


class TicketDesk:
    """Every change a member makes, each in one transaction with its letters."""

    def __init__(
        self,
        begin: Begin,
        letters: TicketLetters,
        telling: Telling,
        *,
        promise: Promise = within_a_day,
    ) -> None:
        self._begin = begin
        self._letters = letters
        self._telling = telling
        self._promise = promise

    async def take(self, member: Person, ticket_id: TicketId, *, now: datetime) -> Ticket:
        """Have it in hand, so that nobody else answers it.

        Raises NotAllowed, TicketGone, TicketTaken, TicketOver.
        """
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            taken, changed = await change(
                work,
                ticket_id,
                lambda ticket: ticket.claimed_by(member.id, now=now),
                by(member, ticket_id, Move.CLAIMED, now),
                now=now,
            )
            await self._telling.call_back(work, ticket_id, now=now)
            if changed:
                await self._tell(work, "claimed", taken, member, now)
            return taken

    async def put_back(self, member: Person, ticket_id: TicketId, *, now: datetime) -> Ticket:
        """Let others take it. Raises NotAllowed, TicketGone."""
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            ticket, changed = await change(
                work,
                ticket_id,
                lambda ticket: ticket.put_back_by(member.id),
                by(member, ticket_id, Move.PUT_BACK, now),
                now=now,
            )
            if changed:
                await self._tell(work, "put_back", ticket, member, now)
            return ticket

    async def transfer(
        self, member: Person, ticket_id: TicketId, to: PersonId, *, now: datetime
    ) -> Ticket:
        """Into another member's hands, who is told.

        Raises NotAllowed, NotAMember, TicketGone, TicketTaken, TicketOver.
        """
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            other = await demand_member(work, to, now=now)
            move = Event(ticket=ticket_id, move=Move.TRANSFERRED, at=now, by=member.id, to=to)
            ticket, changed = await change(
                work,
                ticket_id,
                lambda ticket: ticket.transferred_by(member.id, to, now=now),
                move,
                now=now,
            )
            if changed:
                await self._telling.call_back(work, ticket_id, now=now)
                lines = await work.ticket_thread.of(ticket_id, notes=False)
                asked = [line for line in lines if line.side is Side.ASKER]
                await work.outbox.put(
                    [self._letters.task("yours", ticket, other, now, lines=asked)]
                )
            return ticket

    async def answer(
        self, member: Person, ticket_id: TicketId, part: Part, *, now: datetime
    ) -> Answered:
        """Send it to who asked. The same message a second time changes nothing.

        Raises TextDoesNotFit, NotAllowed, TicketGone, TicketTaken, TicketOver.
        """
        check([part], longest=LONGEST_ANSWER)
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            line = await self.answer_in(work, member, ticket_id, part, now)
            ticket = await current(work, ticket_id, now=now)
            lines = await work.ticket_thread.of(ticket_id, notes=False)
            return Answered(
                ticket,
                line,
                await can_be_reached(work, ticket, now=now),
                joined=album_of(lines, line).id != line.id,
            )

    async def answer_in(
        self, work: TicketWork, member: Person, ticket_id: TicketId, part: Part, now: datetime
    ) -> Line:
        """The same within a transaction, by somebody known to be a member."""
        line = await work.ticket_thread.written(member.id, part.message_id, chat=part.chat)
        if line is not None and line.ticket != ticket_id:
            raise TicketOver  # this very message has answered another one
        return line or await self._answer(work, member, ticket_id, part, now)

    async def note(self, member: Person, ticket_id: TicketId, part: Part, *, now: datetime) -> Line:
        """Among members only. Raises TextDoesNotFit, NotAllowed, TicketGone."""
        check([part], longest=LONGEST_ANSWER)
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            await current(work, ticket_id, now=now)
            line = await work.ticket_thread.written(member.id, part.message_id, chat=part.chat)
            if line is not None:
                return line
            line = await self._say(work, member, ticket_id, Side.NOTE, part, now)
            await work.ticket_records.add(by(member, ticket_id, Move.NOTED, now))
            return line

    async def snooze(
        self, member: Person, ticket_id: TicketId, *, until: datetime, now: datetime
    ) -> Ticket:
        """Out of the lists until then; who puts it aside is reminded.

        Raises NotAllowed, TicketGone, TicketTaken, TicketOver.
        """
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            ticket, changed = await change(
                work,
                ticket_id,
                lambda ticket: ticket.snoozed_by(member.id, until=until, now=now),
                by(member, ticket_id, Move.SNOOZED, now, until.isoformat()),
                now=now,
            )
            if changed:
                await work.outbox.put(
                    [self._letters.task("awake", ticket, member, now, due_at=until)]
                )
            return ticket

    async def close(self, member: Person, ticket_id: TicketId, *, now: datetime) -> Ticket:
        """There will be no answer, or no further one. Raises NotAllowed, TicketGone."""
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            before = await current(work, ticket_id, now=now)
            ticket, changed = await change(
                work,
                ticket_id,
                lambda each: each.closed(ClosedBy.MEMBER, now=now),
                by(member, ticket_id, Move.CLOSED, now, ClosedBy.MEMBER),
                now=now,
            )
            await self._telling.call_back(work, ticket_id, now=now)
            if changed:
                await self._telling.group(work, "closed", ticket, by=member, now=now)
            if changed and before.waits:
                await tell_asker(
                    work, ticket, lambda asker: self._letters.closed(ticket, asker, now), now=now
                )
            return ticket

    async def reopen(self, member: Person, ticket_id: TicketId, *, now: datetime) -> Ticket:
        """Into their own hands. Raises NotAllowed, TicketGone."""
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            promised = self._promise(now, False)
            ticket, changed = await change(
                work,
                ticket_id,
                lambda each: each.reopened(now=now, promised_at=promised, by=member.id),
                by(member, ticket_id, Move.REOPENED, now),
                now=now,
            )
            if changed:
                await self._tell(work, "reopened", ticket, member, now)
            return ticket

    async def mark(
        self,
        member: Person,
        ticket_id: TicketId,
        *,
        urgent: bool | None = None,
        tags: Sequence[str] | None = None,
        subject: Subject | None = None,
        now: datetime,
    ) -> Ticket:
        """Say how urgent it is, and what it is about. Raises NotAllowed, TicketGone."""
        words = None if tags is None else tuple("".join(tag.split()) for tag in tags if tag.strip())
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            ticket, _ = await change(
                work,
                ticket_id,
                lambda each: each.marked(urgent=urgent, tags=words, subject=subject),
                by(member, ticket_id, Move.MARKED, now),
                now=now,
            )
            return ticket

    async def send_again(
        self, member: Person, ticket_id: TicketId, line_id: LineId, *, now: datetime
    ) -> bool:
        """An answer that did not arrive; False where it has, or is on its way.

        Raises NotAllowed, TicketGone.
        """
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            lines = await work.ticket_thread.of(ticket_id, notes=False)
            line = next((each for each in lines if each.id == line_id), None)
            if line is None:
                raise TicketGone
            return await work.outbox.send_again(answer_key(line), now=now)

    async def _answer(
        self, work: TicketWork, member: Person, ticket_id: TicketId, part: Part, now: datetime
    ) -> Line:
        ticket, _ = await change(
            work,
            ticket_id,
            lambda each: each.answered_by(member.id, now=now),
            by(member, ticket_id, Move.ANSWERED, now),
            now=now,
        )
        line = await self._say(work, member, ticket_id, Side.MEMBER, part, now)
        await self._telling.call_back(work, ticket_id, now=now)
        lines = await work.ticket_thread.of(ticket_id, notes=False)
        if await join_album(work, lines, line):
            return line
        if part.chat is None:  # what was written in the group is there already
            await self._telling.group(work, "answered", ticket, [line], by=member, now=now)
        asked = just_asked([each for each in lines if each.id < line.id])
        await tell_asker(
            work,
            ticket,
            lambda asker: self._letters.answer(ticket, line, asked, asker, now),
            now=now,
        )
        return line

    async def _say(
        self,
        work: TicketWork,
        member: Person,
        ticket_id: TicketId,
        side: Side,
        part: Part,
        now: datetime,
    ) -> Line:
        line = await work.ticket_thread.add(ticket_id, side, part, author=member.id, now=now)
        if line is None:
            # the same message came at the same moment in another process, and was first
            line = await work.ticket_thread.written(member.id, part.message_id, chat=part.chat)
        assert line is not None, "written in this transaction, if not before"
        return line

    async def _tell(
        self, work: TicketWork, event: str, ticket: Ticket, member: Person, now: datetime
    ) -> None:
        await self._telling.group(work, event, ticket, by=member, now=now)
        await tell_asker(
            work, ticket, lambda asker: self._letters.state(event, ticket, asker, now), now=now
        )
