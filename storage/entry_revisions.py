"""The rows of what members made of entries in the chat."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.guidance.entry_texts import EntryTexts
from branch.guidance.model import Slug, TopicId
from branch.guidance.revisions import (
    THE_FILES,
    NewRevision,
    Revision,
    RevisionDeed,
    RevisionId,
)
from branch.people.model import PersonId
from storage.tables import ENTRY_REVISIONS, PEOPLE
from texts.language import Language

_ENTRIES_CHANGE = 7_103_946_303  # beside the numbers in storage.migrate and storage.roles
_AT_ONCE = 500


class SqlRevisions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self) -> None:
        """Until this transaction ends, no other that asks the same writes revisions.

        So their numbers are committed in order, and whoever has seen one has seen all before it.
        """
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(
                text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ENTRIES_CHANGE}
            )

    async def newest(self) -> RevisionId:
        found = await self._connection.execute(select(func.max(ENTRY_REVISIONS.c.id)))
        return RevisionId(found.scalar() or THE_FILES)

    async def latest(self, *, after: RevisionId) -> Sequence[Revision]:
        """The last revision of every entry that was written to after this one, in order."""
        last = (
            select(func.max(ENTRY_REVISIONS.c.id))
            .where(ENTRY_REVISIONS.c.id > after)
            .group_by(ENTRY_REVISIONS.c.slug)
        )
        query = _named().where(ENTRY_REVISIONS.c.id.in_(last)).order_by(ENTRY_REVISIONS.c.id)
        return [_revision(row) for row in await self._connection.execute(query)]

    async def of(self, slug: Slug, *, limit: int) -> Sequence[Revision]:
        """The entry's revisions, newest first."""
        query = (
            _named()
            .where(ENTRY_REVISIONS.c.slug == slug)
            .order_by(ENTRY_REVISIONS.c.id.desc())
            .limit(limit)
        )
        return [_revision(row) for row in await self._connection.execute(query)]

    async def add(self, revisions: Sequence[NewRevision]) -> Sequence[RevisionId]:
        ids: list[RevisionId] = []
        for start in range(0, len(revisions), _AT_ONCE):
            added = await self._connection.execute(
                insert(ENTRY_REVISIONS).returning(
                    ENTRY_REVISIONS.c.id, sort_by_parameter_order=True
                ),
                [_row(revision) for revision in revisions[start : start + _AT_ONCE]],
            )
            ids += map(RevisionId, added.scalars())
        return ids

    async def mark_exported(self, ids: Collection[RevisionId], *, at: datetime) -> None:
        await self._connection.execute(
            update(ENTRY_REVISIONS).where(ENTRY_REVISIONS.c.id.in_(ids)).values(exported_at=at)
        )


def _named() -> Select[Any]:
    return select(ENTRY_REVISIONS, PEOPLE.c.name.label("by_name")).join(
        PEOPLE, PEOPLE.c.id == ENTRY_REVISIONS.c.by_id, isouter=True
    )


def _row(revision: NewRevision) -> dict[str, Any]:
    written = revision.texts
    return {
        "slug": revision.slug,
        "at": revision.at,
        "by_id": revision.by,
        "deed": revision.deed,
        "topic": written.topic if written else None,
        "texts": json.dumps(dict(written.texts), ensure_ascii=False) if written else None,
        "parent": revision.parent,
        "basis": revision.basis,
    }


def _revision(row: Any) -> Revision:
    slug = Slug(row.slug)
    return Revision(
        id=RevisionId(row.id),
        slug=slug,
        at=row.at,
        by=None if row.by_id is None else PersonId(row.by_id),
        by_name=row.by_name,
        deed=RevisionDeed(row.deed),
        texts=None if row.texts is None else _texts(slug, row.topic, row.texts),
        parent=RevisionId(row.parent),
        basis=row.basis,
        exported=row.exported_at is not None,
    )


def _texts(slug: Slug, topic: str, texts: str) -> EntryTexts:
    return EntryTexts(
        slug=slug,
        topic=TopicId(topic),
        texts={Language(language): body for language, body in json.loads(texts).items()},
    )
