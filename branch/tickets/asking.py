"""What a student does with tickets: asks, adds, edits, closes, reopens, judges."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from branch.people.errors import NotAllowed
from branch.people.model import Person
from branch.tickets.changing import by, change
from branch.tickets.errors import TicketGone
from branch.tickets.guarding import guard, guard_opening
from branch.tickets.letters import Suggested
from branch.tickets.model import ClosedBy, Subject, Ticket, TicketId
from branch.tickets.ports import Begin, NewTicket, TicketWork
from branch.tickets.records import Move
from branch.tickets.telling import Telling
from branch.tickets.thread import LONGEST_QUESTION, Line, Part, Side, check, gist_of

SHOWN: Final = 8

Promise = Callable[[datetime, bool], datetime]
"""By when an answer is expected, from when it was asked and whether it is urgent."""


def within_a_day(asked_at: datetime, urgent: bool) -> datetime:  # noqa: ARG001, FBT001 -- a Promise's signature
    return asked_at + timedelta(hours=24)


class Asking(Struct, frozen=True, kw_only=True):
    """A question as it is handed in; `message_id` is of the tap that sends it.

    `suggested` are answers that members may send with one tap.
    """

    parts: Sequence[Part]
    message_id: int
    subject: Subject | None = None
    urgent: bool = False
    anonymous: bool = False
    suggested: Sequence[Suggested] = ()


class Opened(Struct, frozen=True):
    """The ticket, and how many members will read of it now."""

    ticket: Ticket
    readers: int


class QuestionBox:
    """Every deed of who asks, each in one transaction with its letters."""

    def __init__(
        self,
        begin: Begin,
        look: Begin,
        telling: Telling,
        *,
        promise: Promise = within_a_day,
    ) -> None:
        self._begin = begin
        self._look = look
        self._telling = telling
        self._promise = promise

    async def open(self, asker: Person, asking: Asking, *, now: datetime) -> Opened:
        """Give the question a number and tell the members; the same tap opens one ticket.

        Raises TextDoesNotFit, TooManyWaiting, TooManyToday, TooManyThisHour, Muted; NotAllowed
        for who has left.
        """
        check(asking.parts, longest=LONGEST_QUESTION)
        async with self._begin() as work:
            present = await self._present(work, asker, now)
            ticket = await work.tickets.by_message(asker.id, asking.message_id)
            if ticket is None:
                await guard_opening(work, asker.id, anonymous=asking.anonymous, now=now)
                ticket = await self._add(work, present, asking, now)
            lines = await work.ticket_thread.of(ticket.id, notes=False)
            readers = await self._telling.new(
                work, ticket, lines, besides=asker.id, suggested=asking.suggested, now=now
            )
            return Opened(ticket, readers)

    async def add(
        self, asker: Person, ticket_id: TicketId, parts: Sequence[Part], *, now: datetime
    ) -> Ticket:
        """Say more; what was done waits anew. The same message a second time changes nothing.

        Raises TextDoesNotFit, TooManyThisHour, Muted, TicketGone.
        """
        check(parts, longest=LONGEST_QUESTION)
        async with self._begin() as work:
            ticket = await self._theirs(work, asker, ticket_id)
            known = [await work.ticket_thread.asked(asker.id, part.message_id) for part in parts]
            if all(known):
                return ticket
            await guard(work, asker.id, anonymous=ticket.anonymous, now=now)
            lines = await _say(work, ticket_id, parts, now)
            if not lines:  # another process was faster
                return ticket
            promised = self._promise(now, ticket.urgent)
            ticket, _ = await change(
                work,
                ticket_id,
                lambda each: each.added_to(now=now, promised_at=promised),
                None,
                now=now,
            )
            await work.ticket_records.add(by(None, ticket_id, Move.ADDED, now))
            await self._telling.more(work, "added", ticket, lines, besides=asker.id, now=now)
            return ticket

    async def edit(
        self, asker: Person, message_id: int, text: str, *, edited_at: datetime, now: datetime
    ) -> Ticket | None:
        """Follow an edit of a message; None where it is no ticket's, or was answered before.

        Raises TextDoesNotFit.
        """
        check([Part(message_id=message_id, text=text)], longest=LONGEST_QUESTION)
        async with self._begin() as work:
            line = await work.ticket_thread.asked(asker.id, message_id)
            ticket = None if line is None else await work.tickets.get(line.ticket)
            if line is None or ticket is None or not ticket.waits:
                return None
            if line.text == text or not await work.ticket_thread.edit(line, text, at=edited_at):
                return ticket
            lines = await work.ticket_thread.of(ticket.id, notes=False)
            opening = [each for each in lines if each.at == ticket.asked_at]
            await work.tickets.say_again(ticket.id, gist_of(opening))
            await work.ticket_records.add(by(None, ticket.id, Move.EDITED, now))
            edited = [each for each in lines if each.id == line.id]
            await self._telling.more(work, "edited", ticket, edited, besides=asker.id, now=now)
            return await work.tickets.get(ticket.id)

    async def close(self, asker: Person, ticket_id: TicketId, *, now: datetime) -> Ticket:
        """No answer is needed any more. Raises TicketGone."""
        async with self._begin() as work:
            await self._theirs(work, asker, ticket_id)
            ticket, changed = await change(
                work,
                ticket_id,
                lambda each: each.closed(ClosedBy.ASKER, now=now),
                by(None, ticket_id, Move.CLOSED, now, ClosedBy.ASKER),
                now=now,
            )
            if changed:
                await self._telling.call_back(work, ticket_id, now=now)
                await self._telling.group(work, "closed", ticket, concerns=asker.id, now=now)
            return ticket

    async def reopen(self, asker: Person, ticket_id: TicketId, *, now: datetime) -> Ticket:
        """It is not settled after all. Raises TicketGone, Muted."""
        async with self._begin() as work:
            before = await self._theirs(work, asker, ticket_id)
            await guard(work, asker.id, anonymous=before.anonymous, now=now)
            promised = self._promise(now, before.urgent)
            ticket, changed = await change(
                work,
                ticket_id,
                lambda each: each.reopened(now=now, promised_at=promised),
                by(None, ticket_id, Move.REOPENED, now),
                now=now,
            )
            if changed:
                await self._telling.more(work, "reopened", ticket, (), besides=asker.id, now=now)
            return ticket

    async def rate(
        self,
        asker: Person,
        ticket_id: TicketId,
        stars: int,
        *,
        reason: str | None = None,
        now: datetime,
    ) -> Ticket:
        """Judge the answer, 1 to 5; the last word counts. Raises TicketGone, NothingToJudge."""
        async with self._begin() as work:
            await self._theirs(work, asker, ticket_id)
            ticket, _ = await change(
                work,
                ticket_id,
                lambda each: each.rated(stars, reason, now=now),
                by(None, ticket_id, Move.RATED, now, str(stars)),
                now=now,
            )
            return ticket

    async def mine(self, asker: Person, *, page: int = 0) -> tuple[Sequence[Ticket], int]:
        """Theirs, named or not, the newest first, and how many there are."""
        async with self._look() as work:
            return await work.tickets.of(asker.id, limit=SHOWN, offset=page * SHOWN)

    async def show(self, asker: Person, ticket_id: TicketId) -> tuple[Ticket, Sequence[Line]]:
        """A ticket of theirs and what was said in it, without notes. Raises TicketGone."""
        async with self._look() as work:
            ticket = await self._theirs(work, asker, ticket_id)
            return ticket, await work.ticket_thread.of(ticket_id, notes=False)

    async def _add(self, work: TicketWork, asker: Person, asking: Asking, now: datetime) -> Ticket:
        pseudonym = (
            await work.ticket_identities.pseudonym_of(asker.id) if asking.anonymous else None
        )
        new = NewTicket(
            asker=None if asking.anonymous else asker.id,
            pseudonym=pseudonym,
            message_id=asking.message_id,
            gist=gist_of(asking.parts),
            intake=asker.intake,
            subject=asking.subject,
            urgent=asking.urgent,
            promised_at=self._promise(now, asking.urgent),
        )
        ticket, is_new = await work.tickets.add(new, now=now)
        if is_new:
            await _say(work, ticket.id, asking.parts, now)
            await work.ticket_records.add(by(None, ticket.id, Move.OPENED, now))
        return ticket

    async def _present(self, work: TicketWork, asker: Person, now: datetime) -> Person:
        present = await work.people.by_id(asker.id, now=now)
        if present is None:
            raise NotAllowed
        return present

    async def _theirs(self, work: TicketWork, asker: Person, ticket_id: TicketId) -> Ticket:
        ticket = await work.tickets.get(ticket_id)
        if ticket is None or not await work.tickets.is_of(ticket_id, asker.id):
            raise TicketGone
        return ticket


async def _say(
    work: TicketWork, ticket: TicketId, parts: Sequence[Part], now: datetime
) -> Sequence[Line]:
    lines = [
        await work.ticket_thread.add(ticket, Side.ASKER, part, author=None, now=now)
        for part in parts
    ]
    return [line for line in lines if line is not None]
