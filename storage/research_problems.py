"""The rows of topics, of the problems they make, and of who has voted for which."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import PersonId
from branch.research.model import Problem, ProblemId, ProblemState, Topic, TopicId, TopicKind
from storage.dialects import insert_into
from storage.research_tables import RESEARCH_PROBLEMS, RESEARCH_TOPICS, RESEARCH_VOTES
from storage.tables import PEOPLE

_TOPICS = select(RESEARCH_TOPICS, PEOPLE.c.name).outerjoin(
    PEOPLE, PEOPLE.c.id == RESEARCH_TOPICS.c.person_id
)
_VOTES = (
    select(func.count())
    .where(RESEARCH_VOTES.c.problem_id == RESEARCH_PROBLEMS.c.id)
    .correlate(RESEARCH_PROBLEMS)
    .scalar_subquery()
)
_TOPIC_COUNT = (
    select(func.count())
    .where(RESEARCH_TOPICS.c.problem_id == RESEARCH_PROBLEMS.c.id)
    .correlate(RESEARCH_PROBLEMS)
    .scalar_subquery()
)
_PROBLEMS = select(RESEARCH_PROBLEMS, _VOTES.label("votes"), _TOPIC_COUNT.label("topics"))


class SqlTopics:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, text: str, kind: TopicKind, *, key: str, person: PersonId, now: datetime
    ) -> tuple[TopicId, bool]:
        added = await self._connection.execute(
            insert_into(self._connection, RESEARCH_TOPICS)
            .values(key=key, person_id=person, kind=kind, text=text, at=now)
            .on_conflict_do_nothing()
        )
        found = await self._connection.execute(
            select(RESEARCH_TOPICS.c.id).where(RESEARCH_TOPICS.c.key == key)
        )
        return TopicId(found.scalar_one()), added.rowcount > 0

    async def get(self, topic: TopicId) -> Topic | None:
        row = (
            await self._connection.execute(_TOPICS.where(RESEARCH_TOPICS.c.id == topic))
        ).one_or_none()
        return None if row is None else _topic(row)

    async def loose(self, *, limit: int) -> Sequence[Topic]:
        query = _TOPICS.where(RESEARCH_TOPICS.c.problem_id.is_(None)).order_by(
            RESEARCH_TOPICS.c.id.desc()
        )
        return [_topic(row) for row in await self._connection.execute(query.limit(limit))]

    async def count_loose(self) -> int:
        query = select(func.count()).where(RESEARCH_TOPICS.c.problem_id.is_(None))
        return int((await self._connection.execute(query)).scalar_one())

    async def of(self, problem: ProblemId) -> Sequence[Topic]:
        query = _TOPICS.where(RESEARCH_TOPICS.c.problem_id == problem).order_by(
            RESEARCH_TOPICS.c.id
        )
        return [_topic(row) for row in await self._connection.execute(query)]

    async def grouped(self, *, limit: int) -> Sequence[Topic]:
        query = (
            _TOPICS.join(RESEARCH_PROBLEMS, RESEARCH_PROBLEMS.c.id == RESEARCH_TOPICS.c.problem_id)
            .where(RESEARCH_PROBLEMS.c.state == ProblemState.OPEN)
            .order_by(RESEARCH_TOPICS.c.id.desc())
            .limit(limit)
        )
        return [_topic(row) for row in await self._connection.execute(query)]

    async def put(self, topics: Sequence[TopicId], problem: ProblemId) -> int:
        put = await self._connection.execute(
            update(RESEARCH_TOPICS)
            .where(RESEARCH_TOPICS.c.id.in_(topics), RESEARCH_TOPICS.c.problem_id.is_(None))
            .values(problem_id=problem)
        )
        return put.rowcount

    async def take_out(self, topic: TopicId) -> None:
        await self._connection.execute(
            update(RESEARCH_TOPICS).where(RESEARCH_TOPICS.c.id == topic).values(problem_id=None)
        )

    async def move_all(self, old: ProblemId, new: ProblemId) -> None:
        await self._connection.execute(
            update(RESEARCH_TOPICS)
            .where(RESEARCH_TOPICS.c.problem_id == old)
            .values(problem_id=new)
        )

    async def remove(self, topic: TopicId, *, of: PersonId) -> bool:
        removed = await self._connection.execute(
            delete(RESEARCH_TOPICS).where(
                RESEARCH_TOPICS.c.id == topic,
                RESEARCH_TOPICS.c.person_id == of,
                RESEARCH_TOPICS.c.problem_id.is_(None),
            )
        )
        return removed.rowcount > 0


class SqlProblems:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, name: str, *, key: str, author: PersonId, now: datetime
    ) -> tuple[ProblemId, bool]:
        added = await self._connection.execute(
            insert_into(self._connection, RESEARCH_PROBLEMS)
            .values(
                key=key,
                name=name,
                state=ProblemState.OPEN,
                solution="",
                author_id=author,
                created_at=now,
            )
            .on_conflict_do_nothing()
        )
        found = await self._connection.execute(
            select(RESEARCH_PROBLEMS.c.id).where(RESEARCH_PROBLEMS.c.key == key)
        )
        return ProblemId(found.scalar_one()), added.rowcount > 0

    async def get(self, problem: ProblemId) -> Problem | None:
        query = _PROBLEMS.where(RESEARCH_PROBLEMS.c.id == problem)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _problem(row)

    async def lock(self, problem: ProblemId) -> Problem | None:
        await self._connection.execute(
            select(RESEARCH_PROBLEMS.c.id)
            .where(RESEARCH_PROBLEMS.c.id == problem)
            .with_for_update()
        )
        return await self.get(problem)

    async def page(self, state: ProblemState, *, start: int, limit: int) -> Sequence[Problem]:
        query = (
            _PROBLEMS.where(RESEARCH_PROBLEMS.c.state == state)
            .order_by(_VOTES.desc(), _TOPIC_COUNT.desc(), RESEARCH_PROBLEMS.c.id)
            .offset(start)
            .limit(limit)
        )
        return [_problem(row) for row in await self._connection.execute(query)]

    async def count(self, state: ProblemState) -> int:
        query = select(func.count()).where(RESEARCH_PROBLEMS.c.state == state)
        return int((await self._connection.execute(query)).scalar_one())

    async def on_day(self, day: int) -> Sequence[Problem]:
        query = _PROBLEMS.where(RESEARCH_PROBLEMS.c.theme_day == day).order_by(
            _VOTES.desc(), RESEARCH_PROBLEMS.c.id
        )
        return [_problem(row) for row in await self._connection.execute(query)]

    async def change(self, problem: ProblemId, **values: Any) -> None:
        await self._connection.execute(
            update(RESEARCH_PROBLEMS).where(RESEARCH_PROBLEMS.c.id == problem).values(**values)
        )

    async def remove(self, problem: ProblemId) -> None:
        await self._connection.execute(
            delete(RESEARCH_PROBLEMS).where(RESEARCH_PROBLEMS.c.id == problem)
        )

    async def vote(self, problem: ProblemId, person: PersonId, *, now: datetime) -> None:
        await self._connection.execute(
            insert_into(self._connection, RESEARCH_VOTES)
            .values(problem_id=problem, person_id=person, at=now)
            .on_conflict_do_nothing()
        )

    async def take_back(self, problem: ProblemId, person: PersonId) -> None:
        await self._connection.execute(
            delete(RESEARCH_VOTES).where(
                RESEARCH_VOTES.c.problem_id == problem, RESEARCH_VOTES.c.person_id == person
            )
        )

    async def voted(self, problem: ProblemId, person: PersonId) -> bool:
        found = await self._connection.execute(
            select(RESEARCH_VOTES.c.at).where(
                RESEARCH_VOTES.c.problem_id == problem, RESEARCH_VOTES.c.person_id == person
            )
        )
        return found.one_or_none() is not None

    async def move_votes(self, old: ProblemId, new: ProblemId) -> None:
        """Whoever has voted for both has one vote then."""
        rows = await self._connection.execute(
            select(RESEARCH_VOTES.c.person_id, RESEARCH_VOTES.c.at).where(
                RESEARCH_VOTES.c.problem_id == old
            )
        )
        for person, at in rows.all():
            await self.vote(new, PersonId(person), now=at)


def _topic(row: Any) -> Topic:
    return Topic(
        id=TopicId(row.id),
        kind=TopicKind(row.kind),
        text=row.text,
        person=None if row.person_id is None else PersonId(row.person_id),
        name=row.name,
        at=row.at,
        problem=None if row.problem_id is None else ProblemId(row.problem_id),
    )


def _problem(row: Any) -> Problem:
    return Problem(
        id=ProblemId(row.id),
        name=row.name,
        state=ProblemState(row.state),
        solution=row.solution,
        author=None if row.author_id is None else PersonId(row.author_id),
        theme_day=row.theme_day,
        topics=row.topics,
        votes=row.votes,
    )
