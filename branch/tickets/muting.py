"""Asks who writes too much, or unkindly, to be quiet for a time; by ticket, never by name."""

from datetime import datetime, timedelta
from typing import Final

from branch.people.model import AuditRecord, Deed, Person, Role
from branch.people.permission import demand
from branch.tickets.changing import current
from branch.tickets.model import Ticket, TicketId
from branch.tickets.ports import Begin

LONGEST: Final = timedelta(days=30)


class Muting:
    """Of an anonymous ticket, the pseudonym is muted: nobody learns whose it is."""

    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def mute(
        self, member: Person, ticket_id: TicketId, *, span: timedelta, reason: str, now: datetime
    ) -> datetime:
        """Until when whoever asked this asks nothing more. Raises NotAllowed, TicketGone."""
        until = now + min(span, LONGEST)
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            ticket = await current(work, ticket_id, now=now)
            await work.ticket_records.mute(
                ticket, by=member.id, until=until, reason=reason, now=now
            )
            await work.audit.add(_record(Deed.ASKER_MUTED, member, ticket, now))
        return until

    async def unmute(self, member: Person, ticket_id: TicketId, *, now: datetime) -> bool:
        """False if they were not muted. Raises NotAllowed, TicketGone."""
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            ticket = await current(work, ticket_id, now=now)
            ended = await work.ticket_records.unmute(ticket, now=now)
            if ended:
                await work.audit.add(_record(Deed.ASKER_UNMUTED, member, ticket, now))
            return ended

    async def muted_until(
        self, member: Person, ticket_id: TicketId, *, now: datetime
    ) -> datetime | None:
        """Raises NotAllowed, TicketGone."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            ticket = await current(work, ticket_id, now=now)
            return await work.ticket_records.ticket_muted_until(ticket, now=now)


def _record(deed: Deed, member: Person, ticket: Ticket, now: datetime) -> AuditRecord:
    return AuditRecord(
        at=now, actor=member.id, deed=deed, about=ticket.asker, details={"ticket": ticket.id}
    )
