"""Taps that have to do with the review of papers."""

from dataclasses import dataclass

from branch.papers.reviews import Criterion, Excuse
from handlers.buttons import Button


@dataclass(frozen=True, slots=True)
class StartReview(Button):
    name = "revstart"
    call: int


@dataclass(frozen=True, slots=True)
class StartReviewForCertain(Button):
    name = "revstart2"
    call: int


@dataclass(frozen=True, slots=True)
class ShowReviews(Button):
    """What one reviews oneself."""

    name = "revs"


@dataclass(frozen=True, slots=True)
class ShowReview(Button):
    name = "rev"
    review: int


@dataclass(frozen=True, slots=True)
class ScorePaper(Button):
    name = "revscore"
    review: int
    criterion: Criterion
    score: int


@dataclass(frozen=True, slots=True)
class AskScore(Button):
    """Give this score anew."""

    name = "revask"
    review: int
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class WriteComment(Button):
    name = "revsay"
    review: int


@dataclass(frozen=True, slots=True)
class FinishReview(Button):
    name = "revdone"
    review: int


@dataclass(frozen=True, slots=True)
class GiveUpReview(Button):
    name = "revnot"
    review: int
    excuse: Excuse


@dataclass(frozen=True, slots=True)
class ReadPaper(Button):
    """The file, under a name that says nothing."""

    name = "revfile"
    review: int
