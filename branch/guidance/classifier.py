"""A classifier of questions: learnt from all wordings which of all documents a text belongs to."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from branch.guidance.ports import KeptArrays
from branch.guidance.terms import Floats
from branch.guidance.training import PASSES, Lesson, trained, trained_alone
from branch.guidance.view import letters_of, seen

ENOUGH_WORDINGS = 10
"""As many a document on average: of fewer it learns them by heart, and misleads."""
MOST_DOCUMENTS = 1_500
"""Of more the learning would take minutes."""
MOST_ALONE = 20
"""Of so many changed documents each is learnt alone; of more all are learnt together."""
_EDITION = 1
"""To be raised when the training changes: what is kept was learnt otherwise."""


class Classifier(Struct, frozen=True):
    """Says how likely each document is meant; never changed."""

    weights: Floats
    """A row a document."""
    origin: Floats
    """From where meanings are seen."""
    keys: Sequence[bytes]
    """What each row was learnt from."""

    def log_likely(self, meaning: Floats, features: Mapping[str, float]) -> Floats:
        """The logarithm of how likely each document is meant by a question."""
        odds = self.weights @ seen(meaning, letters_of(features), self.origin)
        most = odds.max()
        logarithms: Floats = odds - (most + np.log(np.exp(odds - most).sum()))
        return logarithms


def is_enough(owned: Sequence[slice]) -> bool:
    """Whether documents with these wordings can be learnt."""
    wordings = owned[-1].stop if owned else 0
    return 0 < len(owned) <= MOST_DOCUMENTS and wordings >= ENOUGH_WORDINGS * len(owned)


def classifier_of(lesson: Lesson, before: Classifier | None, kept: KeptArrays | None) -> Classifier:
    """From what was known `before` where little has changed since, else from what is kept.

    Where neither helps it takes some seconds, and is kept for the next start.
    """
    keys = lesson.keys()
    known = set(before.keys) if before is not None else set()
    if before is not None and sum(key not in known for key in keys) <= MOST_ALONE:
        return _continued(lesson, before, keys)
    name = hashlib.blake2b(b"".join([b"%d" % _EDITION, *keys]), digest_size=16).hexdigest()
    if kept is not None and (arrays := kept.read(name)) is not None:
        weights, origin = arrays.get("weights"), arrays.get("origin")
        if weights is not None and origin is not None and len(weights) == len(keys):
            return Classifier(weights, origin, keys)
    origin = lesson.middle()
    weights = trained(lesson, origin, kept.told if kept is not None else _go_on)
    if kept is not None:
        kept.write(name, {"weights": weights, "origin": origin})
    return Classifier(weights, origin, keys)


def _continued(lesson: Lesson, before: Classifier, keys: Sequence[bytes]) -> Classifier:
    """The rows of what is as it was, and those of what changed learnt one by one."""
    rows = dict(zip(before.keys, before.weights, strict=True))
    nothing = np.zeros(before.weights.shape[1], dtype=np.float32)
    weights = np.stack([rows.get(key, nothing) for key in keys])
    for number, key in enumerate(keys):
        if key not in rows:
            weights[number] = trained_alone(lesson, before.origin, weights, number)
    return Classifier(weights, before.origin, keys)


def _go_on(done: int, of: int = PASSES) -> None:
    """Nobody waits for it to end sooner."""
