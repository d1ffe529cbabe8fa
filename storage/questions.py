"""The rows of what was asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind
from branch.guidance.question_log import Outcome
from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.events import note
from storage.tables import QUESTIONS

ANSWERED: Final = Outcome.ANSWERED.value
CHOSEN: Final = Outcome.CHOSEN.value


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
        topic: str | None = None,
        stage: str | None = None,
    ) -> None:
        """Log a question once, however often it arrives; an edited one as it reads now."""
        found = {"text": text, "outcome": outcome, "entry": entry, "confidence": confidence}
        number = await self._number(person_id, message_id, part)
        written = await self._connection.execute(
            insert_into(self._connection, QUESTIONS)
            .values(
                person_id=person_id, message_id=message_id, part=part, asked_at=asked_at, **found
            )
            .on_conflict_do_update(
                index_elements=[QUESTIONS.c.person_id, QUESTIONS.c.message_id, QUESTIONS.c.part],
                set_=found,
            )
            .returning(QUESTIONS.c.id)
        )
        about = f"question:{written.scalar_one()}"
        kinds = [Kind.QUESTION_ASKED] if number is None else []
        if outcome == ANSWERED:
            kinds.append(Kind.QUESTION_ANSWERED)
        seen: dict[str, Any] = {"at": asked_at, "topic": topic, "stage": stage}
        for kind in kinds:
            await note(self._connection, kind, about=about, person=person_id, **seen)

    async def _number(self, person_id: PersonId, message_id: int, part: int) -> int | None:
        return await self._connection.scalar(
            select(QUESTIONS.c.id).where(
                QUESTIONS.c.person_id == person_id,
                QUESTIONS.c.message_id == message_id,
                QUESTIONS.c.part == part,
            )
        )

    async def drop_parts(self, person_id: PersonId, *, message_id: int, beyond: int) -> None:
        """Take away the message's questions from number `beyond` on: it holds them no longer."""
        await self._connection.execute(
            delete(QUESTIONS)
            .where(QUESTIONS.c.person_id == person_id, QUESTIONS.c.message_id == message_id)
            .where(QUESTIONS.c.part >= beyond)
        )

    async def settle(
        self,
        person_id: PersonId,
        *,
        message_id: int,
        outcome: str,
        entry: str | None,
        part: int = 0,
        now: datetime,
    ) -> None:
        """Note what became of the choices offered for the question."""
        await self._connection.execute(
            update(QUESTIONS)
            .where(QUESTIONS.c.person_id == person_id, QUESTIONS.c.message_id == message_id)
            .where(QUESTIONS.c.part == part)
            .values(outcome=outcome, entry=entry)
        )
        number = await self._number(person_id, message_id, part)
        if outcome == CHOSEN and number is not None:
            await note(
                self._connection,
                Kind.QUESTION_CHOSEN,
                at=now,
                about=f"question:{number}",
                person=person_id,
            )

    async def text_of(self, person_id: PersonId, *, message_id: int, part: int) -> str | None:
        return await self._connection.scalar(
            select(QUESTIONS.c.text)
            .where(QUESTIONS.c.person_id == person_id, QUESTIONS.c.message_id == message_id)
            .where(QUESTIONS.c.part == part)
        )

    async def last_text(self, person_id: PersonId, *, since: datetime) -> str | None:
        """What they asked last, if it was after the moment."""
        return await self._connection.scalar(
            select(QUESTIONS.c.text)
            .where(QUESTIONS.c.person_id == person_id, QUESTIONS.c.asked_at >= since)
            .order_by(QUESTIONS.c.message_id.desc(), QUESTIONS.c.part.desc())
            .limit(1)
        )

    async def led_to(self, person_id: PersonId, entry: str) -> str | None:
        """What the person asked last that was answered by the entry."""
        found = await self._connection.scalar(
            select(QUESTIONS.c.text)
            .where(QUESTIONS.c.person_id == person_id, QUESTIONS.c.entry == entry)
            .order_by(QUESTIONS.c.message_id.desc(), QUESTIONS.c.part.desc())
            .limit(1)
        )
        return None if found is None else str(found)

    async def latest(self, *, outcome: str, limit: int) -> Sequence[tuple[datetime, str]]:
        """When and what was last asked with this outcome, newest first; by whom is not told."""
        rows = await self._connection.execute(
            select(QUESTIONS.c.asked_at, QUESTIONS.c.text)
            .where(QUESTIONS.c.outcome == outcome)
            .order_by(QUESTIONS.c.id.desc())
            .limit(limit)
        )
        return [(row.asked_at, row.text) for row in rows]
