"""Grouping by meaning: a partition, the same whatever the order, and good enough to offer."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.embedding import Embedding, open_embedding
from bot.research import EMBEDDING_SAME_FROM
from branch.research.grouping import group, named_after
from branch.research.letters_alike import LettersAlike
from branch.research.ports import Meaning, Sense
from tests.branch.research.pairs import DIFFERENT, LATER_DIFFERENT, LATER_SAME, SAME

TEXTS = st.lists(
    st.text(alphabet="钛合金气孔电池界面阻抗 ab", min_size=1, max_size=12), max_size=14
)
THRESHOLDS = st.sampled_from([0.2, 0.33, 0.6, 0.9, 1.0])


def said(texts: Sequence[str], threshold: float) -> list[tuple[list[str], str]]:
    vectors = LettersAlike().sense(texts).vectors
    return [
        (sorted(texts[place] for place in each.places), each.name)
        for each in group(texts, vectors, threshold)
    ]


@settings(deadline=None)
@given(TEXTS, THRESHOLDS)
def test_every_text_is_in_one_group(texts: list[str], threshold: float) -> None:
    vectors = LettersAlike().sense(texts).vectors
    groups = group(texts, vectors, threshold)

    assert sorted(place for each in groups for place in each.places) == list(range(len(texts)))
    assert all(each.central in each.places for each in groups)


@settings(deadline=None)
@given(TEXTS, THRESHOLDS, st.randoms())
def test_the_order_makes_no_difference(texts: list[str], threshold: float, chance: object) -> None:
    shuffled = list(texts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' own Random

    assert said(shuffled, threshold) == said(texts, threshold)


@settings(deadline=None)
@given(TEXTS, THRESHOLDS)
def test_inside_a_group_the_average_is_over_the_threshold(
    texts: list[str], threshold: float
) -> None:
    """Of the last two that were joined; so it holds for every group of two."""
    vectors = LettersAlike().sense(texts).vectors
    for each in group(texts, vectors, threshold):
        if len(each.places) == 2:
            one, other = each.places
            assert float(vectors[one] @ vectors[other]) >= threshold - 1e-5


def test_a_chain_does_not_swallow_everything() -> None:
    """Each is near to the next, the ends have nothing in common."""
    angles = np.radians([0, 25, 50, 75, 100, 125])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    groups = group([str(each) for each in range(6)], vectors, 0.9)

    assert max(len(each.places) for each in groups) == 2


def test_a_group_is_named_after_its_middle_and_cut() -> None:
    texts = ["气孔太多" * 12, "钛合金 打印 气孔", "钛合金打印的气孔太多"]
    assert len(named_after(texts[0])) == 40
    assert named_after(texts[0]).endswith("…")
    assert named_after(" 钛合金\n气孔 ") == "钛合金 气孔"
    [first, *_] = said(texts[1:], 0.2)
    assert first[1] in texts[1:]


def figures(
    meaning: Meaning,
    same: Sequence[tuple[str, str]],
    different: Sequence[tuple[str, str]],
) -> tuple[float, float]:
    """Precision and recall of "near enough to be offered" on labelled pairs."""
    texts = sorted({text for pair in (*same, *different) for text in pair})
    place = {text: number for number, text in enumerate(texts)}
    sense = meaning.sense(texts)

    def over(pairs: Sequence[tuple[str, str]]) -> int:
        return sum(
            float(sense.vectors[place[one]] @ sense.vectors[place[other]]) >= sense.same_from
            for one, other in pairs
        )

    hits, wrong = over(same), over(different)
    return hits / (hits + wrong), hits / len(same)


class ByEmbedding:
    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding

    def sense(self, texts: Sequence[str]) -> Sense:
        vectors = np.stack([self._embedding.of_question(text) for text in texts])
        return Sense(vectors, EMBEDDING_SAME_FROM)


@pytest.mark.parametrize(
    ("same", "different", "precision", "recall"),
    [(SAME, DIFFERENT, 0.78, 0.53), (LATER_SAME, LATER_DIFFERENT, 0.58, 0.35)],
    ids=["chosen on", "later"],
)
def test_letters_alone_are_as_good_as_the_papers_say(
    same: Sequence[tuple[str, str]],
    different: Sequence[tuple[str, str]],
    precision: float,
    recall: float,
) -> None:
    assert figures(LettersAlike(), same, different) == pytest.approx((precision, recall), abs=0.01)


@pytest.mark.parametrize(
    ("same", "different", "precision", "recall"),
    [(SAME, DIFFERENT, 0.86, 0.75), (LATER_SAME, LATER_DIFFERENT, 1.0, 0.6)],
    ids=["chosen on", "later"],
)
def test_the_embedding_is_as_good_as_the_papers_say(
    same: Sequence[tuple[str, str]],
    different: Sequence[tuple[str, str]],
    precision: float,
    recall: float,
    tmp_path: Path,
) -> None:
    embedding = open_embedding(tmp_path / "vectors.npz")
    if embedding is None:
        pytest.skip("there is no embedding for this system")

    # another processor rounds otherwise
    found = figures(ByEmbedding(embedding), same, different)
    assert found == pytest.approx((precision, recall), abs=0.06)
