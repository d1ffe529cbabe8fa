"""By the clock: who was asked to review and says nothing is reminded; who has left is replaced."""

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from branch.papers.giving_out import give_out
from branch.papers.letters import PaperLetters
from branch.papers.model import Call, Submission, SubmissionId
from branch.papers.moves import State
from branch.papers.ports import Begin, PaperWork
from branch.papers.reviews import Review, ReviewState
from branch.people.model import Role

NUDGED_AFTER: Final = (timedelta(days=3), timedelta(days=7))
NUDGED_WITHIN: Final = timedelta(days=1)
"""A reminder that is later than this waits for the next."""


class ReviewKeeper:
    def __init__(self, begin: Begin, look: Begin, letters: PaperLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def keep(self, *, now: datetime) -> int:
        """Look after every paper that is with its reviewers; how many there are."""
        async with self._look() as work:
            waiting = await work.reviews.waiting()
        for number in waiting:
            async with self._begin() as work:
                await self._keep_one(work, number, now)
        return len(waiting)

    async def _keep_one(self, work: PaperWork, number: SubmissionId, now: datetime) -> None:
        seen = await work.submissions.get(number)
        call = await work.calls.lock(seen.call) if seen else None
        submission = await work.submissions.get(number)
        if call is None or submission is None or submission.state is not State.UNDER_REVIEW:
            return
        for review in await work.reviews.of(number):
            if review.state is ReviewState.ASKED:
                await self._nudge(work, call, submission, review, now)
        await give_out(work, call, submission, self._letters, now=now)

    async def _nudge(
        self, work: PaperWork, call: Call, submission: Submission, review: Review, now: datetime
    ) -> None:
        person = await work.people.by_id(review.reviewer, now=now)
        if person is None or not person.role.covers(Role.MEMBER):
            await work.reviews.save(replace(review, state=ReviewState.GIVEN_UP, done_at=now))
            return
        for after in NUDGED_AFTER:
            if review.asked_at + after <= now < review.asked_at + after + NUDGED_WITHIN:
                letter = self._letters.review_waits(
                    call, submission, review, person.language, days=after.days, now=now
                )
                await work.outbox.put([letter])
