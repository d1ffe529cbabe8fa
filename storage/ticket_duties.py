"""The rows of what members take."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import PersonId
from branch.tickets.duties import Duty
from branch.tickets.model import Subject
from storage.dialects import insert_into
from storage.ticket_tables import TICKET_DUTIES


class SqlDuties:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, member: PersonId) -> Duty:
        found = await self._connection.execute(
            select(TICKET_DUTIES).where(TICKET_DUTIES.c.person_id == member)
        )
        row = found.one_or_none()
        return Duty(member=member) if row is None else _duty(row)

    async def all(self) -> Mapping[PersonId, Duty]:
        rows = await self._connection.execute(select(TICKET_DUTIES))
        return {PersonId(row.person_id): _duty(row) for row in rows}

    async def save(self, duty: Duty) -> None:
        values = {
            "subjects": " ".join(duty.subjects),
            "words": "\n".join(duty.words),
            "away_until": duty.away_until,
        }
        await self._connection.execute(
            insert_into(self._connection, TICKET_DUTIES)
            .values(person_id=duty.member, **values)
            .on_conflict_do_update(index_elements=[TICKET_DUTIES.c.person_id], set_=values)
        )


def _duty(row: Any) -> Duty:
    return Duty(
        member=PersonId(row.person_id),
        subjects=tuple(Subject(each) for each in row.subjects.split()),
        words=tuple(row.words.split("\n")) if row.words else (),
        away_until=row.away_until,
    )
