"""The rows of what was asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import PersonId
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
    ) -> None:
        """Log a question once, however often it arrives; an edited one as it reads now."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        found = {"text": text, "outcome": outcome, "entry": entry, "confidence": confidence}
        await self._connection.execute(
            dialect.insert(QuestionRow)
            .values(person_id=person_id, message_id=message_id, asked_at=asked_at, **found)
            .on_conflict_do_update(
                index_elements=[QuestionRow.person_id, QuestionRow.message_id], set_=found
            )
        )

    async def settle(
        self, person_id: PersonId, *, message_id: int, outcome: str, entry: str | None
    ) -> None:
        """Note what became of the choices offered for the question."""
        await self._connection.execute(
            update(QuestionRow)
            .where(QuestionRow.person_id == person_id, QuestionRow.message_id == message_id)
            .values(outcome=outcome, entry=entry)
        )

    async def latest(self, *, outcome: str, limit: int) -> Sequence[tuple[datetime, str]]:
        """When and what was last asked with this outcome, newest first; by whom is not told."""
        rows = await self._connection.execute(
            select(QuestionRow.asked_at, QuestionRow.text)
            .where(QuestionRow.outcome == outcome)
            .order_by(QuestionRow.id.desc())
            .limit(limit)
        )
        return [(row.asked_at, row.text) for row in rows]
