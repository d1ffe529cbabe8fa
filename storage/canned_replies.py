"""The rows of canned replies; one that is written anew or put away stays, retired."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import PersonId
from branch.tickets.canned_model import Canned, CannedId
from storage.tables import PEOPLE
from storage.ticket_tables import CANNED_REPLIES

_CANNED: Select[Any] = (
    select(CANNED_REPLIES, PEOPLE.c.name.label("by_name"))
    .join(PEOPLE, PEOPLE.c.id == CANNED_REPLIES.c.by_id, isouter=True)
    .where(CANNED_REPLIES.c.retired_at.is_(None))
)


class SqlCannedReplies:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[Canned]:
        rows = await self._connection.execute(
            _CANNED.order_by(CANNED_REPLIES.c.title, CANNED_REPLIES.c.id)
        )
        return [_canned(row) for row in rows]

    async def get(self, canned_id: CannedId) -> Canned | None:
        found = await self._connection.execute(_CANNED.where(CANNED_REPLIES.c.id == canned_id))
        row = found.one_or_none()
        return None if row is None else _canned(row)

    async def add(self, title: str, text: str, *, by: PersonId, now: datetime) -> CannedId:
        added = await self._connection.execute(
            insert(CANNED_REPLIES)
            .values(title=title, text=text, by_id=by, at=now)
            .returning(CANNED_REPLIES.c.id)
        )
        return CannedId(added.scalar_one())

    async def retire(self, canned_id: CannedId, *, now: datetime) -> bool:
        done = await self._connection.execute(
            update(CANNED_REPLIES)
            .where(CANNED_REPLIES.c.id == canned_id, CANNED_REPLIES.c.retired_at.is_(None))
            .values(retired_at=now)
        )
        return done.rowcount == 1


def _canned(row: Any) -> Canned:
    return Canned(id=CannedId(row.id), title=row.title, text=row.text, by_name=row.by_name)
