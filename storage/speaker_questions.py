"""The rows of what people want to ask the speaker of a theme day, and of their votes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import PersonId
from branch.theme_days.model import ThemeDayId
from branch.theme_days.questions import QuestionId, SpeakerQuestion
from storage.dialects import insert_into
from storage.theme_day_tables import SPEAKER_QUESTIONS, SPEAKER_VOTES


class SqlSpeakerQuestions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, day: ThemeDayId, person: PersonId, text: str, *, same: str, now: datetime
    ) -> tuple[QuestionId, bool]:
        row = SPEAKER_QUESTIONS.c
        added = await self._connection.execute(
            insert_into(self._connection, SPEAKER_QUESTIONS)
            .values(day_id=day, person_id=person, text=text, same=same, at=now)
            .on_conflict_do_nothing()
        )
        found = await self._connection.execute(
            select(row.id).where(row.day_id == day, row.same == same)
        )
        return QuestionId(found.scalar_one()), added.rowcount > 0

    async def asked_by(self, day: ThemeDayId, person: PersonId) -> int:
        row = SPEAKER_QUESTIONS.c
        return await self._count(SPEAKER_QUESTIONS, row.day_id == day, row.person_id == person)

    async def get(self, question: QuestionId, person: PersonId) -> SpeakerQuestion | None:
        found = await self._seen(person, SPEAKER_QUESTIONS.c.id == question)
        return found[0] if found else None

    async def of(self, day: ThemeDayId, person: PersonId) -> Sequence[SpeakerQuestion]:
        return await self._seen(person, SPEAKER_QUESTIONS.c.day_id == day)

    async def count(self, day: ThemeDayId) -> int:
        return await self._count(SPEAKER_QUESTIONS, SPEAKER_QUESTIONS.c.day_id == day)

    async def toggle_vote(self, question: QuestionId, person: PersonId) -> bool:
        row = SPEAKER_VOTES.c
        taken_back = await self._connection.execute(
            delete(SPEAKER_VOTES).where(row.question_id == question, row.person_id == person)
        )
        if taken_back.rowcount:
            return False
        await self._connection.execute(
            insert_into(self._connection, SPEAKER_VOTES)
            .values(question_id=question, person_id=person)
            .on_conflict_do_nothing()
        )
        return True

    async def answer(self, question: QuestionId, text: str, *, by: PersonId) -> None:
        await self._connection.execute(
            update(SPEAKER_QUESTIONS)
            .where(SPEAKER_QUESTIONS.c.id == question)
            .values(answer=text, answered_by=by)
        )

    async def remove(self, question: QuestionId) -> None:
        await self._connection.execute(
            delete(SPEAKER_QUESTIONS).where(SPEAKER_QUESTIONS.c.id == question)
        )

    async def _count(self, table: Any, *where: Any) -> int:
        counted = await self._connection.execute(
            select(func.count()).select_from(table).where(*where)
        )
        return int(counted.scalar_one())

    async def _seen(self, person: PersonId, *where: Any) -> Sequence[SpeakerQuestion]:
        row, vote = SPEAKER_QUESTIONS.c, SPEAKER_VOTES.c
        votes = func.count(vote.person_id)
        mine = func.max(case((vote.person_id == person, 1), else_=0))
        rows = await self._connection.execute(
            select(SPEAKER_QUESTIONS, votes.label("votes"), mine.label("voted"))
            .join(SPEAKER_VOTES, vote.question_id == row.id, isouter=True)
            .where(*where)
            .group_by(*row)
            .order_by(votes.desc(), row.at, row.id)
        )
        return [
            SpeakerQuestion(
                id=QuestionId(each.id),
                day=ThemeDayId(each.day_id),
                text=each.text,
                votes=each.votes,
                mine=each.person_id == person,
                voted=bool(each.voted),
                answer=each.answer,
                asked_at=each.at,
            )
            for each in rows
        ]
