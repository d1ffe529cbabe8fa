"""What texts mean, as vectors of length one: how near a question is to each entry."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from msgspec import Struct

from branch.guidance.terms import Floats

_ORIGIN, _SPREAD = 0.8, 5.0
"""The model's likenesses lie between 0.75 and 1: so they are spread to about -0.2 to 1."""


_NOTHING = 1e-9
_SHRINK = 0.1
"""How much of the average spread is added in every direction: too few wordings know all of them."""


class Meaning(Protocol):
    """A model that gives texts of any language their place; may be asked from several threads."""

    def of_content(self, texts: Sequence[str], *, passages: bool = False) -> Floats:
        """A row for each text; kept, so that the next start does not wait for it."""
        ...

    def of_question(self, text: str) -> Floats:
        """One vector; not kept anywhere."""
        ...


class SpokenDocument(Struct, frozen=True):
    """What is compared by meaning: texts as they were spelled for the search."""

    body: str
    wordings_as_lines: str
    """One string for all of them: each by itself would take five times the memory."""
    near_misses_as_lines: str

    @classmethod
    def of(
        cls, *, wordings: Sequence[str], near_misses: Sequence[str], body: str
    ) -> "SpokenDocument":
        return cls(body, _as_lines(wordings), _as_lines(near_misses))

    @property
    def wordings(self) -> Sequence[str]:
        return self.wordings_as_lines.split("\n")[:-1]

    @property
    def near_misses(self) -> Sequence[str]:
        return self.near_misses_as_lines.split("\n")[:-1]


def _as_lines(texts: Sequence[str]) -> str:
    return "".join(f"{each}\n" for each in texts)


class Nearness(Struct, frozen=True, kw_only=True):
    """How near a question is in meaning; arrays of one number a document, about 0 to 1."""

    nearest: Floats
    """To the wording that is nearest."""
    middle: Floats
    """To the middle of all its wordings."""
    apart: Floats
    """The same, seen by what tells the documents apart; -1 to 1."""
    body: Floats
    """To the heading and the answer."""
    near_miss: Floats
    """To the nearest of what it must not answer; -1 where there is none."""
    wordings: Floats
    """To each wording of all documents, in their order."""
    asked: Floats
    """The question's own vector."""


class Sense:
    """The vectors of all documents; built once and never changed."""

    def __init__(self, documents: Sequence[SpokenDocument], meaning: Meaning) -> None:
        self._meaning = meaning
        self._wordings, self.owned = _stacked([each.wordings for each in documents], meaning)
        self._misses, missed = _stacked([each.near_misses for each in documents], meaning)
        self._spoken, self._missed = _Owned(self.owned), _Owned(missed)
        bodies = [each.body for each in documents]
        self._bodies = meaning.of_content(bodies, passages=True)
        self._ahead: Mapping[str, tuple[Floats, Floats]] = {}
        means = means_of(self._wordings, self.owned)
        spoken = np.asarray([own.stop > own.start for own in self.owned])
        self._middles = _of_length_one(means) * spoken[:, None]
        self._view = Discriminant.of(self._wordings, self.owned, means)
        self._middles_apart = self._view(means)

    @property
    def wordings(self) -> Floats:
        """The vectors of all wordings: those of a document stand where `owned` says."""
        return self._wordings

    def read_ahead(self, questions: Sequence[str]) -> None:
        """Compare several questions at once, which is cheap, for `nearness` to be asked of each."""
        if not questions:
            self._ahead = {}
            return
        asked = np.stack([self._meaning.of_question(each) for each in questions], axis=1)
        wordings, misses = self._wordings @ asked, self._misses @ asked
        self._ahead = {
            each: (wordings[:, number], misses[:, number]) for number, each in enumerate(questions)
        }

    def nearness(self, question: str) -> Nearness:
        """How near a question, spelled for the search, is to every document."""
        asked = self._meaning.of_question(question)
        ahead = self._ahead.get(question)
        words, missed = ahead or (self._wordings @ asked, self._misses @ asked)
        wordings, misses = _spread(words), _spread(missed)
        return Nearness(
            nearest=self._spoken.greatest(wordings),
            middle=_spread(self._middles @ asked),
            apart=self._middles_apart @ self._view(asked),
            body=_spread(self._bodies @ asked),
            near_miss=self._missed.greatest(misses),
            wordings=wordings,
            asked=asked,
        )


class Discriminant(Struct, frozen=True):
    """Sees vectors so that wordings of one document lie close and those of others far away.

    Directions in which the wordings of one document differ among themselves (how somebody
    speaks) are made short: Fisher's linear discriminant, with the covariance shrunk.
    """

    origin: Floats
    turn: Floats

    @classmethod
    def of(cls, vectors: Floats, owned: Sequence[slice], means: Floats) -> "Discriminant":
        """Learnt from the vectors of each owner and their means; straight through if too few."""
        size = vectors.shape[1]
        counts = np.asarray([own.stop - own.start for own in owned], dtype=np.float32)
        middle = _mean(vectors)
        # what lies inside is all but what lies between: no copy of all vectors is made for it
        between = (counts[:, None] * means).T @ means
        spread = (vectors.T @ vectors - between) / max(len(vectors), 1)
        level = float(np.trace(spread)) / size or 1.0
        inverse = np.linalg.inv(spread / level + _SHRINK * np.eye(size))
        return cls(middle.astype(np.float32), np.linalg.cholesky(inverse).astype(np.float32))

    def __call__(self, vectors: Floats) -> Floats:
        """A vector or rows of them, as seen; of length one."""
        seen = ((vectors - self.origin) @ self.turn).astype(np.float32)
        return _of_length_one(seen)


def means_of(vectors: Floats, owned: Sequence[slice]) -> Floats:
    """A row an owner; the mean of all where it has none: such a document is like no other."""
    all_of_them = _mean(vectors)
    return np.stack([_mean(vectors[own]) if own.stop > own.start else all_of_them for own in owned])


def _mean(vectors: Floats) -> Floats:
    mean: Floats = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1], np.float32)
    return mean


def _stacked(texts: Sequence[Sequence[str]], meaning: Meaning) -> tuple[Floats, list[slice]]:
    """One row a text, and where the rows of each document stand."""
    ends = np.cumsum([len(each) for each in texts]).tolist()
    owned = [slice(end - len(each), end) for end, each in zip(ends, texts, strict=True)]
    return meaning.of_content([text for each in texts for text in each]), owned


def _of_length_one(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    whole: Floats = (rows / np.maximum(lengths, _NOTHING)).astype(np.float32)
    return whole


def _spread(cosines: Floats) -> Floats:
    return ((cosines - _ORIGIN) * _SPREAD).astype(np.float32)


class _Owned:
    """Where the values of each owner stand among all."""

    def __init__(self, owned: Sequence[slice]) -> None:
        self._count = len(owned)
        self._filled = [number for number, own in enumerate(owned) if own.stop > own.start]
        self._begins = [owned[number].start for number in self._filled]

    def greatest(self, values: Floats) -> Floats:
        """The greatest of each owner's; -1 where there is none."""
        greatest = np.full(self._count, -1.0, dtype=np.float32)
        if self._filled:
            greatest[self._filled] = np.maximum.reduceat(values, self._begins)
        return greatest
