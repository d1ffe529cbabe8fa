"""Likeness by letters, for where there is no embedding: how many signs and pairs two share."""

import unicodedata
import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np

from branch.research.ports import Floats, Sense

SAME_FROM: Final = 0.33
"""Chosen on tests/branch/research/pairs.py; docs/research.md has the figures."""
_DIMENSIONS: Final = 8192
_SIZES: Final = (1, 2)
_NOTHING: Final = 1e-9


class LettersAlike:
    """Knows no synonyms: it finds what is said in the same words."""

    def sense(self, texts: Sequence[str]) -> Sense:
        rows = [_row(text) for text in texts]
        vectors = np.stack(rows) if rows else np.zeros((0, _DIMENSIONS), np.float32)
        return Sense(vectors, SAME_FROM)


def _row(text: str) -> Floats:
    """A place for each sign and pair (by its checksum), as often as it is there, damped."""
    row = np.zeros(_DIMENSIONS, np.float32)
    for word in _spelled(text).split():
        for size in _SIZES:
            for start in range(len(word) - size + 1):
                row[zlib.crc32(word[start : start + size].encode()) % _DIMENSIONS] += 1
    damped = np.log1p(row)
    return (damped / max(float(np.linalg.norm(damped)), _NOTHING)).astype(np.float32)


def _spelled(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign if sign.isalnum() else " " for sign in folded)
