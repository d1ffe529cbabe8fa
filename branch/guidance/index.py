"""An index over the wordings of all entries, weighted by how telling each feature is."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from branch.guidance.terms import Floats, Ids, Terms, Texts

_NOTHING = 1e-9
Small = NDArray[np.unsignedinteger[Any]]
"""Numbers of as few bytes as the greatest of them needs."""


class Document(Struct, frozen=True, kw_only=True):
    """All that is searched of one entry, in one language, as numbered features."""

    near_misses: Texts
    spoken: Ids
    """The features of all wordings, each once."""
    places: Small
    """Where in `spoken` each feature of the wordings stands, one wording after the other."""
    sizes: Ids
    """How many features each wording has."""
    told: Ids
    """What only the body has, each once."""

    @classmethod
    def of(cls, *, wordings: Texts, near_misses: Texts, body: Texts) -> "Document":
        """What takes sorting is done here, once a document, and not with each new index."""
        spoken, places = np.unique(wordings.ids, return_inverse=True)
        # asked for more than the values, it does not load NumPy's masked arrays
        told, _ = np.unique(body.ids, return_index=True)
        return cls(
            near_misses=near_misses,
            spoken=spoken,
            places=_small(places),
            sizes=wordings.sizes,
            told=told[np.isin(told, spoken, assume_unique=True, invert=True)],
        )

    @property
    def wordings(self) -> Texts:
        """Not kept beside what they are made of: the same again would be a third of the index."""
        return Texts(self.spoken[self.places], self.sizes)

    @property
    def held(self) -> Ids:
        """What the wordings or the body have, each once."""
        return np.concatenate([self.spoken, self.told])


class Likeness(Struct, frozen=True, kw_only=True):
    """How a question compares with each document; every figure lies between 0 and 1.

    Arrays of one number a document, in the order of the documents.
    """

    nearest: Floats
    """To the wording it is most like."""
    whole: Floats
    """To all the wordings together."""
    covered: Floats
    """The share of the question, by weight, that stands in a wording or in the body."""
    near_miss: Floats
    """To the nearest of what the document must not answer."""
    wordings: Floats
    """To each wording of all documents, as they stand in `Index.owned`."""


class Index:
    """Built once and never changed; `likeness` may be asked from several threads."""

    def __init__(self, documents: Sequence[Document], terms: Terms) -> None:
        self._terms = terms
        self._count = len(documents)
        holders, features = _pairs([each.held for each in documents])
        self._held = _by_feature(features, holders, len(terms))
        wordings = _Rows([each.wordings for each in documents])
        spoken = _pairs([each.spoken for each in documents])
        found_in = np.bincount(spoken[1], minlength=len(terms))
        telling = np.log(1 + len(documents) / np.maximum(found_in, 1))
        self._unknown = float(np.log(1 + 2 * max(len(documents), 1)))
        self._weights = (terms.kinds() * np.where(found_in > 0, telling, self._unknown)).astype(
            np.float32
        )
        self._wordings = _Postings(wordings, self._weights)
        self._misses = _Postings(_Rows([each.near_misses for each in documents]), self._weights)
        self._middles = self._lengths_of_middles(wordings, documents)

    @property
    def owned(self) -> Sequence[slice]:
        """Where the wordings of each document stand among all."""
        return self._wordings.owned

    def likeness(self, features: Mapping[str, float]) -> Likeness:
        """How the features of a question compare with every document."""
        ids, others = self._terms.known(features, below=len(self._weights))
        weights = self._weights[ids]
        total = float(weights.sum()) + others * self._unknown
        length = float(np.sqrt((weights**2).sum() + (others * self._unknown) ** 2)) or 1.0
        shared, squares = self._wordings.shared(ids, weights)
        like = 2 * shared / np.maximum(total + self._wordings.totals, _NOTHING)
        whole = np.bincount(
            self._wordings.owners, squares / self._wordings.lengths, minlength=self._count
        )
        missed, _ = self._misses.shared(ids, weights)
        miss = 2 * missed / np.maximum(total + self._misses.totals, _NOTHING)
        return Likeness(
            nearest=self._wordings.greatest(like),
            whole=(whole / (self._middles * length)).astype(np.float32),
            covered=self._covered(ids, weights) / max(total, _NOTHING),
            near_miss=self._misses.greatest(miss),
            wordings=like,
        )

    def _covered(self, ids: Ids, weights: Floats) -> Floats:
        owners, mine = _holders(*self._held, ids, weights)
        return np.bincount(owners, mine, minlength=self._count).astype(np.float32)

    def _lengths_of_middles(self, wordings: "_Rows", documents: Sequence[Document]) -> Floats:
        """How long the sum of each document's wordings is, each of these made of length one."""
        counts = np.asarray([len(each.spoken) for each in documents], dtype=np.int64)
        begins = np.repeat(counts.cumsum() - counts, [len(each.places) for each in documents])
        place = np.concatenate([np.zeros(0, np.int32), *(each.places for each in documents)])
        share = self._weights[wordings.ids] / self._wordings.lengths[wordings.numbers]
        sums = np.bincount(place + begins, share, minlength=int(counts.sum()))
        owners = np.repeat(np.arange(self._count), counts)
        squares = np.bincount(owners, sums**2, minlength=self._count)
        return np.maximum(np.sqrt(squares), _NOTHING).astype(np.float32)


