"""The rows of what is said in tickets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.people.model import PersonId
from branch.tickets.model import TicketId
from branch.tickets.thread import Line, LineId, Part, Side
from storage.dialects import insert_into
from storage.tables import PEOPLE
from storage.ticket_tables import TICKET_EDITS, TICKET_MESSAGES, TICKETS
from storage.tickets import theirs

_LINES: Select[Any] = select(TICKET_MESSAGES, PEOPLE.c.name.label("author_name")).join(
    PEOPLE, PEOPLE.c.id == TICKET_MESSAGES.c.author_id, isouter=True
)


class SqlThread:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, ticket: TicketId, side: Side, part: Part, *, author: PersonId | None, now: datetime
    ) -> Line | None:
        enclosure = part.enclosure
        added = await self._connection.execute(
            insert_into(self._connection, TICKET_MESSAGES)
            .values(
                ticket_id=ticket,
                side=side,
                author_id=author,
                text=part.text,
                at=now,
                message_id=part.message_id,
                chat_id=part.chat,
                media_kind=enclosure and enclosure.kind,
                file_id=enclosure and enclosure.file_id,
                file_name=enclosure and enclosure.name,
                album=part.album,
            )
            .on_conflict_do_nothing()
            .returning(TICKET_MESSAGES.c.id)
        )
        number = added.scalar_one_or_none()
        if number is None:
            return None
        return await self._one(_LINES.where(TICKET_MESSAGES.c.id == number))

    async def of(self, ticket: TicketId, *, notes: bool) -> Sequence[Line]:
        lines = _LINES.where(TICKET_MESSAGES.c.ticket_id == ticket)
        if not notes:
            lines = lines.where(TICKET_MESSAGES.c.side != Side.NOTE)
        rows = await self._connection.execute(lines.order_by(TICKET_MESSAGES.c.id))
        return [_line(row) for row in rows]

    async def asked(self, asker: PersonId, message_id: int) -> Line | None:
        return await self._one(
            _LINES.join(TICKETS, TICKETS.c.id == TICKET_MESSAGES.c.ticket_id)
            .where(theirs(asker), TICKET_MESSAGES.c.side == Side.ASKER)
            .where(TICKET_MESSAGES.c.message_id == message_id)
            # a message of two questions may stand in two tickets
            .order_by(TICKET_MESSAGES.c.id.desc())
            .limit(1)
        )

    async def written(self, author: PersonId, message_id: int, *, chat: int | None) -> Line | None:
        return await self._one(
            _LINES.where(
                TICKET_MESSAGES.c.side != Side.ASKER,
                TICKET_MESSAGES.c.author_id == author,
                TICKET_MESSAGES.c.message_id == message_id,
                TICKET_MESSAGES.c.chat_id == chat,
            )
        )

    async def in_group(self, chat: int, message_id: int) -> Line | None:
        return await self._one(
            _LINES.where(
                TICKET_MESSAGES.c.chat_id == chat, TICKET_MESSAGES.c.message_id == message_id
            )
        )

    async def edit(self, line: Line, text: str, *, at: datetime) -> bool:
        kept = await self._connection.execute(
            insert_into(self._connection, TICKET_EDITS)
            .values(line_id=line.id, edited_at=at, text_before=line.text)
            .on_conflict_do_nothing()
        )
        if kept.rowcount != 1:
            return False
        await self._connection.execute(
            update(TICKET_MESSAGES)
            .where(TICKET_MESSAGES.c.id == line.id)
            .values(text=text, edited_at=at)
        )
        return True

    async def _one(self, query: Select[Any]) -> Line | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _line(row)


def _line(row: Any) -> Line:
    return Line(
        id=LineId(row.id),
        ticket=TicketId(row.ticket_id),
        side=Side(row.side),
        text=row.text,
        at=row.at,
        author=None if row.author_id is None else PersonId(row.author_id),
        author_name=row.author_name,
        enclosure=_enclosure(row),
        album=row.album,
        edited_at=row.edited_at,
    )


def _enclosure(row: Any) -> Enclosure | None:
    if row.media_kind is None:
        return None
    return Enclosure(EnclosureKind(row.media_kind), row.file_id, row.file_name)
