"""Teaching the classifier: from all wordings at once, or one document beside the others."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from msgspec import Struct

from branch.guidance.terms import Floats
from branch.guidance.view import Folded, Numbers, seen

PASSES = 20
_FEWEST_STEPS, _LEAST_BATCH, _MOST_BATCH = 40, 16, 256
"""In a pass, and how many wordings are looked at in each step: fewer where there are few."""
_SEED = 20261126
_RATE, _LAST_RATE, _ALONE_RATE = 0.01, 0.1, 0.05
_SHRINK = 1e-5
_DROPPED = 77
"""Of 256 numbers of a text so many are not shown: so that it learns to do without any of them."""
_NEAREST, _OTHERS = 400, 300
"""How many wordings of others a document is told apart from: the likest, and some of the rest."""
_ALONE_STEPS = 40


class Lesson(Struct, frozen=True):
    """All wordings by their documents, and how they are seen."""

    meanings: Floats
    letters: Folded
    owned: Sequence[slice]

    def middle(self) -> Floats:
        middle: Floats = self.meanings.mean(axis=0, dtype=np.float32)
        return middle

    def owners(self) -> Numbers:
        """Whose each wording is."""
        sizes = [own.stop - own.start for own in self.owned]
        return np.repeat(np.arange(len(sizes)), sizes)

    def seen(self, numbers: Numbers, origin: Floats) -> Floats:
        return seen(self.meanings[numbers], self.letters.rows(numbers), origin)

    def keys(self) -> list[bytes]:
        """For each document the hash of all that is learnt from it."""
        return [self._key(own) for own in self.owned]

    def _key(self, own: slice) -> bytes:
        letters = slice(self.letters.begins[own.start], self.letters.begins[own.stop])
        key = hashlib.blake2b(self.meanings[own].tobytes(), digest_size=16)
        key.update(self.letters.places[letters].tobytes())
        key.update(self.letters.weights[letters].tobytes())
        return key.digest()


@dataclass(slots=True)
class _Descent:
    """Adam: each number has a step of its own, as steady as its slope was so far."""

    values: Floats
    steps: int = 0
    slopes: Floats = field(init=False)
    squares: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.slopes, self.squares = np.zeros_like(self.values), np.zeros_like(self.values)

    def step(self, slope: Floats, rate: float) -> None:
        self.steps += 1
        slope = slope + _SHRINK * self.values
        self.slopes += 0.1 * (slope - self.slopes)
        self.squares += 0.001 * (slope * slope - self.squares)
        steady = np.sqrt(self.squares / (1 - 0.999**self.steps)) + 1e-8
        self.values -= (rate / (1 - 0.9**self.steps)) * self.slopes / steady


def trained(lesson: Lesson, origin: Floats, told: Callable[[int, int], None]) -> Floats:
    """The weights under which each wording's own document is likeliest: a row a document.

    `told` is called after each pass over all wordings, and may raise to end it.
    """
    owners, dice = lesson.owners(), np.random.default_rng(_SEED)
    width = len(lesson.seen(np.zeros(1, dtype=np.intp), origin)[0])
    descent = _Descent(np.zeros((len(lesson.owned), width), dtype=np.float32))
    batch = min(max(len(owners) // _FEWEST_STEPS, _LEAST_BATCH), _MOST_BATCH)
    for one in range(PASSES):
        order = dice.permutation(len(owners))
        for begin in range(0, len(order), batch):
            some = order[begin : begin + batch]
            shown = _shown(lesson.seen(some, origin), dice)
            wrong = likely(shown @ descent.values.T)
            wrong[np.arange(len(some)), owners[some]] -= 1
            through = (one + begin / len(order)) / PASSES
            rate = _RATE * (1 - through * (1 - _LAST_RATE))
            descent.step(wrong.T @ shown / np.float32(len(some)), rate)
        told(one + 1, PASSES)
    return descent.values


def trained_alone(lesson: Lesson, origin: Floats, weights: Floats, number: int) -> Floats:
    """One document's row, beside the others' as they are.

    Rows of nothing but zeros are of documents that are not learnt yet: they do not count.
    """
    some, worth = _told_apart(lesson, number)
    own = lesson.owned[number]
    mine = (some >= own.start) & (some < own.stop)
    texts, dice = lesson.seen(some, origin), np.random.default_rng(_SEED)
    learnt = np.asarray(weights.any(axis=1))
    learnt[number] = False
    others = _log_sum(texts @ weights[learnt].T)
    descent = _Descent(np.zeros(texts.shape[1], dtype=np.float32))
    for step in range(_ALONE_STEPS):
        shown = _shown(texts, dice)
        wrong = worth * (1 / (1 + np.exp(others - shown @ descent.values)) - mine)
        rate = _ALONE_RATE * (1 - step / _ALONE_STEPS * (1 - _LAST_RATE))
        descent.step(wrong.astype(np.float32) @ shown / np.float32(len(lesson.meanings)), rate)
    return descent.values


def likely(odds: Floats) -> Floats:
    """Log-odds, a row a text, as shares of one."""
    shares = np.exp(odds - odds.max(axis=-1, keepdims=True))
    whole: Floats = shares / shares.sum(axis=-1, keepdims=True)
    return whole


def _log_sum(odds: Floats) -> Floats:
    if not odds.shape[1]:
        return np.zeros(len(odds), dtype=np.float32)
    most = odds.max(axis=1)
    summed: Floats = most + np.log(np.exp(odds - most[:, None]).sum(axis=1))
    return summed


def _shown(texts: Floats, dice: "np.random.Generator") -> Floats:
    """The texts without some of their numbers, the others made larger for it."""
    drawn = np.frombuffer(dice.bytes(texts.size), dtype=np.uint8).reshape(texts.shape)
    shown: Floats = texts * (drawn >= _DROPPED) * np.float32(256 / (256 - _DROPPED))
    shown[:, -1] = 1
    return shown


def _told_apart(lesson: Lesson, number: int) -> tuple[Numbers, Floats]:
    """A document's own wordings and some of the others', and how many each of these stands for."""
    own = lesson.owned[number]
    mine = np.arange(own.start, own.stop)
    like = lesson.meanings @ lesson.meanings[own].sum(axis=0)
    like[own] = -np.inf
    order = np.argsort(-like, kind="stable")[: len(like) - len(mine)]
    near, far = order[:_NEAREST], order[_NEAREST:]
    far_too = far[:: max(len(far) // _OTHERS, 1)]
    worth = np.ones(len(mine) + len(near) + len(far_too), dtype=np.float32)
    worth[len(mine) + len(near) :] = len(far) / max(len(far_too), 1)
    return np.concatenate([mine, near, far_too]), worth
