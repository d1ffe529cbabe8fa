"""An index over the wordings of all entries, weighted by how telling each feature is."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

Features = Callable[[str], Mapping[str, float]]
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """All that is searched of one entry, in one language, spelled the standard way."""

    wordings: Sequence[str]
    near_misses: Sequence[str]
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How a question compares with one document; every figure lies between 0 and 1."""

    document: int
    nearest: float
    """To the wording it is most like."""
    second: float
    """To the wordings next to that one."""
    whole: float
    """To all the wordings of the entry together."""
    covered: float
    """The share of the question, by weight, that stands in a wording or in the body."""
    near_miss: float
    """To the nearest of what this entry must not answer."""


class Index:
    """Built once and never changed; `likenesses` may be asked from several threads."""

    def __init__(self, documents: Sequence[Document], features: Features) -> None:
        self._features = features
        held = [[features(each) for each in document.wordings] for document in documents]
        entries_with = Counter(name for each in held for name in set().union(*each))
        self._unknown = log(1 + 2 * max(len(documents), 1))
        self._telling = {
            name: log(1 + len(documents) / entries) for name, entries in entries_with.items()
        }
        self._wordings = _Wordings()
        self._wholes: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._held: dict[str, set[int]] = defaultdict(set)
        for number, (document, each) in enumerate(zip(documents, held, strict=True)):
            self._put(number, document, [self._weighed(wording) for wording in each])

    def _put(self, number: int, document: Document, wordings: list[Weights]) -> None:
        for wording in wordings:
            self._wordings.put(number, wording, is_miss=False)
        for miss in document.near_misses:
            self._wordings.put(number, self._weighed(self._features(miss)), is_miss=True)
        for name, weight in _middle(wordings).items():
            self._wholes[name].append((number, weight))
            self._held[name].add(number)
        for name in self._features(document.body):
            self._held[name].add(number)

    def likenesses(self, question: str) -> list[Likeness]:
        """Every document that shares anything with the question, in no order."""
        asked = self._weighed(self._features(question))
        total = sum(asked.values())
        length = _length(asked)
        wholes: dict[int, float] = defaultdict(float)
        covered: dict[int, float] = defaultdict(float)
        for name, weight in asked.items():
            for number, middle in self._wholes.get(name, ()):
                wholes[number] += weight * middle
            for number in self._held.get(name, ()):
                covered[number] += weight
        near, missed = self._wordings.nearest(asked, total)
        return [
            Likeness(
                document=number,
                nearest=near[number][0],
                second=near[number][1],
                whole=wholes[number] / length,
                covered=shared / total,
                near_miss=missed[number],
            )
            for number, shared in covered.items()
        ]

    def _weighed(self, features: Mapping[str, float]) -> dict[str, float]:
        telling, unknown = self._telling, self._unknown
        return {name: weight * telling.get(name, unknown) for name, weight in features.items()}


class _Wordings:
    """All wordings and near misses, found by the features they have."""

    def __init__(self) -> None:
        self._with: dict[str, list[int]] = defaultdict(list)
        self._owners: list[int] = []
        self._totals: list[float] = []
        self._misses: set[int] = set()

    def put(self, owner: int, weights: Weights, *, is_miss: bool) -> None:
        number = len(self._owners)
        self._owners.append(owner)
        self._totals.append(sum(weights.values()))
        if is_miss:
            self._misses.add(number)
        for name in weights:
            self._with[name].append(number)

    def nearest(
        self, asked: Weights, total: float
    ) -> tuple[Mapping[int, tuple[float, float]], Mapping[int, float]]:
        """By owner: the best likeness and the mean of the next two; and the best near miss."""
        shared: dict[int, float] = defaultdict(float)
        for name, weight in asked.items():
            for number in self._with.get(name, ()):
                shared[number] += weight
        alike: dict[int, list[float]] = defaultdict(list)
        missed: dict[int, float] = defaultdict(float)
        for number, weight in shared.items():
            likeness = 2 * weight / (total + self._totals[number])
            owner = self._owners[number]
            if number in self._misses:
                missed[owner] = max(missed[owner], likeness)
            else:
                alike[owner].append(likeness)
        near = {owner: _best_and_next(likenesses) for owner, likenesses in alike.items()}
        return defaultdict(lambda: (0.0, 0.0), near), missed


def _best_and_next(likenesses: list[float]) -> tuple[float, float]:
    best, *others = sorted(likenesses, reverse=True)
    return best, sum(others[:2]) / 2


def _middle(wordings: Iterable[Weights]) -> dict[str, float]:
    """The direction in which the wordings point together, of length one."""
    middle: dict[str, float] = defaultdict(float)
    for wording in wordings:
        length = _length(wording)
        for name, weight in wording.items():
            middle[name] += weight / length
    length = _length(middle)
    return {name: weight / length for name, weight in middle.items()}


def _length(weights: Weights) -> float:
    return sqrt(sum(weight * weight for weight in weights.values())) or 1.0
