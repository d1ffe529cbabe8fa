"""Telling documents apart by meaning, where what differs is small beside how people speak."""

from collections.abc import Sequence

import numpy as np
import pytest

from branch.guidance.sense import Discriminant, means_of
from branch.guidance.terms import Floats

SIZE, EACH = 16, 12


def _spoken(dice: np.random.Generator, middles: Floats, count: int) -> tuple[Floats, list[int]]:
    """Vectors around the middles, which differ much more in two directions of manner."""
    meant = [number for number in range(len(middles)) for _ in range(count)]
    manner = np.zeros((len(meant), SIZE), dtype=np.float32)
    manner[:, -2:] = dice.normal(0, 3, (len(meant), 2))
    noise = dice.normal(0, 0.1, (len(meant), SIZE)).astype(np.float32)
    return (middles[meant] + manner + noise).astype(np.float32), meant


def _right(seen: Floats, middles: Floats, meant: Sequence[int]) -> float:
    return float(np.mean((seen @ middles.T).argmax(axis=1) == np.asarray(meant)))


def _unit(vectors: Floats) -> Floats:
    long: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return long


def test_the_manner_of_speech_is_seen_past() -> None:
    dice = np.random.default_rng(3)
    middles = np.zeros((5, SIZE), dtype=np.float32)
    middles[np.arange(5), np.arange(5)] = 1
    vectors, _ = _spoken(dice, middles, EACH)
    asked, meant = _spoken(dice, middles, 40)
    owned = [slice(n * EACH, (n + 1) * EACH) for n in range(5)]
    means = means_of(vectors, owned)
    view = Discriminant.of(vectors, owned, means)

    assert _right(view(asked), view(means), meant) > 0.95
    assert _right(_unit(asked), _unit(means), meant) < 0.8
    assert np.linalg.norm(view(asked), axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("count", [0, 1])
def test_next_to_nothing_learnt_is_no_reason_to_fail(count: int) -> None:
    vectors, owned = np.ones((count, SIZE), dtype=np.float32), [slice(0, count)]
    view = Discriminant.of(vectors, owned, means_of(vectors, owned))

    assert np.isfinite(view(np.ones(SIZE, dtype=np.float32))).all()