class _Rows:
    """The texts of all documents in one row after the other."""

    def __init__(self, texts: Sequence[Texts]) -> None:
        none = np.zeros(0, dtype=np.int32)
        self.ids: Ids = np.concatenate([none, *(each.ids for each in texts)])
        sizes: Ids = np.concatenate([none, *(each.sizes for each in texts)])
        counts = np.asarray([len(each.sizes) for each in texts], dtype=np.int32)
        self.owners: Ids = np.repeat(np.arange(len(texts), dtype=np.int32), counts)
        self.numbers: Ids = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        ends = np.cumsum(counts).tolist()
        self.owned = [slice(e - c, e) for e, c in zip(ends, counts.tolist(), strict=True)]


class _Postings:
    """Texts found by the features they have."""

    def __init__(self, rows: _Rows, weights: Floats) -> None:
        self.owners, self.owned = rows.owners, rows.owned
        count = len(rows.owners)
        mine = weights[rows.ids]
        self.totals = np.bincount(rows.numbers, mine, minlength=count).astype(np.float32)
        squares = np.bincount(rows.numbers, mine**2, minlength=count)
        self.lengths = np.maximum(np.sqrt(squares), _NOTHING).astype(np.float32)
        self._starts, self._texts = _by_feature(rows.ids, rows.numbers, len(weights))
        self._filled = np.asarray([n for n, own in enumerate(self.owned) if own.stop > own.start])

    def shared(self, ids: Ids, weights: Floats) -> tuple[Floats, Floats]:
        """For each text: the weight of the features it has of these, and of their squares."""
        texts, mine = _holders(self._starts, self._texts, ids, weights)
        count = len(self.owners)
        shared = np.bincount(texts, mine, minlength=count)
        squares = np.bincount(texts, mine**2, minlength=count)
        return shared.astype(np.float32), squares.astype(np.float32)

    def greatest(self, values: Floats) -> Floats:
        """The greatest value of each owner's texts; 0 where it has none."""
        greatest = np.zeros(len(self.owned), dtype=np.float32)
        if len(self._filled):
            starts = [self.owned[number].start for number in self._filled]
            greatest[self._filled] = np.maximum.reduceat(values, starts)
        return greatest


def _holders(starts: Ids, owners: Small, ids: Ids, weights: Floats) -> tuple[Ids, Floats]:
    """Who has any of these features, once for each, and the weight of that feature."""
    begins, ends = starts[ids], starts[ids + 1]
    found = [owners[b:e] for b, e in zip(begins.tolist(), ends.tolist(), strict=True)]
    return np.concatenate([np.zeros(0, np.int32), *found]), np.repeat(weights, ends - begins)


def _by_feature(ids: Ids, owners: Ids, count: int) -> tuple[Ids, Small]:
    """The owners of each feature, one feature after the other, and where each begins."""
    order = np.argsort(ids, kind="stable")
    starts = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(np.bincount(ids, minlength=count), out=starts[1:])
    return starts, _small(owners[order])


def _small(numbers: NDArray[Any]) -> Small:
    """The same numbers, none of them below zero, in as few bytes as will do."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def _pairs(features: Sequence[Ids]) -> tuple[Ids, Ids]:
    """Each document with each of its features."""
    counts = np.asarray([len(each) for each in features], dtype=np.int32)
    owners: Ids = np.repeat(np.arange(len(features), dtype=np.int32), counts)
    return owners, np.concatenate([np.zeros(0, dtype=np.int32), *features])
