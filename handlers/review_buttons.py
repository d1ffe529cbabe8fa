"""Taps that have to do with the review of papers."""

from branch.papers.reviews import Criterion, Excuse
from handlers.buttons import Button


class StartReview(Button, frozen=True):
    name = "revstart"
    call: int


class StartReviewForCertain(Button, frozen=True):
    name = "revstart2"
    call: int


class ShowReviews(Button, frozen=True):
    """What one reviews oneself."""

    name = "revs"


class ShowReview(Button, frozen=True):
    name = "rev"
    review: int


class ScorePaper(Button, frozen=True):
    name = "revscore"
    review: int
    criterion: Criterion
    score: int


class AskScore(Button, frozen=True):
    """Give this score anew."""

    name = "revask"
    review: int
    criterion: Criterion


class WriteComment(Button, frozen=True):
    name = "revsay"
    review: int


class FinishReview(Button, frozen=True):
    name = "revdone"
    review: int


class GiveUpReview(Button, frozen=True):
    name = "revnot"
    review: int
    excuse: Excuse


class ReadPaper(Button, frozen=True):
    """The file, under a name that says nothing."""

    name = "revfile"
    review: int
