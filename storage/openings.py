"""The rows of which entries were opened, and which one each person read last."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.tables import LAST_READ, OPENINGS


class SqlOpenings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, person_id: PersonId, entry: str, *, day: date) -> None:
        """Note that the person opened the entry: once a day, however often they tap."""
        await self._connection.execute(
            insert_into(self._connection, OPENINGS)
            .values(person_id=person_id, entry=entry, day=day)
            .on_conflict_do_nothing(
                index_elements=[OPENINGS.c.person_id, OPENINGS.c.entry, OPENINGS.c.day]
            )
        )

    async def note_read(self, person_id: PersonId, entry: str, *, at: datetime) -> None:
        read = {"entry": entry, "read_at": at}
        await self._connection.execute(
            insert_into(self._connection, LAST_READ)
            .values(person_id=person_id, **read)
            .on_conflict_do_update(index_elements=[LAST_READ.c.person_id], set_=read)
        )

    async def last_read(self, person_id: PersonId, *, since: datetime) -> str | None:
        """The entry the person read last, unless that was before `since`."""
        found = await self._connection.scalar(
            select(LAST_READ.c.entry).where(
                LAST_READ.c.person_id == person_id, LAST_READ.c.read_at >= since
            )
        )
        return None if found is None else str(found)
