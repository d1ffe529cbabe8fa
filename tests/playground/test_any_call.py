"""Whatever a bot sends is carried out or refused: no call brings the server down."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.clock import MovableClock
from playground.errors import CallRefused
from playground.methods.catalogue import METHODS, carry_out
from playground.params import Params, Upload
from playground.world import World

NAMES = st.sampled_from(
    [
        "action",
        "allowed_updates",
        "callback_data",
        "caption",
        "caption_entities",
        "chat_id",
        "command",
        "commands",
        "description",
        "document",
        "emoji",
        "entities",
        "from_chat_id",
        "inline_keyboard",
        "keyboard",
        "language",
        "language_code",
        "length",
        "media",
        "menu_button",
        "message_id",
        "message_ids",
        "offset",
        "parse_mode",
        "photo",
        "reaction",
        "reply_markup",
        "reply_parameters",
        "scope",
        "text",
        "type",
        "url",
        "user",
        "user_id",
    ]
)
WORDS = st.sampled_from(
    [
        "",
        "x",
        "HTML",
        "<b>x</b>",
        "{",
        "[1]",
        "attach://f",
        "bold",
        "chat",
        "chat_member",
        "document",
        "http://127.0.0.1:1/",
        "photo",
        "text_link",
        "text_mention",
        "typing",
        "\ud83d",
        "9" * 5000,
    ]
)
PERSON, GROUP = 5, -4_000_001
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([0, 1, 2, 3, PERSON, GROUP]),
    st.floats(),
    WORDS,
    st.text(max_size=8),
)
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=12,
)
BUTTONS = st.dictionaries(st.sampled_from(["text", "callback_data", "url"]), ANYTHING, max_size=3)
ROWS = st.lists(st.lists(st.one_of(BUTTONS, ANYTHING), max_size=2), max_size=2)
ENTITIES = st.fixed_dictionaries(
    {"type": st.one_of(WORDS, ANYTHING), "offset": st.integers(0, 3), "length": st.integers(0, 3)},
    optional={"url": ANYTHING, "user": ANYTHING, "custom_emoji_id": ANYTHING, "language": ANYTHING},
)
MEDIA = st.fixed_dictionaries(
    {"type": st.sampled_from(["photo", "document"]), "media": st.just("attach://f")},
    optional={"caption": ANYTHING, "parse_mode": ANYTHING, "caption_entities": st.lists(ENTITIES)},
)
SHAPED = st.fixed_dictionaries(
    {},
    optional={
        "commands": st.lists(st.fixed_dictionaries({"command": PLAIN, "description": PLAIN})),
        "entities": st.lists(st.one_of(ENTITIES, ANYTHING), max_size=3),
        "media": st.one_of(MEDIA, st.lists(st.one_of(MEDIA, ANYTHING), max_size=3)),
        "message_ids": st.lists(ANYTHING, max_size=3),
        "reply_markup": st.one_of(
            st.fixed_dictionaries({"inline_keyboard": ROWS}),
            st.fixed_dictionaries({"keyboard": ROWS}),
        ),
        "reply_parameters": st.fixed_dictionaries({"message_id": ANYTHING}),
        "scope": st.fixed_dictionaries({"type": WORDS, "chat_id": ANYTHING, "user_id": ANYTHING}),
        "url": st.sampled_from(["http://[", "http://127.0.0.1:x", "https://127.0.0.1:99999"]),
    },
)
LIKELY = st.fixed_dictionaries(
    {},
    optional={
        "chat_id": st.sampled_from([PERSON, GROUP, "5"]),
        "from_chat_id": st.sampled_from([PERSON, GROUP]),
        "message_id": st.integers(1, 6),
        "text": st.just("new"),
    },
)


def peopled() -> World:
    """A person, a group, and a few messages of the bot's and theirs."""
    world = World(MovableClock())
    world.add_person("小明", person_id=PERSON)
    world.say(PERSON, PERSON, "/start")
    world.add_group("学习群", [PERSON])
    for chat_id in (PERSON, GROUP):
        carry_out(world, "sendMessage", Params({"chat_id": chat_id, "text": "x"}))
    file = {"f": Upload(name="f", mime="a/b", data=b"1")}
    carry_out(world, "sendDocument", Params({"chat_id": PERSON, "document": "attach://f"}, file))
    return world


@pytest.mark.parametrize("method", sorted(METHODS))
@settings(max_examples=25, deadline=None)
@given(params=st.dictionaries(NAMES, ANYTHING, max_size=3), shaped=SHAPED, likely=LIKELY)
def test_any_call_is_carried_out_or_refused(
    method: str, params: dict[str, Any], shaped: dict[str, Any], likely: dict[str, Any]
) -> None:
    world = peopled()
    heard: list[object] = []
    world.subscribe(heard.append)
    files = {"f": Upload(name="f", mime="a/b", data=b"1")}
    with contextlib.suppress(CallRefused):
        carry_out(world, method, Params({**params, **shaped, **likely}, files))
    shown = [view.html for chat_id in world.chats for view in world.history(chat_id)]
    assert len(shown) >= 4 or "delete" in method
