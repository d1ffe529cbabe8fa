"""The rows of which entries were opened, and which one each person read last."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.tables import LastReadRow, OpeningRow


class SqlOpenings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, person_id: PersonId, entry: str, *, day: date) -> None:
        """Note that the person opened the entry: once a day, however often they tap."""
        await self._connection.execute(
            insert_into(self._connection, OpeningRow)
            .values(person_id=person_id, entry=entry, day=day)
            .on_conflict_do_nothing(
                index_elements=[OpeningRow.person_id, OpeningRow.entry, OpeningRow.day]
            )
        )

    async def note_read(self, person_id: PersonId, entry: str, *, at: datetime) -> None:
        read = {"entry": entry, "read_at": at}
        await self._connection.execute(
            insert_into(self._connection, LastReadRow)
            .values(person_id=person_id, **read)
            .on_conflict_do_update(index_elements=[LastReadRow.person_id], set_=read)
        )

    async def last_read(self, person_id: PersonId, *, since: datetime) -> str | None:
        """The entry the person read last, unless that was before `since`."""
        found = await self._connection.scalar(
            select(LastReadRow.entry).where(
                LastReadRow.person_id == person_id, LastReadRow.read_at >= since
            )
        )
        return None if found is None else str(found)
