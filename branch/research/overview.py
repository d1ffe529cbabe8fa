"""How much there is of everything, for the front page."""

from datetime import datetime

from msgspec import Struct

from branch.people.model import Person, Role
from branch.people.permission import demand
from branch.research.achievement import AchievementState
from branch.research.model import ProblemState
from branch.research.ports import Begin


class ResearchCounts(Struct, frozen=True, kw_only=True):
    """`loose`: topics of no problem; `waiting`: achievements that nobody has looked at yet."""

    problems: int
    solved: int
    loose: int
    confirmed: int
    waiting: int


class Overview:
    def __init__(self, look: Begin) -> None:
        self._look = look

    async def counts(self, member: Person, *, now: datetime) -> ResearchCounts:
        """Raises NotAllowed."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            return ResearchCounts(
                problems=await work.problems.count(ProblemState.OPEN),
                solved=await work.problems.count(ProblemState.SOLVED),
                loose=await work.topics.count_loose(),
                confirmed=await work.achievements.count(AchievementState.CONFIRMED),
                waiting=await work.achievements.count(AchievementState.CLAIMED),
            )
