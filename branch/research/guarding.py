"""A problem, kept from others while something about it changes."""

from branch.research.errors import ProblemGone
from branch.research.model import Problem, ProblemId
from branch.research.ports import ResearchWork


async def locked(work: ResearchWork, problem: ProblemId) -> Problem:
    found = await work.problems.lock(problem)
    if found is None:
        raise ProblemGone
    return found
