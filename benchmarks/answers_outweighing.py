"""Choosing how many times likelier an answer must be than each kind that is not answered here."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from branch.guidance.model import BoundaryKind, GoldenQuestion
from branch.guidance.replying import MAY_BE_OURS
from branch.guidance.service import GuidanceLibrary
from branch.guidance.thresholds import Thresholds, Weights
from texts.language import Language

FOLDS: Final = 5
GRID: Final = (8.0, 6.0, 4.0, 3.0, 2.5, 2.0, 1.5, 1.0)
"""Of equals the first is taken, that is the most cautious."""
ROUNDS: Final = 3
MOST_OVERREACH: Final = 0.014
"""Half of what is allowed: questions to tune by are easier than those that come."""
PRICE: Final = 5.0
"""What answers beyond that cost, in right answers."""
KINDS: Final[tuple[BoundaryKind | None, ...]] = (None, *BoundaryKind)
CHOSEN: Final = (None, BoundaryKind.PERSONAL, BoundaryKind.ELSEWHERE, BoundaryKind.SMALLTALK)
"""Of the others there are too few questions to choose by."""
Numbers = NDArray[np.floating]


class Cases(Struct, frozen=True):
    """What the search thought of questions, a row each: all that a decision is made from."""

    first: Numbers
    sure: NDArray[np.bool_]
    """Whether everything else speaks for answering with the first."""
    beyond: Numbers
    right: NDArray[np.bool_]
    answerable: NDArray[np.bool_]

    def only(self, rows: NDArray[np.bool_]) -> "Cases":
        return Cases(
            self.first[rows],
            self.sure[rows],
            self.beyond[rows],
            self.right[rows],
            self.answerable[rows],
        )

    def told(self, outweighs: Numbers) -> tuple[float, float]:
        """The share of the answerable that is right at once, and of the others that is answered."""
        answered = self.sure & (self.first >= self.beyond @ outweighs)
        known = self.answerable
        return float((answered & self.right)[known].mean()), float(answered[~known].mean())


def cases_of(shelf: GuidanceLibrary, golden: Sequence[GoldenQuestion], on: date) -> Cases:
    """How the Chinese ones among the questions come out of the search."""
    weights, torn = Thresholds().with_meaning, Thresholds().torn
    rows = []
    for each in golden:
        if each.ask.isascii():
            continue
        crossed = shelf.crossed_by(each.ask)
        weighing = shelf.matcher(Language.ZH).weighed(each.ask, on=on, crossed=crossed is not None)
        first, second = ([match.confidence for match in weighing.matches[:2]] + [0.0, 0.0])[:2]
        ours = crossed is None or crossed.kind in MAY_BE_OURS
        slug = weighing.matches[0].entry.slug if weighing.matches else None
        rows.append(
            (
                first,
                ours and first >= weights.sure and second < first * torn,
                [weighing.beyond.get(kind, 0.0) for kind in KINDS],
                slug in each.slugs,
                each.is_answerable,
            )
        )
    first_of, sure, beyond, right, answerable = zip(*rows, strict=True)
    return Cases(
        np.asarray(first_of),
        np.asarray(sure),
        np.asarray(beyond),
        np.asarray(right),
        np.asarray(answerable),
    )


def chosen(cases: Cases, start: Weights) -> Mapping[BoundaryKind | None, float]:
    """The numbers that bring most right answers for little overreach, one kind after the other."""
    now = np.asarray([start.outweighs[kind] for kind in KINDS])
    for _ in range(ROUNDS):
        for kind in CHOSEN:
            place = KINDS.index(kind)
            tries = [np.where(np.arange(len(KINDS)) == place, value, now) for value in GRID]
            now = max(tries, key=lambda each: _worth(cases.told(each)))
    return dict(zip(KINDS, now.tolist(), strict=True))


def held_out_from(cases: Cases, start: Weights) -> tuple[float, float]:
    """The same shares of each fifth, with numbers chosen on the other four."""
    fold = np.arange(len(cases.first)) % FOLDS
    told = []
    for number in range(FOLDS):
        by_kind = chosen(cases.only(fold != number), start)
        told.append(cases.only(fold == number).told(np.asarray([by_kind[kind] for kind in KINDS])))
    right, overreach = np.mean(told, axis=0).tolist()
    return right, overreach


def _worth(told: tuple[float, float]) -> float:
    right, overreach = told
    return right - PRICE * max(0.0, overreach - MOST_OVERREACH)
