"""When the next thing about a call happens by the clock alone."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from branch.dates.looking_ahead import NEVER, first_after
from branch.papers.letters import LEADS
from branch.papers.model import Call, Submission
from branch.papers.ports import Begin
from branch.papers.reminding import SUMMED_UP_WITHIN


class CallsAhead:
    def __init__(self, look: Begin) -> None:
        self._look = look

    async def next_at(self, *, now: datetime) -> datetime | None:
        """Before it nothing falls due unless somebody writes. None where that cannot be said.

        Whom a paper waits for may leave, and their role end, at any time.
        """
        async with self._look() as work:
            if await work.reviews.waiting():
                return None
            calls = await work.calls.ending(now - SUMMED_UP_WITHIN, NEVER)
            revising = await work.submissions.revising(now, NEVER)
        return first_after(_moments(calls, revising), now)


def _moments(calls: Sequence[Call], revising: Sequence[Submission]) -> Iterator[datetime]:
    """Of every reminder, and of every end."""
    for call in calls:
        yield call.plan.ends_at
        yield from (call.plan.deadline - lead for lead in LEADS)
    for submission in revising:
        if submission.revise_until is not None:
            yield from (submission.revise_until - lead for lead in LEADS)
