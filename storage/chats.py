"""The rows of groups that letters go to."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.outbox.chats import Chat, ChatId
from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.letter_tables import CHATS
from texts.language import Language


class SqlChats:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def bind(
        self,
        telegram_id: int,
        *,
        title: str,
        language: Language,
        has_topics: bool,
        by: PersonId,
        now: datetime,
    ) -> Chat:
        await self.unbind()
        values: dict[str, Any] = {
            "title": title,
            "language": language,
            "has_topics": int(has_topics),
            "is_desk": 1,
            "bound_by": by,
            "bound_at": now,
            "lost_at": None,
        }
        await self._connection.execute(
            insert_into(self._connection, CHATS)
            .values(telegram_id=telegram_id, **values)
            .on_conflict_do_update(index_elements=[CHATS.c.telegram_id], set_=values)
        )
        chat = await self._one(CHATS.c.telegram_id == telegram_id)
        assert chat is not None, "written in this transaction"
        return chat

    async def unbind(self) -> None:
        await self._connection.execute(update(CHATS).where(CHATS.c.is_desk == 1).values(is_desk=0))

    async def desk(self) -> Chat | None:
        return await self._one(CHATS.c.is_desk == 1)

    async def moved(self, telegram_id: int, to: int) -> None:
        if await self._one(CHATS.c.telegram_id == to) is None:
            await self._connection.execute(
                update(CHATS).where(CHATS.c.telegram_id == telegram_id).values(telegram_id=to)
            )

    async def lost(self, chat: ChatId, *, now: datetime) -> None:
        await self._connection.execute(
            update(CHATS).where(CHATS.c.id == chat, CHATS.c.lost_at.is_(None)).values(lost_at=now)
        )

    async def found(self, telegram_id: int) -> ChatId | None:
        back = await self._connection.execute(
            update(CHATS)
            .where(CHATS.c.telegram_id == telegram_id, CHATS.c.lost_at.is_not(None))
            .values(lost_at=None)
            .returning(CHATS.c.id)
        )
        number = back.scalar_one_or_none()
        return None if number is None else ChatId(number)

    async def _one(self, condition: ColumnElement[bool]) -> Chat | None:
        row = (await self._connection.execute(select(CHATS).where(condition))).one_or_none()
        if row is None:
            return None
        return Chat(
            id=ChatId(row.id),
            telegram_id=row.telegram_id,
            title=row.title,
            language=Language(row.language),
            has_topics=bool(row.has_topics),
            lost_at=row.lost_at,
        )
