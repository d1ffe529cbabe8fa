"""Updates as they came, kept until they are handled: nothing that Telegram gave us is lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import UPDATES


# a dataclass, as one field has no part in what makes two of them the same
@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUpdate:
    """`lane`: whose turn it belongs to (a person's Telegram id); `payload`: its JSON.

    `received_at`: when we got hold of it, which may be long before it is handled.
    """

    update_id: int
    lane: int
    payload: str
    received_at: datetime | None = field(default=None, compare=False)


NOBODY = 0


class SqlUpdates:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def store(self, updates: Sequence[StoredUpdate], *, now: datetime) -> set[int]:
        """Keep the updates; the ids that are new. What came before is left as it is."""
        if not updates:
            return set()
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        # the rows stand beside the statement, not in it: so it is compiled once for any number
        stored = await self._connection.execute(
            dialect.insert(UPDATES)
            .on_conflict_do_nothing(index_elements=[UPDATES.c.update_id])
            .returning(UPDATES.c.update_id),
            [
                {
                    "update_id": each.update_id,
                    "lane": each.lane,
                    "payload": each.payload,
                    "received_at": now,
                }
                for each in updates
            ],
        )
        return set(stored.scalars())

    async def unfinished(self) -> Sequence[StoredUpdate]:
        """What was kept and not handled, in Telegram's order."""
        rows = await self._connection.execute(
            select(UPDATES.c.update_id, UPDATES.c.lane, UPDATES.c.payload, UPDATES.c.received_at)
            .where(UPDATES.c.finished_at.is_(None))
            .order_by(UPDATES.c.update_id)
        )
        return [
            StoredUpdate(
                update_id=row.update_id,
                lane=row.lane,
                payload=row.payload or "{}",
                received_at=row.received_at,
            )
            for row in rows
        ]

    async def finish(self, update_ids: Collection[int], *, now: datetime) -> None:
        """Mark as handled: the id stays, to know it again; what was said, and by whom, does not."""
        await self._connection.execute(
            update(UPDATES)
            .where(UPDATES.c.update_id.in_(update_ids))
            .values(finished_at=now, payload=None, lane=NOBODY)
        )

    async def prune(self, *, before: datetime) -> int:
        """Forget updates handled before the moment; how many there were."""
        pruned = await self._connection.execute(
            delete(UPDATES).where(UPDATES.c.finished_at < before)
        )
        return pruned.rowcount
