"""Putting the same questions together, and making what was typed fit to be read by others."""

import pytest

from branch.guidance.alike import by_words, central, grouped
from branch.guidance.headings import LONGEST_EXAMPLE, LONGEST_HEADING, example_of, heading_of
from tests.stage import content_of

FILLERS = ("请问", "请问一下", "学长", "想问下")


def plain(text: str) -> str:
    return text


def test_the_same_question_in_other_words_is_one_group() -> None:
    texts = [
        "复试要不要带电脑",
        "宿舍几点熄灯",
        "复试带电脑吗",
        "复试需要带电脑吗",
        "宿舍几点熄灯呀",
        "导师喜欢什么样的学生",
    ]
    groups = by_words(content_of().library.library.vocabulary)(texts)

    assert [sorted(group) for group in groups] == [[0, 2, 3], [1, 4], [5]]


def test_every_text_is_in_one_group_whatever_it_is() -> None:
    texts = ["", " ", "？？？", "好", "好", "a b c", "调剂" * 500, "😀😀"]

    assert sorted(place for group in grouped(texts, plain) for place in group) == [*range(8)]
    assert grouped([], plain) == []


def test_neighbours_are_not_chained_into_one() -> None:
    """Each is like the next, the first is not like the last."""
    chain = ["国家线什么时候出", "国家线什么时候公布", "成绩什么时候公布", "成绩在哪公布"]

    assert len(grouped(chain, plain)) > 1


def test_the_wording_that_says_best_what_all_ask_stands_for_them() -> None:
    texts = ["复试要带电脑吗还是学校有", "复试要带电脑吗", "电脑"]

    assert central(texts, [1, 1, 1], plain) == 1
    assert central(texts, [1, 1, 40], plain) == 2


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ("请问一下学长，复试要带电脑吗？？", "复试要带电脑吗"),
        ("想问下\n\n 复试  要带电脑吗", "复试 要带电脑吗"),
        ("请问", "请问"),
        ("请问？", "请问"),
        ("？？", ""),
        (
            "我本科是材料的想跨考计算机但是数学很差，还来得及吗",
            "我本科是材料的想跨考计算机但是数学很差",
        ),
        ("字" * 40, "字" * (LONGEST_HEADING - 1) + "…"),
    ],
)
def test_a_heading_is_what_is_asked_and_short(typed: str, heading: str) -> None:
    assert heading_of(typed, FILLERS) == heading
    assert len(heading) <= LONGEST_HEADING


@pytest.mark.parametrize(
    "who",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "420106200001011234",
        "42010620000101123X",
        "a.b@mail.whut.edu.cn",
        "@xiaolin_2027",
        "https://t.me/xiaolin",
    ],
)
def test_what_tells_who_asked_is_blotted_out(who: str) -> None:
    assert example_of(f"加我 {who} 可以吗") == "加我 … 可以吗"


def test_a_name_and_a_student_number_are_blotted_out() -> None:
    assert example_of("我叫王小明 学号：1023456789") == "我叫… 学号…"


def test_scores_years_and_subjects_stay() -> None:
    asked = "2027 年 408 考 385 分，27届 085600 能去武汉理工吗"

    assert example_of(asked) == asked


def test_an_example_is_one_line_and_not_endless() -> None:
    assert example_of("一\n二\t三") == "一 二 三"
    assert len(example_of("问" * 4096)) == LONGEST_EXAMPLE
