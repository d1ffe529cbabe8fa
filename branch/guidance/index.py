"""An index over the wordings of all entries, weighted by how telling each feature is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from branch.guidance.terms import Floats, Ids, Terms, Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """All that is searched of one entry, in one language, as numbered features."""

    wordings: Texts
    near_misses: Texts
    body: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
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
        everything = [Texts(*_joined(each.wordings, each.body)) for each in documents]
        holders, features = _pairs(_Rows(everything), len(terms))
        self._held = _by_feature(features, holders, len(terms))
        wordings = _Rows([each.wordings for each in documents])
        spoken = _pairs(wordings, len(terms))
        found_in = np.bincount(spoken[1], minlength=len(terms))
        telling = np.log(1 + len(documents) / np.maximum(found_in, 1))
        self._unknown = float(np.log(1 + 2 * max(len(documents), 1)))
        self._weights = (terms.kinds() * np.where(found_in > 0, telling, self._unknown)).astype(
            np.float32
        )
        self._wordings = _Postings(wordings, self._weights)
        self._misses = _Postings(_Rows([each.near_misses for each in documents]), self._weights)
        self._middles = self._lengths_of_middles(wordings)

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
        like = 2 * shared / np.maximum(total + self._wordings.totals, 1e-9)
        whole = np.bincount(
            self._wordings.owners, squares / self._wordings.lengths, minlength=self._count
        )
        missed, _ = self._misses.shared(ids, weights)
        miss = 2 * missed / np.maximum(total + self._misses.totals, 1e-9)
        return Likeness(
            nearest=self._wordings.greatest(like),
            whole=(whole / (self._middles * length)).astype(np.float32),
            covered=self._covered(ids, weights) / max(total, 1e-9),
            near_miss=self._misses.greatest(miss),
            wordings=like,
        )

    def _covered(self, ids: Ids, weights: Floats) -> Floats:
        starts, owners = self._held
        covered = np.zeros(self._count, dtype=np.float32)
        for number, weight in zip(ids.tolist(), weights.tolist(), strict=True):
            covered[owners[starts[number] : starts[number + 1]]] += weight
        return covered

    def _lengths_of_middles(self, wordings: "_Rows") -> Floats:
        """How long the sum of each document's wordings is, each of these made of length one."""
        if not len(wordings.ids):
            return np.ones(self._count, dtype=np.float32)
        share = self._weights[wordings.ids] / self._wordings.lengths[wordings.numbers]
        key = wordings.owners[wordings.numbers].astype(np.int64) * len(self._weights)
        pairs, place = np.unique(key + wordings.ids, return_inverse=True)
        sums = np.bincount(place, share)
        squares = np.bincount(pairs // len(self._weights), sums**2, minlength=self._count)
        return np.maximum(np.sqrt(squares), 1e-9).astype(np.float32)


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
        self.lengths = np.maximum(np.sqrt(squares), 1e-9).astype(np.float32)
        self._starts, self._texts = _by_feature(rows.ids, rows.numbers, len(weights))
        self._filled = np.asarray([n for n, own in enumerate(self.owned) if own.stop > own.start])

    def shared(self, ids: Ids, weights: Floats) -> tuple[Floats, Floats]:
        """For each text: the weight of the features it has of these, and of their squares."""
        shared = np.zeros(len(self.owners), dtype=np.float32)
        squares = np.zeros(len(self.owners), dtype=np.float32)
        for number, weight in zip(ids.tolist(), weights.tolist(), strict=True):
            texts = self._texts[self._starts[number] : self._starts[number + 1]]
            shared[texts] += weight
            squares[texts] += weight * weight
        return shared, squares

    def greatest(self, values: Floats) -> Floats:
        """The greatest value of each owner's texts; 0 where it has none."""
        greatest = np.zeros(len(self.owned), dtype=np.float32)
        if len(self._filled):
            starts = [self.owned[number].start for number in self._filled]
            greatest[self._filled] = np.maximum.reduceat(values, starts)
        return greatest


def _by_feature(ids: Ids, owners: Ids, count: int) -> tuple[Ids, Ids]:
    """The owners of each feature, one feature after the other, and where each begins."""
    order = np.argsort(ids, kind="stable")
    starts = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(np.bincount(ids, minlength=count), out=starts[1:])
    return starts, owners[order].astype(np.int32)


def _pairs(rows: _Rows, count: int) -> tuple[Ids, Ids]:
    """Each document with each feature its texts have, once."""
    key = np.unique(rows.owners[rows.numbers].astype(np.int64) * max(count, 1) + rows.ids)
    return (key // max(count, 1)).astype(np.int32), (key % max(count, 1)).astype(np.int32)


def _joined(first: Texts, second: Texts) -> tuple[Ids, Ids]:
    return (
        np.concatenate([first.ids, second.ids]),
        np.concatenate([first.sizes, second.sizes]),
    )
