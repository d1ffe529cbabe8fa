"""Texts are cleaned, trimmed, marked and measured as Telegram does it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import utf16
from playground.entities import Entities, Entity, with_found
from playground.errors import BadRequest
from playground.formatting import Formatted, cleaned, formatted, trimmed


def shown(text: str, parse_mode: str | None = None, given_entities: object = None) -> Formatted:
    return formatted(text, parse_mode, given_entities, longest=4096, too_long="message is too long")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("  a b \n", "a b"),
        ("\n\n a", "a"),
        ("a\u3000\u200b", "a"),
        ("a\tb\x00c", "a b c"),
        ("a\r\nb", "a\nb"),
        ("a\u202eb", "ab"),
        ("a\u200fb", "a\u200fb"),
        ("   ", ""),
    ],
)
def test_a_text_is_cleaned_and_trimmed(source: str, text: str) -> None:
    assert shown(source) == (text, ())


def test_marked_space_at_the_beginning_stays() -> None:
    assert shown("<b>  a</b>", "HTML") == ("  a", (Entity(type="bold", offset=0, length=3),))


def test_marks_follow_what_is_taken_away() -> None:
    assert shown("  \u202ea<b>b \r</b>  ", "HTML") == (
        "ab",
        (Entity(type="bold", offset=1, length=1),),
    )


def test_size_is_measured_after_the_markup_is_read() -> None:
    text, _ = shown("<b>" + "😀" * 2048 + "</b>", "HTML")
    assert utf16.length(text) == 4096
    with pytest.raises(BadRequest, match="message is too long"):
        shown("😀" * 2048 + "a")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", [("bot_command", 0, 6)]),
        ("😀 /ask@some_bot x", [("bot_command", 3, 13)]),
        ("a/b 和/或", []),
        ("@linghang_bot", [("mention", 0, 13)]),
        ("写信 a.b@mse.edu.cn", [("email", 3, 14)]),
        ("看https://yz.chsi.com.cn/a?b=1，", [("url", 1, 28)]),
        ("上 yz.chsi.com.cn 看", [("url", 2, 14)]),
        ("#考研 #1", [("hashtag", 0, 3)]),
    ],
)
def test_commands_names_and_links_are_found(text: str, found: list[tuple[str, int, int]]) -> None:
    entities = with_found(text, ())
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == found


def test_nothing_is_found_inside_code() -> None:
    marked = (Entity(type="code", offset=0, length=6),)
    assert with_found("/start", marked) == marked


def test_entities_may_be_given_as_json() -> None:
    given_entities = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "bot_command", "offset": 0, "length": 1},
        {"type": "text_link", "offset": 2, "length": 1, "url": "https://a.cn/", "x": 1},
    ]
    assert shown("考研a", None, given_entities) == (
        "考研a",
        (
            Entity(type="bold", offset=0, length=2),
            Entity(type="text_link", offset=2, length=1, url="https://a.cn/"),
        ),
    )


@pytest.mark.parametrize(
    ("entity", "fault"),
    [
        ("x", "can't parse MessageEntity: expected an Object"),
        ({"offset": 0}, "can't parse MessageEntity: Can't find field \"length\""),
        (
            {"type": "text_link", "offset": 0, "length": 1},
            "can't parse MessageEntity: Can't find field \"url\"",
        ),
        ({"offset": -1, "length": 1}, "receive an entity with incorrect offset -1"),
        ({"offset": 0, "length": -1}, "receive an entity with incorrect length -1"),
        (
            {"offset": 9, "length": 1},
            "entity begins after the end of the text at UTF-16 offset 9",
        ),
        (
            {"offset": 0, "length": 9},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
        ),
        (
            {"offset": 2, "length": 1},
            "entity begins in a middle of a UTF-16 symbol at byte offset 5",
        ),
    ],
)
def test_entities_that_do_not_fit_are_refused(entity: object, fault: str) -> None:
    if isinstance(entity, dict):
        entity = {"type": "bold", **entity}
    with pytest.raises(BadRequest) as refused:
        shown("a😀b", None, [entity])
    assert refused.value.description == f"Bad Request: {fault}"


@pytest.mark.parametrize(
    ("parse_mode", "fault"),
    [
        ("MarkdownV2", "can't parse entities: the playground reads HTML only"),
        ("rtf", "unsupported parse_mode"),
    ],
)
def test_other_markups_are_refused(parse_mode: str, fault: str) -> None:
    with pytest.raises(BadRequest, match=fault):
        shown("x", parse_mode)


SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 12)))
DIRTY = st.text(alphabet=" \n\r\t\u202e\u200bab😀考")


def fitting(text: str, spans: list[tuple[int, int]]) -> Entities:
    size = utf16.length(text)
    return tuple(
        Entity(type="bold", offset=offset, length=length)
        for offset, length in spans
        if offset + length <= size
    )


@given(DIRTY, SPANS)
def test_cleaning_and_trimming_keep_marks_inside_the_text(
    text: str, spans: list[tuple[int, int]]
) -> None:
    left, entities = trimmed(*cleaned(text, fitting(text, spans)))
    size = utf16.length(left)
    assert all(entity["offset"] >= 0 for entity in entities)
    assert all(0 < entity["length"] <= size - entity["offset"] for entity in entities)
    assert left == left.rstrip()
