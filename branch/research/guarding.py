"""Research is for members among themselves."""

from datetime import datetime

from branch.people.errors import NotAllowed
from branch.people.model import Person, Role
from branch.research.errors import ProblemGone
from branch.research.model import Problem, ProblemId
from branch.research.ports import ResearchWork


async def demand(
    work: ResearchWork, member: Person, now: datetime, least: Role = Role.MEMBER
) -> Person:
    """Who they are now. Raises NotAllowed."""
    present = await work.people.by_id(member.id, now=now)
    if present is None or not present.role.covers(least):
        raise NotAllowed
    return present


async def locked(work: ResearchWork, problem: ProblemId) -> Problem:
    found = await work.problems.lock(problem)
    if found is None:
        raise ProblemGone
    return found
