"""Brings together what means the same: by averages, so that no chain swallows everything."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from branch.research.model import LONGEST_NAME
from branch.research.ports import Floats

_ELLIPSIS = "\u2026"


class Group(Struct, frozen=True):
    """Places of texts that mean the same; `central` is the one nearest to their middle."""

    places: tuple[int, ...]
    central: int
    name: str


def group(texts: Sequence[str], vectors: Floats, threshold: float) -> list[Group]:
    """Every text in one group, the largest group first.

    Two groups become one while the average cosine between their members is `threshold` or more,
    the nearest two first. The order in which the texts are given makes no difference.
    """
    order = sorted(range(len(texts)), key=lambda place: (texts[place], vectors[place].tobytes()))
    together = _joined(vectors[order], threshold)
    groups = [_described(texts, vectors, [order[each] for each in inside]) for inside in together]
    return sorted(groups, key=lambda each: (-len(each.places), texts[each.central], each.central))


def nearest_of(own: Floats, others: Floats) -> Floats:
    """The cosine of a vector to each of the rows."""
    near: Floats = others @ own if len(others) else np.zeros(0, np.float32)
    return near


def named_after(text: str) -> str:
    """A name of a problem from what a member wrote: its first line, cut."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + _ELLIPSIS


def _joined(vectors: Floats, threshold: float) -> list[list[int]]:
    """The members of each group; sums of cosines are kept, so a step costs a row."""
    groups = {place: [place] for place in range(len(vectors))}
    sums = (vectors @ vectors.T).astype(np.float64)
    sizes = np.ones(len(vectors))
    averages = sums.copy()
    np.fill_diagonal(averages, -np.inf)
    while len(groups) > 1:
        one, other = divmod(int(averages.argmax()), len(vectors))
        # two cosines of the same thing may differ in the last digit
        if averages[one, other] < threshold - 1e-6:
            break
        one, other = sorted((one, other))
        groups[one] += groups.pop(other)
        sums[one] += sums[other]
        sums[:, one] = sums[one]
        sizes[one] += sizes[other]
        sizes[other] = 0
        averages[other, :] = averages[:, other] = -np.inf
        there = sizes > 0
        there[one] = False
        averages[one, there] = sums[one, there] / (sizes[one] * sizes[there])
        averages[there, one] = averages[one, there]
    return list(groups.values())


def _described(texts: Sequence[str], vectors: Floats, inside: list[int]) -> Group:
    middle = vectors[inside].astype(np.float64).sum(axis=0)
    nearness = vectors[inside].astype(np.float64) @ middle
    # of equals the first as it is spelled, however they came
    best = max(range(len(inside)), key=lambda each: (round(float(nearness[each]), 6), -each))
    central = inside[best]
    return Group(tuple(sorted(inside)), central, named_after(texts[central]))
