"""From how alike a question and the documents are to how likely each of them is meant."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from branch.guidance.index import Likeness
from branch.guidance.sense import Nearness
from branch.guidance.terms import Floats
from branch.guidance.thresholds import SIGNALS, Weights

MOST_CANDIDATES = 30
_LEARNT_FIRST = 5
"""So many that the classifier finds likeliest are candidates whatever else says."""
_LEAST_LOGARITHM = -10.0
"""What is less likely than this, to the classifier, is as unlikely as this."""
_LONG_ENOUGH = 6
"""A question of so many letters is not covered by chance."""
_SECOND = slice(1, 3)
_PLACE = {name: place for place, name in enumerate(SIGNALS)}


class Doubts(Struct, frozen=True, kw_only=True):
    """What is known of each candidate beside its likeness; arrays of one number a candidate."""

    beyond: Floats
    exact: Floats
    crossed: Floats
    other_year: Floats
    other_name: Floats


class Ranking(Struct, frozen=True):
    """The likeliest documents, and how likely each is, and that none of all is meant."""

    documents: NDArray[np.intp]
    signals: Floats
    """A row a document, a column a signal."""
    likely: Floats
    none: float


def candidates(
    likeness: Likeness, nearness: Nearness | None, learnt: Floats | None
) -> NDArray[np.intp]:
    """The documents that are worth a closer look, the likeliest first."""
    rough = likeness.nearest + likeness.whole + likeness.covered / 2
    if nearness is not None:
        rough = rough + nearness.nearest + nearness.middle + nearness.body
    some = min(MOST_CANDIDATES, len(rough))
    wanted = rough.copy()
    if learnt is not None:
        wanted[np.argsort(-learnt, kind="stable")[:_LEARNT_FIRST]] = np.inf
    best = np.argpartition(-wanted, some - 1)[:some] if some else np.zeros(0, dtype=np.intp)
    order: NDArray[np.intp] = best[np.argsort(-rough[best], kind="stable")]
    return order


def signals(
    likeness: Likeness,
    nearness: Nearness | None,
    learnt: Floats | None,
    doubts: Doubts,
    owned: Sequence[slice],
    documents: NDArray[np.intp],
    *,
    letters: int,
) -> Floats:
    """What speaks for and against each of the documents: a row each, a column a signal.

    `learnt` are the classifier's logarithms of how likely each is, where there is one; `letters`
    are those of the question, without gaps.
    """
    table = np.zeros((len(documents), len(SIGNALS)), dtype=np.float32)

    def put(name: str, values: Floats | Sequence[float]) -> None:
        table[:, _PLACE[name]] = values

    put("nearest", likeness.nearest[documents])
    put("second", [_next_two(likeness.wordings[owned[each]]) for each in documents])
    put("whole", likeness.whole[documents])
    # a word or two stand in any long document: that says something only of what is like them
    believed = np.maximum(min(letters / _LONG_ENOUGH, 1.0), likeness.nearest[documents])
    put("covered", likeness.covered[documents] * believed)
    put("near_miss", np.maximum(likeness.near_miss - likeness.nearest, 0)[documents])
    for name in ("beyond", "exact", "crossed", "other_year", "other_name"):
        put(name, getattr(doubts, name))
    if nearness is not None:
        put("sense_nearest", nearness.nearest[documents])
        put("sense_second", [_next_two(nearness.wordings[owned[each]]) for each in documents])
        put("sense_middle", nearness.middle[documents])
        put("sense_apart", nearness.apart[documents])
        put("sense_body", nearness.body[documents])
        put("sense_near_miss", np.maximum(nearness.near_miss - nearness.nearest, 0)[documents])
    if learnt is not None:
        logarithms = np.maximum(learnt[documents], _LEAST_LOGARITHM)
        put("learnt", (1 - logarithms / _LEAST_LOGARITHM).astype(np.float32))
    return table


def ranked(documents: NDArray[np.intp], table: Floats, weights: Weights, leans: Floats) -> Ranking:
    """How likely each document is meant, by a choice among them and none of them."""
    by_signal = np.asarray([weights.by_signal.get(name, 0.0) for name in SIGNALS])
    odds = np.append(table @ by_signal + leans, weights.none)
    shares = np.exp(odds - odds.max())
    shares = shares / shares.sum()
    return Ranking(documents, table, shares[:-1].astype(np.float32), float(shares[-1]))


def _next_two(values: Floats) -> float:
    """The mean of the second and third greatest; what is missing counts as 0."""
    return float(np.sort(values)[::-1][_SECOND].sum()) / 2
