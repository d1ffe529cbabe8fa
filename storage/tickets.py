"""The rows of tickets, written with a version check."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import PersonId
from branch.tickets.model import WAITING, Ticket, TicketId, TicketState
from storage.dialects import insert_into
from storage.tables import PersonRow, TicketRow

_NAMED: Select[Any] = select(TicketRow.__table__, PersonRow.name.label("member_name")).join(
    PersonRow, PersonRow.id == TicketRow.member_id, isouter=True
)


class SqlTickets:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, asker: PersonId, *, message_id: int, question: str, now: datetime
    ) -> tuple[Ticket, bool]:
        added = await self._connection.execute(
            insert_into(self._connection, TicketRow)
            .values(
                person_id=asker,
                message_id=message_id,
                question=question,
                asked_at=now,
                state=TicketState.OPEN,
                version=1,
            )
            .on_conflict_do_nothing(index_elements=[TicketRow.person_id, TicketRow.message_id])
            .returning(TicketRow.id)
        )
        new = added.scalar_one_or_none() is not None
        ticket = await self.by_message(asker, message_id)
        assert ticket is not None, "written in this transaction, if not before"
        return ticket, new

    async def get(self, ticket_id: TicketId) -> Ticket | None:
        return await self._one(_NAMED.where(TicketRow.id == ticket_id))

    async def by_message(self, asker: PersonId, message_id: int) -> Ticket | None:
        return await self._one(
            _NAMED.where(TicketRow.person_id == asker, TicketRow.message_id == message_id)
        )

    async def save(self, ticket: Ticket) -> bool:
        written = await self._connection.execute(
            update(TicketRow)
            .where(TicketRow.id == ticket.id, TicketRow.version == ticket.version)
            .values(
                state=ticket.state,
                member_id=ticket.member,
                claimed_at=ticket.claimed_at,
                answer=ticket.answer,
                answered_at=ticket.answered_at,
                closed_at=ticket.closed_at,
                version=ticket.version + 1,
            )
        )
        return written.rowcount == 1

    async def count_waiting(self, asker: PersonId) -> int:
        return await self._count(TicketRow.person_id == asker, TicketRow.state.in_(WAITING))

    async def count_since(self, asker: PersonId, *, since: datetime) -> int:
        return await self._count(TicketRow.person_id == asker, TicketRow.asked_at > since)

    async def of(self, asker: PersonId, *, limit: int) -> Sequence[Ticket]:
        return await self._all(
            _NAMED.where(TicketRow.person_id == asker).order_by(TicketRow.id.desc()).limit(limit)
        )

    async def waiting(self, *, limit: int, offset: int) -> tuple[Sequence[Ticket], int]:
        unanswered = TicketRow.state.in_(WAITING)
        found = await self._all(
            _NAMED.where(unanswered).order_by(TicketRow.id).limit(limit).offset(offset)
        )
        return found, await self._count(unanswered)

    async def _count(self, *conditions: Any) -> int:
        query = select(func.count()).select_from(TicketRow).where(*conditions)
        return int((await self._connection.execute(query)).scalar_one())

    async def _one(self, query: Select[Any]) -> Ticket | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _ticket(row)

    async def _all(self, query: Select[Any]) -> Sequence[Ticket]:
        return [_ticket(row) for row in await self._connection.execute(query)]


def _ticket(row: Any) -> Ticket:
    return Ticket(
        id=TicketId(row.id),
        asker=PersonId(row.person_id),
        question=row.question,
        asked_at=row.asked_at,
        state=TicketState(row.state),
        member=None if row.member_id is None else PersonId(row.member_id),
        member_name=row.member_name,
        claimed_at=row.claimed_at,
        answer=row.answer,
        answered_at=row.answered_at,
        closed_at=row.closed_at,
        version=row.version,
    )
