"""Parting Chinese into words: as the compiled program does it, without its dictionary in memory."""

import random

import pytest
import rjieba

from branch.guidance.model import Library
from branch.guidance.new_words import NewWords
from branch.guidance.segmenting import Segmenter, segmenter
from branch.guidance.word_table import WordTable
from texts.language import Language


def as_compiled(text: str) -> list[str]:
    return [word for word in rjieba.cut(text) if len(word) > 1]


def test_what_students_ask_is_parted_as_the_compiled_program_does(library: Library) -> None:
    plain = ["".join(filter(str.isalpha, each.ask.lower())) for each in library.golden]
    asked = [each for each in plain if not any(sign.isascii() for sign in each)]

    assert [segmenter().segments(each) for each in asked] == [as_compiled(each) for each in asked]


def test_so_is_what_nobody_ever_wrote(library: Library) -> None:
    dice = random.Random(20261126)
    known = [each for entry in library.entries for each in entry.wordings[Language.ZH]]
    signs = [sign for sign in "".join(known) if sign > "\u4e00"]
    rare = [chr(number) for number in range(0x3400, 0xA000)]

    for _ in range(2_000):
        some = dice.choices(signs, k=dice.randint(1, 12)) + dice.choices(rare, k=dice.randint(0, 3))
        dice.shuffle(some)
        text = "".join(some)
        assert segmenter().segments(text) == as_compiled(text), text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("考", []),
        ("408 怎么复习", ["408", "怎么", "复习"]),
        ("中华人民共和国国家标准", ["中华人民共和国", "国家标准"]),
        ("\ud800 ∑ あ", []),
    ],
)
def test_words_of_two_signs_and_more_in_their_order(text: str, words: list[str]) -> None:
    assert segmenter().segments(text) == words


def test_reading_ahead_changes_nothing() -> None:
    texts = ["今年考研哪天考", "调剂怎么填", "复试刷人比例 408"]
    ahead = Segmenter(WordTable.read(), NewWords())
    ahead.read_ahead(texts)

    assert [ahead.segments(each) for each in texts] == list(map(segmenter().segments, texts))


def test_a_table_finds_words_that_begin_others_and_not_mere_beginnings() -> None:
    table = WordTable.of({"研究": 8, "研究生院": 2, "研究生院大楼": 2, "学生会主席团": 4}, 16)

    assert [[length for length, _ in each] for each in table.words_in("研究生院大楼")] == [
        [2, 4, 6],
        *([[]] * 5),
    ]
    assert [list(each) for each in table.words_in("学生会主")] == [[]] * 4
