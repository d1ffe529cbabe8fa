"""The problems of the branch: voted, named, put together, discussed, solved."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from branch.people.errors import NotAllowed
from branch.people.model import Person, Role
from branch.people.permission import demand
from branch.research.errors import (
    NameUnfit,
    OnlyTopic,
    ProblemGone,
    SameProblem,
    TopicGone,
)
from branch.research.guarding import locked
from branch.research.model import (
    LONGEST_NAME,
    LONGEST_SOLUTION,
    Problem,
    ProblemId,
    ProblemState,
    Topic,
    TopicId,
)
from branch.research.ports import Begin, ResearchWork


class SeenProblem(Struct, frozen=True, kw_only=True):
    """A problem as somebody sees it: whether they have voted, and whether they may name it."""

    problem: Problem
    topics: Sequence[Topic]
    voted: bool
    may_name: bool


class ProblemPage(Struct, frozen=True, kw_only=True):
    """Problems from number `start` on, of `total`."""

    state: ProblemState
    problems: Sequence[Problem]
    start: int
    total: int


class ProblemBook:
    """Each raises NotAllowed; where one problem is meant also ProblemGone."""

    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def page(
        self, member: Person, state: ProblemState, *, start: int, limit: int, now: datetime
    ) -> ProblemPage:
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            found = await work.problems.page(state, start=start, limit=limit)
            total = await work.problems.count(state)
        return ProblemPage(state=state, problems=found, start=start, total=total)

    async def see(self, member: Person, problem: ProblemId, *, now: datetime) -> SeenProblem:
        async with self._look() as work:
            present = await demand(work, member, Role.MEMBER, now=now)
            return await _seen(work, problem, present)

    async def vote(
        self, member: Person, problem: ProblemId, *, wanted: bool, now: datetime
    ) -> SeenProblem:
        """Give a vote or take it back; a second tap on the same says the same."""
        async with self._begin() as work:
            present = await demand(work, member, Role.MEMBER, now=now)
            await locked(work, problem)
            if wanted:
                await work.problems.vote(problem, present.id, now=now)
            else:
                await work.problems.take_back(problem, present.id)
            return await _seen(work, problem, present)

    async def rename(
        self, member: Person, problem: ProblemId, name: str, *, now: datetime
    ) -> SeenProblem:
        """By who made it, or a secretary. Raises NameUnfit."""
        name = " ".join(name.split())
        if not 0 < len(name) <= LONGEST_NAME:
            raise NameUnfit
        async with self._begin() as work:
            present = await demand(work, member, Role.MEMBER, now=now)
            if not _may_name(await locked(work, problem), present):
                raise NotAllowed
            await work.problems.change(problem, name=name)
            return await _seen(work, problem, present)

    async def solve(
        self, member: Person, problem: ProblemId, how: str, *, now: datetime
    ) -> SeenProblem:
        """With a sentence that says how. Raises NameUnfit."""
        if not 0 < len(how) <= LONGEST_SOLUTION:
            raise NameUnfit
        return await self._changed(
            member, problem, now=now, state=ProblemState.SOLVED, solution=how
        )

    async def reopen(self, member: Person, problem: ProblemId, *, now: datetime) -> SeenProblem:
        return await self._changed(member, problem, now=now, state=ProblemState.OPEN, solution="")

    async def discuss(
        self, member: Person, problem: ProblemId, day: int | None, *, now: datetime
    ) -> SeenProblem:
        """Make it a theme of that theme day, or of none."""
        return await self._changed(member, problem, now=now, theme_day=day)

    async def take_out(self, member: Person, topic_id: TopicId, *, now: datetime) -> SeenProblem:
        """Let a topic stand alone again. Raises TopicGone, OnlyTopic."""
        async with self._begin() as work:
            present = await demand(work, member, Role.MEMBER, now=now)
            topic = await work.topics.get(topic_id)
            if topic is None or topic.problem is None:
                raise TopicGone
            if (await locked(work, topic.problem)).topics == 1:
                raise OnlyTopic
            await work.topics.take_out(topic_id)
            return await _seen(work, topic.problem, present)

    async def merge(
        self, secretary: Person, old: ProblemId, new: ProblemId, *, now: datetime
    ) -> SeenProblem:
        """Put the old one into the new: its topics and votes go over, its name goes.

        By a secretary. Raises SameProblem.
        """
        if old == new:
            raise SameProblem
        async with self._begin() as work:
            present = await demand(work, secretary, Role.SECRETARY, now=now)
            # in the order of their numbers, so that who merges the other way round waits
            one, other = [await locked(work, each) for each in sorted((old, new))]
            kept, gone = (one, other) if one.id == new else (other, one)
            await work.topics.move_all(gone.id, kept.id)
            await work.problems.move_votes(gone.id, kept.id)
            if kept.theme_day is None and gone.theme_day is not None:
                await work.problems.change(kept.id, theme_day=gone.theme_day)
            await work.problems.remove(gone.id)
            return await _seen(work, kept.id, present)

    async def themes_of(self, day: int) -> Sequence[Problem]:
        """What is discussed on the theme day with this number, most votes first."""
        async with self._look() as work:
            return await work.problems.on_day(day)

    async def _changed(
        self, member: Person, problem: ProblemId, *, now: datetime, **values: str | int | None
    ) -> SeenProblem:
        async with self._begin() as work:
            present = await demand(work, member, Role.MEMBER, now=now)
            await locked(work, problem)
            await work.problems.change(problem, **values)
            return await _seen(work, problem, present)


def _may_name(problem: Problem, person: Person) -> bool:
    return problem.author == person.id or person.role.covers(Role.SECRETARY)


async def _seen(work: ResearchWork, number: ProblemId, person: Person) -> SeenProblem:
    problem = await work.problems.get(number)
    if problem is None:
        raise ProblemGone
    return SeenProblem(
        problem=problem,
        topics=await work.topics.of(number),
        voted=await work.problems.voted(number, person.id),
        may_name=_may_name(problem, person),
    )
