"""Says who is behind an anonymous ticket: one asks with a reason, another agrees, all is on record.

For the day when somebody has to be found: a threat, a person in danger. Who asked is told.
"""

from datetime import datetime
from typing import Final

from branch.people.errors import NotAllowed
from branch.people.model import AuditRecord, Deed, Person, Role
from branch.people.permission import demand
from branch.tickets.changing import current
from branch.tickets.delivering import tell_asker
from branch.tickets.errors import RevealNeedsAnother, RevealUnknown, TextDoesNotFit
from branch.tickets.model import TicketId
from branch.tickets.ports import Begin, TicketWork
from branch.tickets.records import Reveal, RevealId
from branch.tickets.unveiling_letters import UnveilingLetters

LONGEST_REASON: Final = 500


class Unveiling:
    """Needs two different people, each secretary or admin."""

    def __init__(self, begin: Begin, look: Begin, letters: UnveilingLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def ask(
        self, by: Person, ticket_id: TicketId, reason: str, *, now: datetime
    ) -> RevealId | None:
        """Ask the others to agree; None where it is asked for already, or has a name anyway.

        Raises NotAllowed, TicketGone, TextDoesNotFit for an empty reason.
        """
        if not 0 < len(reason.strip()) <= LONGEST_REASON:
            raise TextDoesNotFit
        async with self._begin() as work:
            await demand(work, by, Role.SECRETARY, now=now)
            ticket = await current(work, ticket_id, now=now)
            if not ticket.anonymous:
                return None
            asked = await work.ticket_records.ask_reveal(
                ticket_id, by=by.id, reason=reason.strip(), now=now
            )
            if asked is None:
                return None
            reveal = await work.ticket_records.reveal(asked)
            assert reveal is not None, "written in this transaction"
            others = await work.people.holding(Role.SECRETARY, now=now)
            await work.outbox.put(
                self._letters.asked(ticket, reveal, each, now)
                for each in others
                if each.id != by.id
            )
            await work.audit.add(_record(Deed.REVEAL_ASKED, by, ticket_id, now))
            return asked

    async def decide(
        self, by: Person, reveal_id: RevealId, *, agree: bool, now: datetime
    ) -> Reveal:
        """Agree or refuse; who asked the ticket is told where it is agreed to.

        Raises NotAllowed, RevealUnknown, RevealNeedsAnother.
        """
        async with self._begin() as work:
            await demand(work, by, Role.SECRETARY, now=now)
            reveal = await work.ticket_records.reveal(reveal_id)
            if reveal is None or reveal.decided_at is not None:
                raise RevealUnknown
            if reveal.asked_by is None or reveal.asked_by == by.id:
                raise RevealNeedsAnother
            if not await work.ticket_records.decide_reveal(
                reveal_id, by=by.id, granted=agree, now=now
            ):
                raise RevealUnknown
            decided = await work.ticket_records.reveal(reveal_id)
            assert decided is not None, "written in this transaction"
            deed = Deed.REVEALED if agree else Deed.REVEAL_REFUSED
            await work.audit.add(_record(deed, by, reveal.ticket, now))
            await self._tell(work, decided, now)
            return decided

    async def who(self, by: Person, reveal_id: RevealId, *, now: datetime) -> Person:
        """Who it is, for the two who agreed. Raises NotAllowed, RevealUnknown."""
        async with self._look() as work:
            await demand(work, by, Role.SECRETARY, now=now)
            reveal = await work.ticket_records.reveal(reveal_id)
            if reveal is None or not reveal.granted:
                raise RevealUnknown
            if by.id not in (reveal.asked_by, reveal.decided_by):
                raise NotAllowed
            ticket = await work.tickets.get(reveal.ticket)
            if ticket is None or ticket.pseudonym is None:
                raise RevealUnknown
            behind = await work.ticket_identities.behind(ticket.pseudonym, now=now)
            if behind is None:
                raise RevealUnknown
            return behind

    async def _tell(self, work: TicketWork, reveal: Reveal, now: datetime) -> None:
        ticket = await current(work, reveal.ticket, now=now)
        assert reveal.asked_by is not None, "nobody decides what nobody asked"
        asker = await work.people.by_id(reveal.asked_by, now=now)
        if asker is not None:
            await work.outbox.put([self._letters.decided(ticket, reveal, asker, now)])
        if reveal.granted:
            await tell_asker(
                work,
                ticket,
                lambda person: self._letters.revealed(ticket, reveal, person, now),
                now=now,
            )


def _record(deed: Deed, by: Person, ticket_id: TicketId, now: datetime) -> AuditRecord:
    return AuditRecord(at=now, actor=by.id, deed=deed, details={"ticket": ticket_id})
