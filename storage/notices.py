"""The rows of notices, written with a version check."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.notices.model import Draft, Notice, NoticeId, NoticeState
from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.notice_tables import NOTICES
from storage.tables import PEOPLE
from texts.telegram_html import shown


class SqlNotices:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, draft: Draft, *, key: str, author: PersonId | None, notice: Notice
    ) -> tuple[NoticeId, bool]:
        added = await self._connection.execute(
            insert_into(self._connection, NOTICES)
            .values(
                key=key,
                author_id=author,
                created_at=notice.created_at,
                series_id=notice.series,
                version=0,
                **_kept(notice, draft),
            )
            .on_conflict_do_nothing()
        )
        found = await self._connection.execute(select(NOTICES.c.id).where(NOTICES.c.key == key))
        return NoticeId(found.scalar_one()), added.rowcount > 0

    async def get(self, notice: NoticeId) -> Notice | None:
        return next(iter(await self._some(NOTICES.c.id == notice)), None)

    async def save(self, notice: Notice) -> bool:
        saved = await self._connection.execute(
            update(NOTICES)
            .where(NOTICES.c.id == notice.id, NOTICES.c.version == notice.version)
            .values(version=notice.version + 1, **_kept(notice, notice.draft))
        )
        return saved.rowcount > 0

    async def in_state(self, *states: NoticeState) -> Sequence[Notice]:
        return await self._some(NOTICES.c.state.in_(states), order=NOTICES.c.id)

    async def to_amend(self) -> Sequence[Notice]:
        return await self._some(NOTICES.c.edition > 0, NOTICES.c.amended_at.is_(None))

    async def amended_since(self, moment: datetime) -> Sequence[Notice]:
        return await self._some(NOTICES.c.amended_at >= moment)

    async def found(
        self, *, words: str, states: Sequence[NoticeState], limit: int, offset: int
    ) -> Sequence[Notice]:
        sought = words.lower().split()
        holds = [NOTICES.c.words.contains(word, autoescape=True) for word in sought]
        return await self._some(
            NOTICES.c.state.in_(states),
            *holds,
            order=NOTICES.c.id.desc(),
            limit=limit,
            offset=offset,
        )

    async def show_card(self, notice: NoticeId, *, chat: int, message: int) -> None:
        await self._connection.execute(
            update(NOTICES)
            .where(NOTICES.c.id == notice)
            .values(card_chat=chat, card_message=message, card_shown_at=None)
        )

    async def may_redraw(self, notice: NoticeId, *, now: datetime, since: datetime) -> bool:
        shown_before = or_(NOTICES.c.card_shown_at.is_(None), NOTICES.c.card_shown_at <= since)
        taken = await self._connection.execute(
            update(NOTICES).where(NOTICES.c.id == notice, shown_before).values(card_shown_at=now)
        )
        return taken.rowcount > 0

    async def _some(
        self, *where: Any, order: Any = None, limit: int | None = None, offset: int = 0
    ) -> Sequence[Notice]:
        rows = await self._connection.execute(
            select(NOTICES, PEOPLE.c.name.label("author_name"))
            .join(PEOPLE, PEOPLE.c.id == NOTICES.c.author_id, isouter=True)
            .where(*where)
            .order_by(order if order is not None else NOTICES.c.id)
            .limit(limit)
            .offset(offset)
        )
        return [_notice(row) for row in rows]


def _kept(notice: Notice, draft: Draft) -> dict[str, Any]:
    """What may change of it."""
    return {
        "words": shown(draft.text).lower(),
        "draft": msgspec.json.encode(draft).decode(),
        "theme_day_id": draft.theme_day or None,
        "state": notice.state,
        "starts_at": notice.starts_at,
        "recipients": notice.recipients,
        "lettered_to": notice.lettered_to,
        "lettered_at": notice.lettered_at,
        "approved_by": notice.approved_by,
        "paused_itself": int(notice.paused_itself),
        "ended_at": notice.ended_at,
        "edition": notice.edition,
        "amended_to": notice.amended_to,
        "amended_at": notice.amended_at,
        "reminders": notice.reminders,
    }


def _notice(row: Any) -> Notice:
    return Notice(
        id=NoticeId(row.id),
        author=None if row.author_id is None else PersonId(row.author_id),
        author_name=row.author_name,
        draft=msgspec.json.decode(row.draft, type=Draft),
        state=NoticeState(row.state),
        created_at=row.created_at,
        starts_at=row.starts_at,
        recipients=row.recipients,
        lettered_to=row.lettered_to,
        lettered_at=row.lettered_at,
        approved_by=None if row.approved_by is None else PersonId(row.approved_by),
        paused_itself=bool(row.paused_itself),
        ended_at=row.ended_at,
        edition=row.edition,
        amended_to=row.amended_to,
        amended_at=row.amended_at,
        reminders=row.reminders,
        series=None if row.series_id is None else NoticeId(row.series_id),
        card_chat=row.card_chat,
        card_message=row.card_message,
        card_shown_at=row.card_shown_at,
        version=row.version,
    )
