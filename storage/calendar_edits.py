"""The rows of dates that members changed in the chat."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.content.provenance import Source
from branch.exam_calendar.edits import THE_FILES, Edit, EditDeed, EditId, NewEdit
from branch.exam_calendar.model import MilestoneId
from branch.people.model import PersonId
from storage.calendar_tables import CALENDAR_EDITS
from storage.tables import PEOPLE

_CALENDAR_CHANGES = 7_103_946_304  # beside the numbers in storage.migrate and storage.roles


class SqlCalendarEdits:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self) -> None:
        """Until this transaction ends, no other that asks the same changes or plans dates."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(
                text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CALENDAR_CHANGES}
            )

    async def newest(self) -> EditId:
        found = await self._connection.execute(select(func.max(CALENDAR_EDITS.c.id)))
        return EditId(found.scalar() or THE_FILES)

    async def latest(self, *, after: EditId) -> Sequence[Edit]:
        last = (
            select(func.max(CALENDAR_EDITS.c.id))
            .where(CALENDAR_EDITS.c.id > after)
            .group_by(CALENDAR_EDITS.c.intake, CALENDAR_EDITS.c.milestone)
        )
        query = _named().where(CALENDAR_EDITS.c.id.in_(last)).order_by(CALENDAR_EDITS.c.id)
        return [_edit(row) for row in await self._connection.execute(query)]

    async def of(self, intake: int, milestone: MilestoneId, *, limit: int) -> Sequence[Edit]:
        query = (
            _named()
            .where(CALENDAR_EDITS.c.intake == intake, CALENDAR_EDITS.c.milestone == milestone)
            .order_by(CALENDAR_EDITS.c.id.desc())
            .limit(limit)
        )
        return [_edit(row) for row in await self._connection.execute(query)]

    async def add(self, edit: NewEdit) -> EditId:
        added = await self._connection.execute(
            insert(CALENDAR_EDITS)
            .values(
                intake=edit.intake,
                milestone=edit.milestone,
                at=edit.at,
                by_id=edit.by,
                deed=edit.deed,
                code=edit.code,
                source_name=edit.source.name,
                source_url=edit.source.url,
                parent=edit.parent,
                basis=edit.basis,
            )
            .returning(CALENDAR_EDITS.c.id)
        )
        return EditId(added.scalar_one())


def _named() -> Select[Any]:
    return select(CALENDAR_EDITS, PEOPLE.c.name.label("by_name")).join(
        PEOPLE, PEOPLE.c.id == CALENDAR_EDITS.c.by_id, isouter=True
    )


def _edit(row: Any) -> Edit:
    return Edit(
        id=EditId(row.id),
        intake=row.intake,
        milestone=row.milestone,
        at=row.at,
        by=None if row.by_id is None else PersonId(row.by_id),
        by_name=row.by_name,
        deed=EditDeed(row.deed),
        code=row.code,
        source=Source(name=row.source_name, url=row.source_url),
        parent=EditId(row.parent),
        basis=row.basis,
    )
