"""The letters of a call: remember it, its deadline has moved, what has become of a paper."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter
from branch.papers.letterhead import Letterhead
from branch.papers.model import Call, PaperField, Submission
from branch.papers.reviews import Review, ReviewId
from branch.people.model import PersonId
from texts.language import Language

LEADS: Final = (timedelta(days=7), timedelta(days=2), timedelta(hours=12))
"""So long before the deadline people are reminded."""
REMINDER_IS_USEFUL_FOR: Final = timedelta(hours=10)
"""It may have to wait for the morning."""
REVIEW_IS_USEFUL_FOR: Final = timedelta(days=30)


class PaperLetters(Letterhead):
    def moved(
        self, call: Call, before: datetime, to: PersonId, language: Language, *, now: datetime
    ) -> Letter:
        """Its deadline is another now."""
        return self._letter(
            call,
            to,
            language,
            template="deadline_moved",
            key=f"moved:{call.version}",
            now=now,
            button=("button.my_paper", self._taps.hand_in(call.id)),
            before=before,
        )

    def closed(self, call: Call, to: PersonId, language: Language, *, now: datetime) -> Letter:
        return self._letter(
            call,
            to,
            language,
            template="call_closed",
            key="closed",
            now=now,
            button=("button.this_call", self._taps.call(call.id)),
        )

    def soon(
        self,
        call: Call,
        to: PersonId,
        language: Language,
        lead: timedelta,
        *,
        lacks: Sequence[PaperField] = (),
        begun: bool = False,
        now: datetime,
    ) -> Letter:
        """`begun`: they have, and `lacks` is what is missing."""
        due = call.plan.deadline - lead
        return self._letter(
            call,
            to,
            language,
            template="soon",
            key=_soon(call, lead),
            now=now,
            button=("button.my_paper" if begun else "button.hand_in", self._taps.hand_in(call.id)),
            kind=LetterKind.PAPER_REMINDER,
            useful_until=min(call.plan.ends_at, due + REMINDER_IS_USEFUL_FOR),
            begun=begun,
            lacking=[
                dict(call.plan.own_fields).get(each)
                or self._texts.label(f"paperfield.{each}", language)
                for each in lacks
            ],
            hours=_hours(lead),
        )

    def over(
        self,
        call: Call,
        to: PersonId,
        language: Language,
        *,
        done: int,
        whole: int,
        now: datetime,
    ) -> Letter:
        """`whole`: how many had everything ready and did not hand in."""
        return self._letter(
            call,
            to,
            language,
            template="deadline_over",
            key=f"over:{call.plan.deadline:%Y%m%d%H%M}",
            now=now,
            button=("button.this_call", self._taps.call(call.id)),
            kind=LetterKind.PAPER_REMINDER,
            done=done,
            whole=whole,
        )

    def revise_soon(
        self,
        call: Call,
        submission: Submission,
        language: Language,
        lead: timedelta,
        *,
        now: datetime,
    ) -> Letter:
        until = submission.revise_until
        assert until is not None, "what is to be revised has its time"
        return self._letter(
            call,
            submission.author,
            language,
            template="revise_soon",
            key=f"revise:{submission.round}:{_hours(lead)}",
            now=now,
            button=("button.my_paper", self._taps.hand_in(call.id)),
            kind=LetterKind.PAPER_REMINDER,
            useful_until=until,
            title=submission.paper.title or "",
            until=until,
        )

    def review_asked(
        self,
        call: Call,
        submission: Submission,
        review: ReviewId,
        to: PersonId,
        language: Language,
        *,
        now: datetime,
    ) -> Letter:
        """Nothing in it says whose the paper is."""
        return self._letter(
            call,
            to,
            language,
            template="review_asked",
            key=f"review:{submission.id}:{submission.round}",
            now=now,
            concerns=submission.author,
            button=("button.review_paper", self._taps.review(review)),
            useful_until=now + REVIEW_IS_USEFUL_FOR,
            title=submission.paper.title or "",
            receipt=submission.receipt or "",
            again=submission.round > 1,
        )

    def review_waits(
        self,
        call: Call,
        submission: Submission,
        review: Review,
        language: Language,
        *,
        days: int,
        now: datetime,
    ) -> Letter:
        return self._letter(
            call,
            review.reviewer,
            language,
            template="review_waits",
            key=f"waits:{submission.id}:{submission.round}:{days}",
            now=now,
            concerns=submission.author,
            button=("button.review_paper", self._taps.review(review.id)),
            kind=LetterKind.PAPER_REMINDER,
            receipt=submission.receipt or "",
            title=submission.paper.title or "",
            days=days,
        )

    def reviews_in(
        self,
        call: Call,
        submission: Submission,
        to: PersonId,
        language: Language,
        *,
        now: datetime,
    ) -> Letter:
        return self._letter(
            call,
            to,
            language,
            template="reviews_in",
            key=f"in:{submission.id}:{submission.round}",
            now=now,
            concerns=submission.author,
            button=("button.decisions", self._taps.decide(call.id)),
            receipt=submission.receipt or "",
            title=submission.paper.title or "",
        )


def reminder_keys(call: Call, to: PersonId) -> list[str]:
    """Another deadline is another reminder."""
    return [f"{call.about}{_soon(call, lead)}:{to}" for lead in LEADS]


def _soon(call: Call, lead: timedelta) -> str:
    return f"soon:{call.plan.deadline:%Y%m%d%H%M}:{_hours(lead)}"


def _hours(lead: timedelta) -> int:
    return round(lead.total_seconds() / 3600)
