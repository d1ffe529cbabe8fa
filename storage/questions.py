"""The rows of what was asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.tables import QuestionRow


class SqlQuestions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self,
        person_id: PersonId,
        *,
        message_id: int,
        asked_at: datetime,
        text: str,
        outcome: str,
        entry: str | None,
        confidence: float | None,
        part: int = 0,
    ) -> None:
        """Log a question once, however often it arrives; an edited one as it reads now."""
        found = {"text": text, "outcome": outcome, "entry": entry, "confidence": confidence}
        await self._connection.execute(
            insert_into(self._connection, QuestionRow)
            .values(
                person_id=person_id, message_id=message_id, part=part, asked_at=asked_at, **found
            )
            .on_conflict_do_update(
                index_elements=[QuestionRow.person_id, QuestionRow.message_id, QuestionRow.part],
                set_=found,
            )
        )

    async def drop_parts(self, person_id: PersonId, *, message_id: int, beyond: int) -> None:
        """Take away the message's questions from number `beyond` on: it holds them no longer."""
        await self._connection.execute(
            delete(QuestionRow)
            .where(QuestionRow.person_id == person_id, QuestionRow.message_id == message_id)
            .where(QuestionRow.part >= beyond)
        )

    async def settle(
        self,
        person_id: PersonId,
        *,
        message_id: int,
        outcome: str,
        entry: str | None,
        part: int = 0,
    ) -> None:
        """Note what became of the choices offered for the question."""
        await self._connection.execute(
            update(QuestionRow)
            .where(QuestionRow.person_id == person_id, QuestionRow.message_id == message_id)
            .where(QuestionRow.part == part)
            .values(outcome=outcome, entry=entry)
        )

    async def text_of(self, person_id: PersonId, *, message_id: int, part: int) -> str | None:
        return await self._connection.scalar(
            select(QuestionRow.text)
            .where(QuestionRow.person_id == person_id, QuestionRow.message_id == message_id)
            .where(QuestionRow.part == part)
        )

    async def last_text(self, person_id: PersonId, *, since: datetime) -> str | None:
        """What they asked last, if it was after the moment."""
        return await self._connection.scalar(
            select(QuestionRow.text)
            .where(QuestionRow.person_id == person_id, QuestionRow.asked_at >= since)
            .order_by(QuestionRow.message_id.desc(), QuestionRow.part.desc())
            .limit(1)
        )

    async def led_to(self, person_id: PersonId, entry: str) -> str | None:
        """What the person asked last that was answered by the entry."""
        found = await self._connection.scalar(
            select(QuestionRow.text)
            .where(QuestionRow.person_id == person_id, QuestionRow.entry == entry)
            .order_by(QuestionRow.message_id.desc(), QuestionRow.part.desc())
            .limit(1)
        )
        return None if found is None else str(found)

    async def latest(self, *, outcome: str, limit: int) -> Sequence[tuple[datetime, str]]:
        """When and what was last asked with this outcome, newest first; by whom is not told."""
        rows = await self._connection.execute(
            select(QuestionRow.asked_at, QuestionRow.text)
            .where(QuestionRow.outcome == outcome)
            .order_by(QuestionRow.id.desc())
            .limit(limit)
        )
        return [(row.asked_at, row.text) for row in rows]
