"""The rows of reviews and of what is proposed for a paper."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.papers.model import CallId, SubmissionId
from branch.papers.moves import Award, State, Verdict
from branch.papers.reviews import REVIEWERS, Excuse, Proposal, Review, ReviewId, ReviewState
from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.paper_tables import PAPER_PROPOSALS, PAPER_REVIEWS, SUBMISSIONS


class SqlReviews:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, submission: SubmissionId, reviewer: PersonId, *, now: datetime) -> ReviewId:
        added = await self._connection.execute(
            insert_into(self._connection, PAPER_REVIEWS)
            .values(
                submission_id=submission,
                reviewer_id=reviewer,
                state=ReviewState.ASKED,
                comment="",
                asked_at=now,
            )
            .returning(PAPER_REVIEWS.c.id)
        )
        return ReviewId(added.scalar_one())

    async def get(self, review: ReviewId) -> Review | None:
        found = await self._rows(PAPER_REVIEWS.c.id == review)
        return found[0] if found else None

    async def save(self, review: Review) -> None:
        await self._connection.execute(
            update(PAPER_REVIEWS)
            .where(PAPER_REVIEWS.c.id == review.id)
            .values(
                state=review.state,
                theme=review.theme,
                substance=review.substance,
                writing=review.writing,
                comment=review.comment,
                excuse=review.excuse,
                asked_at=review.asked_at,
                done_at=review.done_at,
            )
        )

    async def of(self, submission: SubmissionId) -> Sequence[Review]:
        return await self._rows(PAPER_REVIEWS.c.submission_id == submission)

    async def of_call(self, call: CallId) -> Mapping[SubmissionId, Sequence[Review]]:
        found: dict[SubmissionId, list[Review]] = {}
        for review in await self._rows(SUBMISSIONS.c.call_id == call):
            found.setdefault(review.submission, []).append(review)
        return found

    async def by(self, reviewer: PersonId) -> Sequence[Review]:
        return await self._rows(
            and_(
                PAPER_REVIEWS.c.reviewer_id == reviewer,
                PAPER_REVIEWS.c.state != ReviewState.GIVEN_UP,
                SUBMISSIONS.c.state == State.UNDER_REVIEW,
            )
        )

    async def waiting(self) -> Sequence[SubmissionId]:
        done = (
            select(func.count())
            .where(
                PAPER_REVIEWS.c.submission_id == SUBMISSIONS.c.id,
                PAPER_REVIEWS.c.state == ReviewState.DONE,
            )
            .scalar_subquery()
        )
        rows = await self._connection.execute(
            select(SUBMISSIONS.c.id)
            .where(SUBMISSIONS.c.state == State.UNDER_REVIEW, done < REVIEWERS)
            .order_by(SUBMISSIONS.c.id)
        )
        return [SubmissionId(each) for each in rows.scalars()]

    async def in_hand(self) -> Mapping[PersonId, int]:
        rows = await self._connection.execute(
            select(PAPER_REVIEWS.c.reviewer_id, func.count())
            .join(SUBMISSIONS, SUBMISSIONS.c.id == PAPER_REVIEWS.c.submission_id)
            .where(
                PAPER_REVIEWS.c.state == ReviewState.ASKED,
                SUBMISSIONS.c.state == State.UNDER_REVIEW,
            )
            .group_by(PAPER_REVIEWS.c.reviewer_id)
        )
        return {PersonId(person): number for person, number in rows}

    async def propose(self, proposal: Proposal) -> None:
        values = {
            "verdict": proposal.verdict,
            "award": proposal.award,
            "words": proposal.words,
            "by_id": proposal.by,
            "at": proposal.at,
            "released_at": proposal.released_at,
        }
        await self._connection.execute(
            insert_into(self._connection, PAPER_PROPOSALS)
            .values(submission_id=proposal.submission, round=proposal.round, **values)
            .on_conflict_do_update(
                index_elements=[PAPER_PROPOSALS.c.submission_id, PAPER_PROPOSALS.c.round],
                set_=values,
            )
        )

    async def proposals(self, call: CallId) -> Mapping[SubmissionId, Proposal]:
        rows = await self._connection.execute(
            select(PAPER_PROPOSALS)
            .join(
                SUBMISSIONS,
                and_(
                    SUBMISSIONS.c.id == PAPER_PROPOSALS.c.submission_id,
                    SUBMISSIONS.c.round == PAPER_PROPOSALS.c.round,
                ),
            )
            .where(SUBMISSIONS.c.call_id == call)
        )
        return {SubmissionId(row.submission_id): _proposal(row) for row in rows}

    async def release(self, submission: SubmissionId, round_: int, *, now: datetime) -> None:
        await self._connection.execute(
            update(PAPER_PROPOSALS)
            .where(PAPER_PROPOSALS.c.submission_id == submission, PAPER_PROPOSALS.c.round == round_)
            .values(released_at=now)
        )

    async def _rows(self, condition: Any) -> Sequence[Review]:
        rows = await self._connection.execute(
            select(PAPER_REVIEWS)
            .join(SUBMISSIONS, SUBMISSIONS.c.id == PAPER_REVIEWS.c.submission_id)
            .where(condition)
            .order_by(PAPER_REVIEWS.c.id)
        )
        return [_review(row) for row in rows]


def _review(row: Any) -> Review:
    return Review(
        id=ReviewId(row.id),
        submission=SubmissionId(row.submission_id),
        reviewer=PersonId(row.reviewer_id),
        state=ReviewState(row.state),
        asked_at=row.asked_at,
        theme=row.theme,
        substance=row.substance,
        writing=row.writing,
        comment=row.comment,
        excuse=Excuse(row.excuse) if row.excuse else None,
        done_at=row.done_at,
    )


def _proposal(row: Any) -> Proposal:
    return Proposal(
        submission=SubmissionId(row.submission_id),
        round=row.round,
        verdict=Verdict(row.verdict),
        award=Award(row.award),
        words=row.words,
        by=None if row.by_id is None else PersonId(row.by_id),
        at=row.at,
        released_at=row.released_at,
    )
