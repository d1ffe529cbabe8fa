"""The rows beside tickets: their moves, who is to be quiet, who asked for a name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import PersonId
from branch.tickets.model import Ticket, TicketId
from branch.tickets.records import Event, Move, Reveal, RevealId
from storage.dialects import insert_into
from storage.tables import PEOPLE
from storage.ticket_tables import (
    TICKET_EVENTS,
    TICKET_IDENTITIES,
    TICKET_MUTES,
    TICKET_REVEALS,
)

GRANTED, REFUSED = "granted", "refused"


class SqlTicketRecords:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, event: Event) -> None:
        await self._connection.execute(
            insert(TICKET_EVENTS).values(
                ticket_id=event.ticket,
                at=event.at,
                move=event.move,
                by_id=event.by,
                to_id=event.to,
                detail=event.detail,
            )
        )

    async def of(self, ticket: TicketId) -> Sequence[Event]:
        rows = await self._connection.execute(
            select(TICKET_EVENTS, PEOPLE.c.name)
            .join(PEOPLE, PEOPLE.c.id == TICKET_EVENTS.c.by_id, isouter=True)
            .where(TICKET_EVENTS.c.ticket_id == ticket)
            .order_by(TICKET_EVENTS.c.id)
        )
        return [
            Event(
                ticket=ticket,
                move=Move(row.move),
                at=row.at,
                by=_person(row.by_id),
                by_name=row.name,
                to=_person(row.to_id),
                detail=row.detail,
            )
            for row in rows
        ]

    async def answered_with(self, ticket: TicketId) -> Sequence[TicketId]:
        found = await self._connection.scalars(
            select(TICKET_EVENTS.c.ticket_id)
            .where(TICKET_EVENTS.c.move == Move.GROUPED, TICKET_EVENTS.c.detail == str(ticket))
            .order_by(TICKET_EVENTS.c.id)
        )
        return [TicketId(number) for number in found]

    async def mute(
        self, ticket: Ticket, *, by: PersonId, until: datetime, reason: str, now: datetime
    ) -> None:
        await self._connection.execute(
            insert(TICKET_MUTES).values(
                person_id=ticket.asker,
                pseudonym=ticket.pseudonym,
                by_id=by,
                at=now,
                until=until,
                reason=reason,
            )
        )

    async def unmute(self, ticket: Ticket, *, now: datetime) -> bool:
        ended = await self._connection.execute(
            update(TICKET_MUTES).where(_whose(ticket), TICKET_MUTES.c.until > now).values(until=now)
        )
        return ended.rowcount > 0

    async def muted_until(
        self, person: PersonId, *, anonymous: bool, now: datetime
    ) -> datetime | None:
        whose = TICKET_MUTES.c.person_id == person
        if anonymous:
            theirs = select(TICKET_IDENTITIES.c.pseudonym).where(
                TICKET_IDENTITIES.c.person_id == person
            )
            whose = or_(whose, TICKET_MUTES.c.pseudonym == theirs.scalar_subquery())
        return await self._latest_end(whose, now)

    async def ticket_muted_until(self, ticket: Ticket, *, now: datetime) -> datetime | None:
        return await self._latest_end(_whose(ticket), now)

    async def ask_reveal(
        self, ticket: TicketId, *, by: PersonId, reason: str, now: datetime
    ) -> RevealId | None:
        asked = await self._connection.execute(
            insert_into(self._connection, TICKET_REVEALS)
            .values(ticket_id=ticket, reason=reason, asked_by=by, asked_at=now)
            .on_conflict_do_nothing()
            .returning(TICKET_REVEALS.c.id)
        )
        number = asked.scalar_one_or_none()
        return None if number is None else RevealId(number)

    async def reveal(self, reveal: RevealId) -> Reveal | None:
        asker = PEOPLE.alias()
        found = await self._connection.execute(
            select(TICKET_REVEALS, asker.c.name)
            .join(asker, asker.c.id == TICKET_REVEALS.c.asked_by, isouter=True)
            .where(TICKET_REVEALS.c.id == reveal)
        )
        row = found.one_or_none()
        if row is None:
            return None
        return Reveal(
            id=reveal,
            ticket=TicketId(row.ticket_id),
            reason=row.reason,
            asked_by=_person(row.asked_by),
            asked_by_name=row.name,
            asked_at=row.asked_at,
            decided_by=_person(row.decided_by),
            decided_at=row.decided_at,
            granted=row.verdict == GRANTED,
        )

    async def decide_reveal(
        self, reveal: RevealId, *, by: PersonId, granted: bool, now: datetime
    ) -> bool:
        decided = await self._connection.execute(
            update(TICKET_REVEALS)
            .where(TICKET_REVEALS.c.id == reveal, TICKET_REVEALS.c.decided_at.is_(None))
            .values(decided_by=by, decided_at=now, verdict=GRANTED if granted else REFUSED)
        )
        return decided.rowcount == 1

    async def _latest_end(self, whose: ColumnElement[bool], now: datetime) -> datetime | None:
        query = select(func.max(TICKET_MUTES.c.until)).where(whose, TICKET_MUTES.c.until > now)
        until: datetime | None = await self._connection.scalar(query)
        return until


def _whose(ticket: Ticket) -> ColumnElement[bool]:
    if ticket.asker is None:
        return TICKET_MUTES.c.pseudonym == ticket.pseudonym
    return TICKET_MUTES.c.person_id == ticket.asker


def _person(number: Any) -> PersonId | None:
    return None if number is None else PersonId(number)
