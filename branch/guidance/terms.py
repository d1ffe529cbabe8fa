"""Features as numbers: given out once, shared by every shelf, so that an edit costs one entry."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Ids = NDArray[np.int32]
Floats = NDArray[np.float32]
Hashes = NDArray[np.uint32]
Marks = NDArray[np.uint64]
_UNKNOWN = -1


class Texts(Struct, frozen=True):
    """The features of several texts, one after the other; `sizes` says where each ends."""

    ids: Ids
    sizes: Ids


class Settled(Struct, frozen=True):
    """Features without their names, by their numbers: a tenth of the memory that names take."""

    marks: Marks
    hashes: Hashes
    kinds: Floats

    @classmethod
    def none(cls) -> "Settled":
        return cls(np.zeros(0, np.uint64), np.zeros(0, np.uint32), np.zeros(0, np.float32))

    def __len__(self) -> int:
        return len(self.marks)


class Terms:
    """Every feature ever seen, and the weight of its kind. It grows and never forgets."""

    def __init__(self) -> None:
        self.begin_with(Settled.none())

    def __len__(self) -> int:
        return len(self._settled) + len(self._later)

    def begin_with(self, settled: Settled) -> None:
        """Let these have their numbers, before any other has one."""
        self._settled = settled
        self._order = np.argsort(settled.marks).astype(np.int32)
        self._sorted = settled.marks[self._order]
        self._later: dict[str, int] = {}
        self._later_kinds: list[float] = []

    def settle(self) -> Settled:
        """Keep of all features so far only what they are found by; their numbers stay."""
        marks = np.concatenate([self._settled.marks, marks_of(self._later)])
        self.begin_with(Settled(marks, self.hashes(), self.kinds()))
        return self._settled

    def kinds(self) -> Floats:
        """The weight of each feature's kind, by its number."""
        later = np.asarray(self._later_kinds, dtype=np.float32)
        return np.concatenate([self._settled.kinds, later])

    def hashes(self) -> Hashes:
        """A hash of each feature, by its number."""
        return np.concatenate([self._settled.hashes, hashes_of(self._later)])

    def numbered(self, texts: Sequence[Mapping[str, float]]) -> Texts:
        """The features of each text as numbers; new ones get theirs now."""
        features = [each for text in texts for each in text.items()]
        ids = self._found([name for name, _ in features])
        for place in np.flatnonzero(ids == _UNKNOWN).tolist():
            name, kind = features[place]
            number = self._later.get(name)
            if number is None:
                number = self._later[name] = len(self)
                self._later_kinds.append(kind)
            ids[place] = number
        return Texts(ids, np.asarray([len(text) for text in texts], dtype=np.int32))

    def known(self, text: Mapping[str, float], *, below: int) -> tuple[Ids, float]:
        """The numbers of the features seen before, and the kinds' weight of all the others.

        Numbers from `below` on were given out later, perhaps by a trial: they are not known yet.
        """
        ids, others = [], 0.0
        for (name, kind), found in zip(text.items(), self._found(text).tolist(), strict=True):
            number = self._later.get(name, _UNKNOWN) if found == _UNKNOWN else found
            if number == _UNKNOWN or number >= below:
                others += kind
            else:
                ids.append(number)
        return np.asarray(ids, dtype=np.int32), others

    def _found(self, names: Collection[str]) -> Ids:
        """The number of each that is settled; of others, that there is none."""
        if not len(self._settled):
            return np.full(len(names), _UNKNOWN, dtype=np.int32)
        marks = marks_of(names)
        places = np.searchsorted(self._sorted, marks)
        places[places == len(self._sorted)] = 0
        found: Ids = np.where(self._sorted[places] == marks, self._order[places], _UNKNOWN)
        return found


def hashes_of(names: Iterable[str]) -> Hashes:
    """The same in every process, which Python's own are not."""
    return np.fromiter((crc32(name.encode()) for name in names), dtype=np.uint32)


def marks_of(names: Iterable[str]) -> Marks:
    """What tells texts apart as well as they do themselves: 64 bits, so that no two meet."""
    marks = b"".join(blake2b(name.encode(), digest_size=8).digest() for name in names)
    return np.frombuffer(marks, dtype=np.uint64)
