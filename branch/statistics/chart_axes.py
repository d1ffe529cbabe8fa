"""Scales that are read at a glance: a few round numbers, and labels that do not touch."""

from collections.abc import Callable, Sequence
from typing import Final

_ROUND: Final = (1, 2, 5)
_MOST_STEPS: Final = 5
_BETWEEN: Final = 24


def scale_of(highest: float) -> list[int]:
    """Round numbers from nought to above the highest, at most six of them."""
    step, power = 1, 0
    while highest > step * _MOST_STEPS:
        power += 1
        step = _ROUND[power % 3] * 10 ** (power // 3)
    count = max(1, -int(-highest // step))
    return [step * number for number in range(count + 1)]


def share_scale(highest: float) -> list[float]:
    """From nought to a fifth, to a half or to all, whichever the highest share lies in."""
    if highest <= 0.2:  # noqa: PLR2004 -- a fifth: small shares would lie on top of each other
        return [0.0, 0.05, 0.1, 0.15, 0.2]
    return [0.0, 0.25, 0.5] if highest <= 0.5 else [0.0, 0.25, 0.5, 0.75, 1.0]  # noqa: PLR2004 -- a half


def told_shares(shares: Sequence[float], room: float, width: Callable[[str], float]) -> list[str]:
    """The shares as labels of a scale so wide; where all would touch, every second or the ends."""
    labels = [f"{share:.0%}" for share in shares]
    for every in (1, 2):
        apart = room / (len(labels) - 1) * every
        if max(map(width, labels)) + _BETWEEN <= apart:
            break
    else:
        every = len(labels) - 1
    return [label if at % every == 0 else "" for at, label in enumerate(labels)]


def axis_top(steps: Sequence[int]) -> int:
    return steps[-1]


def thinned(labels: Sequence[str], room: float, width: Callable[[str], float]) -> list[str]:
    """The labels, with every second, third... one only where all would touch each other."""
    every = 1
    while every < len(labels):
        shown = labels[::every]
        if max(map(width, shown)) + _BETWEEN <= room / len(labels) * every:
            break
        every += 1
    return [label if at % every == 0 else "" for at, label in enumerate(labels)]
