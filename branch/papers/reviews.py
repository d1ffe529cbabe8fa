"""What a reviewer says of a paper, and what is to become of it; nothing here touches a database."""

from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from msgspec import Struct
from msgspec.structs import replace

from branch.papers.model import SubmissionId
from branch.papers.moves import Award, Verdict
from branch.people.model import PersonId

ReviewId = NewType("ReviewId", int)
REVIEWERS: Final = 2
BEST: Final = 5
LONGEST_COMMENT: Final = 1000
"""Counted as Telegram counts: two of them and the words below have to fit into one letter."""
LONGEST_WORDS: Final = 1500


class Criterion(StrEnum):
    THEME = "theme"
    SUBSTANCE = "substance"
    WRITING = "writing"


class ReviewState(StrEnum):
    ASKED = "asked"
    DONE = "done"
    GIVEN_UP = "given_up"


class Excuse(StrEnum):
    """Why somebody does not review."""

    INTEREST = "interest"
    BUSY = "busy"


class Review(Struct, frozen=True, kw_only=True):
    id: ReviewId
    submission: SubmissionId
    reviewer: PersonId
    state: ReviewState
    asked_at: datetime
    theme: int | None = None
    substance: int | None = None
    writing: int | None = None
    comment: str = ""
    excuse: Excuse | None = None
    done_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether they still review it, or have."""
        return self.state is not ReviewState.GIVEN_UP

    def score(self, criterion: Criterion) -> int | None:
        return {
            Criterion.THEME: self.theme,
            Criterion.SUBSTANCE: self.substance,
            Criterion.WRITING: self.writing,
        }[criterion]

    def scored(self, criterion: Criterion, score: int) -> "Review":
        match criterion:
            case Criterion.THEME:
                return replace(self, theme=score)
            case Criterion.SUBSTANCE:
                return replace(self, substance=score)
            case Criterion.WRITING:
                return replace(self, writing=score)

    def open_criterion(self) -> Criterion | None:
        """What is to be scored next."""
        return next((each for each in Criterion if self.score(each) is None), None)

    def total(self) -> int | None:
        """Out of 15; None before all is scored."""
        scores = [self.score(each) for each in Criterion]
        return None if None in scores else sum(each or 0 for each in scores)


class Proposal(Struct, frozen=True, kw_only=True):
    """What is to become of a paper in this round, and the words of the letter about it."""

    submission: SubmissionId
    round: int
    verdict: Verdict
    award: Award
    words: str
    by: PersonId | None
    at: datetime
    released_at: datetime | None = None
