"""The audit log's rows: added, read, never changed."""

import json
from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import AuditRecord, Deed, PersonId
from storage.tables import AUDIT_LOG


class SqlAudit:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, record: AuditRecord) -> None:
        await self._connection.execute(
            insert(AUDIT_LOG).values(
                at=record.at,
                actor=record.actor,
                deed=record.deed,
                about=record.about,
                details=json.dumps(dict(record.details)) if record.details else None,
            )
        )

    async def latest(
        self, *, limit: int, before: int | None = None
    ) -> Sequence[tuple[int, AuditRecord]]:
        query = select(AUDIT_LOG).order_by(AUDIT_LOG.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(AUDIT_LOG.c.id < before)
        return [
            (
                row.id,
                AuditRecord(
                    at=row.at,
                    actor=None if row.actor is None else PersonId(row.actor),
                    deed=Deed(row.deed),
                    about=None if row.about is None else PersonId(row.about),
                    details=json.loads(row.details) if row.details else None,
                ),
            )
            for row in await self._connection.execute(query)
        ]
