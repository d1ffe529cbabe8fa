"""Measuring and splitting of messages: nothing lost, nothing broken, nothing too long."""

from html import escape

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.texts.telegram_markup import Styled, plain, styled
from texts.telegram_html import LONGEST_MESSAGE, shown, shown_units, split, units

EMOJI = "😀"
PIECES = st.text(alphabet=[*"ab考研 \n。.<>&\"';#", EMOJI, "\u200f", "é"], max_size=12).map(escape)
TAGS = st.sampled_from(
    [
        *("b", "i", "u", "s", "pre", "tg-spoiler", "blockquote", "blockquote expandable"),
        'a href="https://yz.chsi.com.cn/a b. c?x=1&amp;y=2"',
        'code class="language-py"',
    ]
)

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault of the code."""


def wrapped(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag.partition(' ')[0]}>"


MARKUPS = st.recursive(
    PIECES,
    lambda inner: st.lists(inner | st.builds(wrapped, TAGS, inner), max_size=5).map("".join),
    max_leaves=20,
)


def ink(parts: list[str]) -> list[Styled]:
    """All that leaves ink on the screen, each character with its tags."""
    return [each for part in parts for each in styled(part) if not each[0].isspace()]


def test_units_count_as_telegram_counts() -> None:
    assert [units("a"), units("考"), units(EMOJI), units("👩‍🏫"), units("")] == [1, 1, 2, 5, 0]


def test_the_last_character_of_one_unit_is_told_from_the_first_of_two() -> None:
    assert [units("\uffff"), units("\U00010000")] == [1, 2]


def test_a_lone_surrogate_is_one_unit() -> None:
    assert units("\ud83d") == 1


def test_tags_are_not_shown_and_entities_are_resolved() -> None:
    markup = '<b>A&amp;B</b> &lt;<a href="https://x.cn/?a=1&amp;b=2">c</a>&gt; &quot;&#39;&#x27;'
    assert shown(markup) == "A&B <c> \"''"


def test_an_escaped_entity_is_resolved_once() -> None:
    assert shown("&amp;lt;") == "&lt;"


def test_an_entity_that_telegram_does_not_know_is_shown_as_written() -> None:
    assert shown("&copy; &nbsp; R&D &ampx;") == "&copy; &nbsp; R&D &ampx;"


def test_the_length_is_that_of_what_is_shown() -> None:
    assert shown_units(f"<b>{EMOJI}</b>&amp;") == 3


def test_what_fits_stays_as_it_is() -> None:
    markup = f"<b>{'考' * LONGEST_MESSAGE}</b>"
    assert split(markup) == [markup]


def test_one_unit_too_many_makes_two_messages() -> None:
    parts = split("考" * (LONGEST_MESSAGE + 1))
    assert [shown_units(part) for part in parts] == [LONGEST_MESSAGE, 1]


def test_the_end_of_a_paragraph_is_preferred() -> None:
    assert split("aaaaaa\n\nb b\nb b. bb", 12) == ["aaaaaa", "b b\nb b. bb"]


def test_then_the_end_of_a_line_of_a_sentence_of_a_word() -> None:
    assert split("aaaaaa\nb b. bb bb", 12) == ["aaaaaa", "b b. bb bb"]
    assert split("aaaaaa。b bb bbbb", 12) == ["aaaaaa。", "b bb bbbb"]
    assert split("aaaa aa. b bb bbb", 13) == ["aaaa aa.", "b bb bbb"]
    assert split("aaaa aaa b bbbbbb", 14) == ["aaaa aaa b", "bbbbbb"]


def test_a_paragraph_that_ends_too_early_is_no_place_to_cut() -> None:
    assert split("aa\n\nbbbbbb bbbbbbbb", 14) == ["aa\n\nbbbbbb", "bbbbbbbb"]


def test_tags_are_closed_before_the_cut_and_opened_after_it() -> None:
    markup = '<b>aaa <a href="https://x.cn/">bbb ccc</a></b>'
    assert split(markup, 8) == [
        '<b>aaa <a href="https://x.cn/">bbb</a></b>',
        '<b><a href="https://x.cn/">ccc</a></b>',
    ]


def test_what_closes_at_the_cut_is_not_opened_again() -> None:
    assert split("<b>aaaaaa</b>\n\nbbbb", 8) == ["<b>aaaaaa</b>", "bbbb"]
    assert split("<b>aaaaaa。</b>bbbb", 8) == ["<b>aaaaaa。</b>", "bbbb"]
    assert split("<b>aaaaaaaa</b><i>bbbb</i>", 8) == ["<b>aaaaaaaa</b>", "<i>bbbb</i>"]


def test_a_space_inside_a_tag_is_no_place_to_cut() -> None:
    link = '<a href="https://x.cn/a. b">bbbb</a>'
    assert split(f"aaaa{link}cccc", 10) == [f"aaaa{link}cc", "cc"]


def test_an_entity_is_never_cut() -> None:
    assert split("aaa&amp;&amp;&amp;", 4) == ["aaa&amp;", "&amp;&amp;"]
    assert split("a&#128512;b", 2) == ["a", "&#128512;", "b"]
    assert split("&lt;" * 5, 2) == ["&lt;&lt;", "&lt;&lt;", "&lt;"]


def test_a_character_of_two_units_is_never_cut() -> None:
    assert split(f"a{EMOJI}{EMOJI}", 4) == [f"a{EMOJI}", EMOJI]


def test_no_message_is_blank() -> None:
    assert split(" " * 9 + "a", 4) == ["a"]
    assert split("<b>aaaa</b>" + "\n" * 9, 4) == ["<b>aaaa</b>"]


@pytest.mark.parametrize("limit", [0, 1])
def test_a_limit_that_no_emoji_fits_is_refused(limit: int) -> None:
    with pytest.raises(AssertionError):
        split("aaa", limit)


@UNHURRIED
@given(markup=MARKUPS, limit=st.integers(2, 40))
@example(markup='<a href="x y">' + EMOJI * 3 + "</a>", limit=3)
def test_any_message_is_split_without_loss(markup: str, limit: int) -> None:
    parts = split(markup, limit)
    assert [units(plain(part)) <= limit for part in parts] == [True] * len(parts)
    assert ink(parts) == ink([markup])


@UNHURRIED
@given(markup=MARKUPS, limit=st.integers(2, 40))
def test_no_part_of_a_split_message_is_blank(markup: str, limit: int) -> None:
    parts = split(markup, limit)
    assert len(parts) == 1 or all(plain(part).strip() for part in parts)


@UNHURRIED
@given(markup=MARKUPS)
def test_any_message_is_measured_as_it_is_shown(markup: str) -> None:
    assert (shown(markup), shown_units(markup)) == (plain(markup), units(plain(markup)))
