"""Papers are reviewed: two each, blinded, who cannot is replaced, until it is decided."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from branch.papers.access import call_to_run, record
from branch.papers.errors import (
    CallMovedOn,
    NothingHere,
    NotScored,
    ReviewBegun,
    ReviewGone,
    TooEarly,
    TooLong,
)
from branch.papers.giving_out import give_out
from branch.papers.letters import PaperLetters
from branch.papers.model import Call, CallId, PaperFile, Submission
from branch.papers.moves import Move, State, moved
from branch.papers.ports import Begin, PaperWork
from branch.papers.reviews import (
    LONGEST_COMMENT,
    REVIEWERS,
    Criterion,
    Excuse,
    Review,
    ReviewId,
    ReviewState,
)
from branch.people.model import Deed, Person, Role
from branch.people.permission import demand
from texts.telegram_html import units


class ReviewTask(Struct, frozen=True, kw_only=True):
    """A paper as its reviewer sees it: nothing here says whose it is.

    `others` are what the others say, once everybody has had their say.
    """

    review: Review
    call: Call
    submission: Submission
    file: PaperFile | None
    others: Sequence[Review] = ()


class ReviewRoom:
    """Each raises NotAllowed; where one review is meant also ReviewGone."""

    def __init__(self, begin: Begin, look: Begin, letters: PaperLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def start(self, member: Person, call_id: CallId, *, now: datetime) -> tuple[int, int]:
        """How many papers are reviewed now, and how many reviewers are lacking for them.

        Raises CallGone, ReviewBegun, TooEarly, NothingHere.
        """
        async with self._begin() as work:
            call, present = await call_to_run(work, member, call_id, now, lock=True)
            if call.review_from is not None:
                raise ReviewBegun
            if call.takes(now):
                raise TooEarly
            entries = [
                each
                for each in await work.submissions.of_call(call.id)
                if each.submission.state is State.SUBMITTED
            ]
            if not entries:
                raise NothingHere
            if not await work.calls.save(replace(call, review_from=now)):
                raise CallMovedOn
            lacking = 0
            for entry in entries:
                number = entry.newest.number if entry.newest else 0
                lacking += await to_reviewers(
                    work, call, entry.submission, number, self._letters, now=now
                )
            await record(work, Deed.REVIEW_STARTED, present, call.id, now)
            return len(entries), lacking

    async def tasks(self, member: Person, *, now: datetime) -> Sequence[ReviewTask]:
        """What this member reviews, the open ones first."""
        async with self._look() as work:
            present = await demand(work, member, Role.MEMBER, now=now)
            found = [await _task(work, each) for each in await work.reviews.by(present.id)]
        return sorted(found, key=lambda each: each.review.state is not ReviewState.ASKED)

    async def see(self, member: Person, review_id: ReviewId, *, now: datetime) -> ReviewTask:
        async with self._look() as work:
            return await _task(work, await _theirs(work, member, review_id, now))

    async def score(
        self,
        member: Person,
        review_id: ReviewId,
        criterion: Criterion,
        score: int,
        *,
        now: datetime,
    ) -> ReviewTask:
        async with self._begin() as work:
            review = await _theirs(work, member, review_id, now, lock=True)
            await work.reviews.save(review.scored(criterion, score))
            return await _task(work, await _again(work, review))

    async def comment(
        self, member: Person, review_id: ReviewId, words: str, *, now: datetime
    ) -> ReviewTask:
        """Raises TooLong."""
        if units(words) > LONGEST_COMMENT:
            raise TooLong(LONGEST_COMMENT)
        async with self._begin() as work:
            review = await _theirs(work, member, review_id, now, lock=True)
            await work.reviews.save(replace(review, comment=words))
            return await _task(work, await _again(work, review))

    async def finish(self, member: Person, review_id: ReviewId, *, now: datetime) -> ReviewTask:
        """It counts now; it can be changed until it is decided. Raises NotScored."""
        async with self._begin() as work:
            review = await _theirs(work, member, review_id, now, lock=True)
            if review.total() is None or not review.comment:
                raise NotScored
            if review.state is ReviewState.ASKED:
                await work.reviews.save(replace(review, state=ReviewState.DONE, done_at=now))
                await self._tell_that_all_is_in(work, review, now)
            return await _task(work, await _again(work, review))

    async def give_up(
        self, member: Person, review_id: ReviewId, excuse: Excuse, *, now: datetime
    ) -> None:
        """Somebody else is asked in their place; why stays on record."""
        async with self._begin() as work:
            review = await _theirs(work, member, review_id, now, lock=True)
            await work.reviews.save(
                replace(review, state=ReviewState.GIVEN_UP, excuse=excuse, done_at=now)
            )
            task = await _task(work, review)
            await give_out(work, task.call, task.submission, self._letters, now=now)

    async def _tell_that_all_is_in(self, work: PaperWork, review: Review, now: datetime) -> None:
        task = await _task(work, review)
        reviews = await work.reviews.of(review.submission)
        if task.call.author is None or not all_in(reviews):
            return
        author = await work.people.by_id(task.call.author, now=now)
        if author is not None:
            letter = self._letters.reviews_in(
                task.call, task.submission, author.id, author.language, now=now
            )
            await work.outbox.put([letter])


async def to_reviewers(
    work: PaperWork,
    call: Call,
    submission: Submission,
    number: int,
    letters: PaperLetters,
    *,
    now: datetime,
) -> int:
    """What was handed in goes to its reviewers, in its `number`th version; how many are lacking."""
    state = moved(submission.state, Move.START_REVIEW)
    after = replace(submission, state=state, reviewed=number)
    if not await work.submissions.save(after, now=now):
        raise CallMovedOn
    return await give_out(work, call, after, letters, now=now)


def all_in(reviews: Sequence[Review]) -> bool:
    """Whether both have had their say."""
    counting = [each for each in reviews if each.counts]
    return len(counting) >= REVIEWERS and all(each.state is ReviewState.DONE for each in counting)


async def _theirs(
    work: PaperWork, member: Person, review_id: ReviewId, now: datetime, *, lock: bool = False
) -> Review:
    """The review, if it is theirs and not decided yet. Raises NotAllowed, ReviewGone."""
    present = await demand(work, member, Role.MEMBER, now=now)
    review = await work.reviews.get(review_id)
    submission = await work.submissions.get(review.submission) if review else None
    if submission is not None and lock:
        await work.calls.lock(submission.call)
        # what was read before the lock may be over by now
        review = await work.reviews.get(review_id)
        submission = await work.submissions.get(submission.id)
    if (
        review is None
        or submission is None
        or review.reviewer != present.id
        or not review.counts
        or submission.state is not State.UNDER_REVIEW
    ):
        raise ReviewGone
    return review


async def _again(work: PaperWork, review: Review) -> Review:
    return await work.reviews.get(review.id) or review


async def _task(work: PaperWork, review: Review) -> ReviewTask:
    submission = await work.submissions.get(review.submission)
    call = await work.calls.get(submission.call) if submission else None
    if submission is None or call is None:
        raise ReviewGone
    files = await work.submissions.files(submission.id)
    reviews = await work.reviews.of(submission.id)
    others = [each for each in reviews if each.counts and each.id != review.id]
    return ReviewTask(
        review=review,
        call=call,
        submission=submission,
        file=files[-1] if files else None,
        others=others if all_in(reviews) else (),
    )
