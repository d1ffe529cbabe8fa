"""Words and how likely each is, looked up in files that nobody reads as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf, log
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

WORDS = Path(__file__).parent / "words"
PARTS = ("marks", "odds", "unknown")
_LONGEST = 16
_USUAL = 4
"""Few words are longer: what follows so many signs is looked up only where one may begin."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Odd, and far from a simple fraction of 2 ** 64: so no two words have the same mark."""
Marks = NDArray[np.uint64]
Odds = NDArray[np.float64]
Word = tuple[int, float]
"""How long it is, and the logarithm of its share of all that is written."""


class WordTable(Struct, frozen=True):
    """Each word as a mark of 64 bits, sorted, with the logarithm of its share of all words.

    The beginning of a longer word has it with the other sign; infinity, if it is no word itself.
    """

    marks: Marks
    odds: Odds
    unknown: Odds
    """The share of a word that was seen once."""

    @classmethod
    def read(cls, folder: Path = WORDS) -> "WordTable":
        """Only what is looked up comes into memory, and the system may take it away again."""
        return cls(*(mapped(folder / f"{part}.npy") for part in PARTS))

    @classmethod
    def of(cls, words: Mapping[str, int], total: int) -> "WordTable":
        """A table of words and how often each is written, of so many words in all."""
        beginnings = {word[:_USUAL] for word in words if len(word) > _USUAL}
        odds = {_mark_of(word): -inf for word in beginnings}
        odds |= {_mark_of(word): log(often) - log(total) for word, often in words.items()}
        if len(odds) < len({*words, *beginnings}):
            raise ValueError("two words have the same mark")
        for word in beginnings:
            odds[_mark_of(word)] *= -1
        marks = sorted(odds)
        return cls(
            np.asarray(marks, dtype=np.uint64),
            np.asarray([odds[mark] for mark in marks]),
            np.asarray([-log(total)]),
        )

    def words_in(self, text: str) -> Sequence[Sequence[Word]]:
        """For each sign, the words that begin with it, the shortest first."""
        count, words = len(text), [list[Word]() for _ in text]
        signs = np.zeros(count + _USUAL, dtype=np.uint64)
        signs[:count] = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        marks = [signs[:count]]
        for length in range(1, _USUAL):
            marks.append(marks[-1] * _FACTOR + signs[length : length + count])
        odds = self._odds_of(np.concatenate(marks))
        places = np.flatnonzero(odds)
        for place, odd in zip(places.tolist(), odds[places].tolist(), strict=True):
            length, at = divmod(place, count)
            if odd != inf:
                words[at].append((length + 1, -abs(odd)))
            if odd > 0:
                words[at] += self._longer(text[at : at + _LONGEST])
        return words

    def _longer(self, text: str) -> Iterable[Word]:
        """The words of more than the usual length that the text begins with."""
        lengths = range(_USUAL + 1, len(text) + 1)
        marks = np.asarray([_mark_of(text[:length]) for length in lengths], dtype=np.uint64)
        odds = self._odds_of(marks).tolist()
        return [(length, odd) for length, odd in zip(lengths, odds, strict=True) if odd]

    def _odds_of(self, marks: Marks) -> Odds:
        """Of each; 0 for what is neither a word nor the beginning of one."""
        places = np.searchsorted(self.marks, marks)
        places[places == len(self.marks)] = 0
        odds = np.zeros(len(marks))
        known = self.marks[places] == marks
        odds[known] = self.odds[places[known]]
        return odds


def mapped(file: Path) -> NDArray[Any]:
    """An array that stays in its file."""
    return np.asarray(np.load(file, mmap_mode="r"))


def _mark_of(word: str) -> int:
    mark = 0
    for sign in word:
        mark = (mark * int(_FACTOR) + ord(sign)) % 2**64
    return mark
