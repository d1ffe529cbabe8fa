"""Words that no table knows, by what place in a word each sign usually has."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from branch.guidance.word_table import WORDS, mapped

FIRST_SIGN, LAST_SIGN = "\u4e00", "\u9fd5"
"""Of those the model was learnt with."""
_RUN = re.compile(f"([{FIRST_SIGN}-{LAST_SIGN}]+)|[^{FIRST_SIGN}-{LAST_SIGN}]+")
NEVER = -3.14e100
"""The logarithm of nothing, as the model was learnt with."""
PLACES = "BMES"
"""A sign begins a word, stands in its middle, ends it, or is one by itself."""
_AT_FIRST = {"B": -0.26268660809250016, "M": NEVER, "E": NEVER, "S": -1.4652633398537678}
_BEFORE = {
    "B": {"E": -0.5897149736854513, "S": -0.7211965654669841},
    "M": {"M": -1.2603623820268226, "B": -0.916290731874155},
    "S": {"S": -0.6658631448798212, "E": -0.8085250474669937},
    "E": {"B": -0.51082562376599, "M": -0.33344856811948514},
}
"""For each place, those that may come before it, and how likely that is."""


class NewWords:
    """A hidden Markov model; the likeliest places of all signs together part the text."""

    def __init__(self, folder: Path = WORDS) -> None:
        self._emissions: NDArray[np.float64] = mapped(folder / "emissions.npy")

    def parted(self, text: str) -> Iterable[str]:
        """The words of a text of Chinese signs; rare ones, not in the model, stay whole."""
        for run in _RUN.finditer(text):
            if run[1]:
                yield from self._words(run[0])
            else:
                yield run[0]

    def _words(self, text: str) -> Sequence[str]:
        words, begun = [], 0
        for at, place in enumerate(self._places(text), start=1):
            if place in "ES":
                words.append(text[begun:at])
                begun = at
        return words

    def _places(self, text: str) -> str:
        """Viterbi's way: the likeliest places up to each sign, by the place of that sign."""
        numbers = [ord(sign) - ord(FIRST_SIGN) for sign in text]
        rows = self._emissions[numbers].tolist()
        first = dict(zip(PLACES, rows[0], strict=True))
        best = {place: (_AT_FIRST[place] + first[place], place) for place in PLACES}
        for row in rows[1:]:
            seen = dict(zip(PLACES, row, strict=True))
            best = {place: _next(best, place, seen[place]) for place in PLACES}
        return max((best[place][0], place, best[place][1]) for place in "ES")[2]


def _next(best: dict[str, tuple[float, str]], place: str, seen: float) -> tuple[float, str]:
    before = _BEFORE[place]
    # of ways that are as likely the last in the alphabet, as in the program the model comes with
    likely, last = max((best[each][0] + way + seen, each) for each, way in before.items())
    return likely, best[last][1] + place
