"""What the classifier sees of a text: what it means beside the letters it is written in."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from branch.guidance.terms import Floats, Ids, Texts, hashes_of

PLACES = 1024
"""Into so few numbers all letters are folded: what shares a place is told apart by the others."""
_MEANING = 5.0
"""How much longer meanings are made, which lie close together, before letters join them."""
_LENGTH = 3.0
_NOTHING = 1e-9
_SIGN = 31
"""The bit of a hash that says whether a feature is added or taken away: so what meets cancels."""
Numbers = NDArray[np.intp]


class Folded(Struct, frozen=True):
    """The features of many texts, one text after the other, each with its place and weight.

    Rows are made when they are asked for: of all texts at once they would fill the memory.
    """

    places: NDArray[np.int16]
    weights: Floats
    begins: Ids
    """Where each text begins, and where the last one ends."""

    @classmethod
    def of(cls, texts: Sequence[Texts], hashes: NDArray[np.uint32], kinds: Floats) -> "Folded":
        """Folds numbered features, whose hashes and kinds' weights are given by their numbers."""
        none = np.zeros(0, dtype=np.int32)
        ids = np.concatenate([none, *(each.ids for each in texts)])
        sizes = np.concatenate([none, *(each.sizes for each in texts)])
        places, weights = _folded(hashes[ids], kinds[ids])
        return cls(places, weights, np.append(0, np.cumsum(sizes)).astype(np.int32))

    def rows(self, numbers: Numbers) -> Floats:
        """The letters of these texts: a row a text."""
        begins = self.begins[numbers]
        sizes = self.begins[numbers + 1] - begins
        ends = np.cumsum(sizes)
        found = np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - ends + sizes, sizes)
        owners = np.repeat(np.arange(len(numbers)), sizes)
        return _summed(owners, self.places[found], self.weights[found], len(numbers))


def letters_of(features: Mapping[str, float]) -> Floats:
    """The letters of one text, from its features."""
    kinds = np.fromiter(features.values(), dtype=np.float32)
    places, weights = _folded(hashes_of(features), kinds)
    letters: Floats = _summed(np.zeros(len(places), dtype=np.intp), places, weights, 1)[0]
    return letters


def seen(meanings: Floats, letters: Floats, origin: Floats) -> Floats:
    """A text or rows of them as the classifier sees them, the last number always 1.

    Meanings are seen from the middle of all: what they have in common tells nothing.
    """
    whole = np.concatenate([(meanings - origin) * _MEANING, letters], axis=-1)
    lengths = np.linalg.norm(whole, axis=-1, keepdims=True)
    ones = np.ones((*whole.shape[:-1], 1), dtype=np.float32)
    rows: Floats = np.concatenate(
        [whole * (_LENGTH / np.maximum(lengths, _NOTHING)), ones], axis=-1
    )
    return rows


def _folded(hashes: NDArray[np.uint32], kinds: Floats) -> tuple[NDArray[np.int16], Floats]:
    signed = np.where(hashes >> _SIGN, kinds, -kinds)
    return (hashes % PLACES).astype(np.int16), signed.astype(np.float32)


def _summed(owners: Numbers, places: NDArray[np.int16], weights: Floats, count: int) -> Floats:
    """The weights at each place of each owner, made of length one."""
    sums = np.bincount(owners * PLACES + places, weights, minlength=count * PLACES)
    rows = sums.astype(np.float32).reshape(count, PLACES)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    whole: Floats = rows / np.maximum(lengths, _NOTHING)
    return whole
