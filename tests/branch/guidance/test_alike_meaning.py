"""Questions that ask the same in other words are put together."""

import numpy as np

from branch.guidance.alike import merged


def test_groups_that_mean_the_same_become_one_and_the_others_stay() -> None:
    vectors = np.asarray([[1.0, 0.0], [0.0, 1.0], [0.99, 0.14]], dtype=np.float32)

    assert merged([[0, 1], [2], [3]], vectors) == [[0, 1, 3], [2]]


def test_a_group_without_a_vector_stays_by_itself() -> None:
    vectors = np.asarray([[1.0, 0.0]], dtype=np.float32)

    assert merged([[0], [1]], vectors) == [[0], [1]]
