"""A student number is written one way and leaves only a hash that needs the secret."""

import pytest

from branch.outcomes.errors import NumberUnclear
from branch.outcomes.numbers import normalised, student_key

SECRET, OTHER = b"a" * 32, b"b" * 32


@pytest.mark.parametrize(
    "typed",
    [
        "2021110102",
        " 2021110102 ",
        "２０２１１１０１０２",
        "2021 1101 02",
        "2021-1101-02",
        "2021110102.0",
    ],
)
def test_a_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert normalised(typed) == "2021110102"
    assert student_key(typed, SECRET) == student_key("2021110102", SECRET)


def test_letters_in_it_have_one_size() -> None:
    assert normalised("b21-0102") == "B210102"


@pytest.mark.parametrize("typed", ["", "12", "张三", "https://x", "ABCDEF", "1" * 21, "12+34"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NumberUnclear):
        normalised(typed)


def test_the_hash_says_nothing_without_the_secret() -> None:
    key = student_key("2021110102", SECRET)

    assert len(key) == 64
    assert "2021110102" not in key
    assert key != student_key("2021110102", OTHER)
    assert key != student_key("2021110103", SECRET)
