"""The rows that say which message of ours was about what."""

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.outbox.model import Place
from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.letter_tables import POSTS


class SqlPosts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def remember(
        self,
        about: str,
        message_id: int,
        *,
        person: PersonId | None = None,
        chat: int | None = None,
        thread: int | None = None,
        now: datetime,
    ) -> None:
        await self._connection.execute(
            insert_into(self._connection, POSTS)
            .values(
                about=about,
                person_id=person,
                group_id=chat,
                message_id=message_id,
                thread_id=thread,
                at=now,
            )
            .on_conflict_do_nothing()
        )

    async def spoke_of(
        self, message_id: int, *, person: PersonId | None = None, chat: int | None = None
    ) -> str | None:
        whose = POSTS.c.person_id == person if chat is None else POSTS.c.group_id == chat
        return await self._about(whose, POSTS.c.message_id == message_id)

    async def thread_is_of(self, chat: int, thread: int) -> str | None:
        return await self._about(POSTS.c.group_id == chat, POSTS.c.thread_id == thread)

    async def place(self, about: str, *, group: int, has_topics: bool) -> Place:
        """Where in the group what is said about this belongs."""
        found = await self._connection.execute(
            select(POSTS.c.message_id, POSTS.c.thread_id)
            .where(POSTS.c.about == about, POSTS.c.group_id == group)
            .order_by(POSTS.c.id)
            .limit(1)
        )
        first = found.one_or_none()
        if first is None:
            return Place(has_topics=has_topics)
        return Place(
            has_topics=has_topics, begun=True, thread=first.thread_id, first=first.message_id
        )

    async def _about(self, *where: ColumnElement[bool]) -> str | None:
        about: str | None = await self._connection.scalar(
            select(POSTS.c.about).where(*where).order_by(POSTS.c.id).limit(1)
        )
        return about
