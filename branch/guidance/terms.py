"""Features as numbers: given out once, shared by every shelf, so that an edit costs one entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Texts:
    """The features of several texts, one after the other; `sizes` says where each ends."""

    ids: Ids
    sizes: Ids


class Terms:
    """Every feature ever seen, and the weight of its kind. It grows and never forgets."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._kinds: list[float] = []

    def __len__(self) -> int:
        return len(self._kinds)

    def begin_with(self, names: Sequence[str], kinds: Floats) -> None:
        """Give these their numbers, in this order, before any other has one."""
        self._ids = {name: number for number, name in enumerate(names)}
        self._kinds = kinds.tolist()

    def names(self) -> Sequence[str]:
        """All features, by their numbers."""
        return list(self._ids)

    def kinds(self) -> Floats:
        """The weight of each feature's kind, by its number."""
        return np.asarray(self._kinds, dtype=np.float32)

    def numbered(self, texts: Sequence[Mapping[str, float]]) -> Texts:
        """The features of each text as numbers; new ones get theirs now."""
        known = self._ids
        for text in texts:
            for name in text:
                if name not in known:
                    known[name] = len(known)
                    self._kinds.append(text[name])
        ids = [known[name] for text in texts for name in text]
        return Texts(
            np.asarray(ids, dtype=np.int32), np.asarray([len(t) for t in texts], dtype=np.int32)
        )

    def known(self, text: Mapping[str, float], *, below: int) -> tuple[Ids, float]:
        """The numbers of the features seen before, and the kinds' weight of all the others.

        Numbers from `below` on were given out later, perhaps by a trial: they are not known yet.
        """
        ids, others = [], 0.0
        for name, kind in text.items():
            number = self._ids.get(name)
            if number is None or number >= below:
                others += kind
            else:
                ids.append(number)
        return np.asarray(ids, dtype=np.int32), others
