"""Scales that are read at a glance: a few round numbers, and labels that do not touch."""

from collections.abc import Callable, Sequence
from typing import Final

_ROUND: Final = (1, 2, 5)
_MOST_STEPS: Final = 5


def scale_of(highest: float) -> list[int]:
    """Round numbers from nought to above the highest, at most six of them."""
    step, power = 1, 0
    while highest > step * _MOST_STEPS:
        power += 1
        step = _ROUND[power % 3] * 10 ** (power // 3)
    count = max(1, -int(-highest // step))
    return [step * number for number in range(count + 1)]


def axis_top(steps: Sequence[int]) -> int:
    return steps[-1]


def thinned(labels: Sequence[str], room: float, width: Callable[[str], float]) -> list[str]:
    """The labels, with every second, third... one only where all would touch each other."""
    every = 1
    while every < len(labels):
        shown = labels[::every]
        if max(map(width, shown)) + 24 <= room / len(labels) * every:
            break
        every += 1
    return [label if at % every == 0 else "" for at, label in enumerate(labels)]
