"""The rows of open conversations, written with a version check."""

from collections.abc import Sequence

from msgspec.structs import asdict
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import TelegramId
from branch.people.talks import Talk, TalkMovedOn
from storage.tables import TALKS


class SqlTalks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, telegram_id: TelegramId) -> Sequence[Talk]:
        """The person's open conversations, the one they are in last."""
        rows = await self._connection.execute(
            select(TALKS)
            .where(TALKS.c.telegram_id == telegram_id)
            .order_by(TALKS.c.opened_at, TALKS.c.name)
        )
        return [Talk(**row._mapping) for row in rows]  # noqa: SLF001 -- SQLAlchemy's public name

    async def save(self, talk: Talk) -> None:
        """Write the talk as its next version. Raises TalkMovedOn if it is not the latest."""
        values = asdict(talk) | {"version": talk.version + 1}
        if talk.version == 0:
            try:
                await self._connection.execute(insert(TALKS).values(**values))
            except IntegrityError as error:
                raise TalkMovedOn(talk.name) from error
            return
        written = await self._connection.execute(
            update(TALKS)
            .where(TALKS.c.telegram_id == talk.telegram_id, TALKS.c.name == talk.name)
            .where(TALKS.c.version == talk.version)
            .values(**values)
        )
        if written.rowcount == 0:
            raise TalkMovedOn(talk.name)

    async def close(self, talk: Talk) -> None:
        """Delete the talk. Raises TalkMovedOn if another process has written it since."""
        gone = await self._connection.execute(
            delete(TALKS)
            .where(TALKS.c.telegram_id == talk.telegram_id, TALKS.c.name == talk.name)
            .where(TALKS.c.version == talk.version)
        )
        if gone.rowcount == 0:
            raise TalkMovedOn(talk.name)
