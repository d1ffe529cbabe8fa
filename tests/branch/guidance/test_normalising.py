"""The same question looks the same, however it was typed, and nothing that is typed raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.guidance.normalising import Normaliser
from branch.guidance.wording import Vocabulary

NORMALISER = Normaliser(
    Vocabulary(
        synonyms=(("初试", "笔试"), ("四级", "cet4", "cet-4"), ("网上报名", "网报", "报名系统")),
        fillers=("请问", "请问一下"),
        after_short_year=("考研", "届"),
        names=(("清华大学", "清华"), ("哈工大", "hit")),
        home=("大连交通大学",),
    )
)
ANY_TEXT = st.text(
    st.characters(codec=None) | st.sampled_from("İﬁ½①Å가각㎏\u200b\u202e"), max_size=80
)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("２０２７考研！！！", "2027考研"),
        ("調劑國家線？", "调剂国家线"),
        ("考\u200b研\u202e几号\ufeff", "考研几号"),
        ("  考研\t\n几号  ", "考研 几号"),
        ("CET-4 过了", "cet 4 过了"),
        ("考研📅几号👨‍👩‍👧", "考研 几号"),
        ("\ud83d考研\x00几号\udc00", "考研 几号"),
        ("比例1:1.5，A+学科。", "比例1 1.5 a+学科"),
        ("é́́́", "é"),
        ("😀" * 50, ""),
    ],
)
def test_plain_keeps_only_words(typed: str, plain: str) -> None:
    assert NORMALISER.plain(typed) == plain


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("请问一下笔试几号", "初试几号"),
        ("网报和网上报名", "网上报名和网上报名"),
        ("27考研", "2027考研"),
        ("考27题", "考27题"),
        ("88考研", "88考研"),
        ("126届", "126届"),
        ("CET4过线", "四级过线"),
        ("white和hit", "white和哈工大"),
        ("清华和清华大学", "清华大学和清华大学"),
    ],
)
def test_standard_has_one_word_for_each_thing(typed: str, standard: str) -> None:
    assert NORMALISER.standard(typed) == standard


def test_compact_keeps_punctuation_and_drops_spaces() -> None:
    assert NORMALISER.compact("我 不 想，Go　On！") == "我不想,goon!"


@given(ANY_TEXT)
def test_normalising_never_raises_and_does_nothing_twice(text: str) -> None:
    plain = NORMALISER.plain(text)

    assert NORMALISER.plain(plain) == plain
    assert NORMALISER.compact(NORMALISER.compact(text)) == NORMALISER.compact(text)
    assert "\n" not in NORMALISER.standard(text)
    plain.encode()


@given(ANY_TEXT)
def test_without_any_vocabulary_standard_is_plain(text: str) -> None:
    bare = Normaliser(Vocabulary())

    assert bare.standard(text) == bare.plain(text)
