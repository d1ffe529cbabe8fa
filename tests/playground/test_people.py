"""People in the playground can do what a messenger lets them do, and nothing else."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import utf16
from playground.clock import MovableClock
from playground.errors import (
    BotIsBlocked,
    NoSuchButton,
    NoSuchChat,
    NoSuchMessage,
    NoSuchPerson,
    NothingToSay,
    NotInTheChat,
    NotYourMessage,
)
from playground.methods.catalogue import carry_out
from playground.model import PersonAccount
from playground.params import Params
from playground.world import World


def test_people_have_names_of_their_own(world: World) -> None:
    one = world.add_person("小明", last_name="张", username="ming", language_code="en", person_id=5)
    other = world.add_person("小红")
    assert (one.id, one.name, one.language_code) == (5, "小明 张", "en")
    assert other.id != one.id
    assert [chat.title for chat in world.chats.values()] == ["小明 张", "小红"]


def test_the_first_word_starts_the_bot(world: World) -> None:
    person = world.add_person("小明")
    assert person.has_started is False
    world.say(person.id, person.id, "你好")
    assert world.people[person.id].has_started is True


def test_a_token_is_made_up_or_taken() -> None:
    made = World(MovableClock())
    assert made.token.startswith("100200300:")
    assert len(made.token) == len("100200300:") + 35
    assert World(MovableClock()).token != made.token
    taken = World(MovableClock(), token="42:" + "A" * 35)
    assert taken.bot["id"] == 42


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_nothing_cannot_be_said(world: World, student: PersonAccount, text: str) -> None:
    with pytest.raises(NothingToSay):
        world.say(student.id, student.id, text)


def test_nobody_writes_where_they_are_not(world: World, student: PersonAccount) -> None:
    other = world.add_person("小红")
    group = world.add_group("学习群", [other.id])
    for chat_id in (other.id, group):
        with pytest.raises(NotInTheChat):
            world.say(student.id, chat_id, "x")
    with pytest.raises(NoSuchChat):
        world.say(student.id, 42, "x")
    with pytest.raises(NoSuchPerson):
        world.say(42, student.id, "x")


def test_who_blocked_the_bot_must_unblock_it_first(world: World, student: PersonAccount) -> None:
    world.block(student.id)
    with pytest.raises(BotIsBlocked):
        world.say(student.id, student.id, "x")
    world.unblock(student.id)
    world.say(student.id, student.id, "x")


def test_a_deleted_account_says_nothing(world: World, student: PersonAccount) -> None:
    world.deactivate(student.id)
    with pytest.raises(NoSuchPerson):
        world.say(student.id, student.id, "x")


def test_only_buttons_that_are_there_can_be_tapped(world: World, student: PersonAccount) -> None:
    message_id = world.say(student.id, student.id, "x")
    with pytest.raises(NoSuchButton):
        world.tap(student.id, student.id, message_id, "x")
    with pytest.raises(NoSuchMessage):
        world.tap(student.id, student.id, 999, "x")


def test_only_own_messages_can_be_edited(world: World, student: PersonAccount) -> None:
    other = world.add_person("小红")
    group = world.add_group("学习群", [student.id, other.id])
    message_id = world.say(student.id, group, "x")
    with pytest.raises(NotYourMessage):
        world.edit(other.id, group, message_id, "y")
    with pytest.raises(NotYourMessage):
        world.delete(other.id, group, message_id)
    world.delete(student.id, group, message_id)
    assert [view.text for view in world.history(group) if view.text] == []


def test_an_edit_that_changes_nothing_is_none(world: World, student: PersonAccount) -> None:
    message_id = world.say(student.id, student.id, "x")
    world.edit(student.id, student.id, message_id, " x ")
    assert world.history(student.id)[-1].edited is False
    with pytest.raises(NothingToSay):
        world.edit(student.id, student.id, message_id, " ")


def test_all_kinds_of_things_can_be_sent(world: World, student: PersonAccount) -> None:
    chat = (student.id, student.id)
    world.send_photo(*chat, b"\x89PNG", "a.png", caption="图 /ask")
    world.send_document(*chat, b"%PDF", "b.pdf")
    world.send_voice(*chat, seconds=9)
    world.send_sticker(*chat, "🎓")
    world.send_album(*chat, [(b"1", "1.jpg"), (b"2", "2.jpg")], caption="两张")
    photo, document, voice, sticker, first, second = world.history(student.id)[1:]
    assert (photo.photo is not None, photo.text) == (True, "图 /ask")
    assert document.document is not None
    assert (document.document.name, document.document.mime) == ("b.pdf", "application/pdf")
    assert (voice.voice_seconds, sticker.sticker) == (9, "🎓")
    assert (first.text, second.text) == ("两张", "")
    updates = world.queue.from_offset(0, 10)
    albums = [update["message"].get("media_group_id") for update in updates]
    assert albums[:4] == [None] * 4
    assert albums[4] == albums[5] is not None


def test_a_forward_keeps_its_first_author(world: World, student: PersonAccount) -> None:
    other = world.add_person("小红")
    group = world.add_group("学习群", [student.id, other.id])
    message_id = world.say(student.id, group, "@linghang_playground_bot 原话")
    once = world.forward(other.id, group, group, message_id)
    world.forward(student.id, group, group, once)
    origins = [
        update["message"]["forward_origin"]["sender_user"]["first_name"]
        for update in world.queue.from_offset(0, 100)
        if "forward_origin" in update.get("message", {})
    ]
    assert origins == ["小明", "小明"]


RUNS = st.tuples(st.sampled_from(["字", "a", "😀"]), st.integers(1, 5000))


@given(st.lists(RUNS, min_size=1, max_size=4))
def test_a_long_text_goes_as_several_messages(runs: list[tuple[str, int]]) -> None:
    text = "".join(character * times for character, times in runs)
    world = World(MovableClock())
    person = world.add_person("小明")
    last = world.say(person.id, person.id, text)
    views = world.history(person.id)
    assert views[-1].id == last
    assert "".join(view.text for view in views) == text
    assert all(utf16.length(view.text) <= 4096 for view in views)


async def test_taps_nobody_can_answer_any_more_are_forgotten(
    world: World, student: PersonAccount
) -> None:
    world.tap(student.id, student.id, 1, "x", force=True)
    await world.clock.move_to(world.clock.now() + timedelta(minutes=16))
    newer = world.tap(student.id, student.id, 1, "x", force=True)
    assert list(world.taps) == [newer]


async def test_typing_is_over_after_five_seconds(world: World, student: PersonAccount) -> None:
    carry_out(world, "sendChatAction", Params({"chat_id": student.id, "action": "typing"}))
    assert world.typing(student.id) == "typing"
    await world.clock.move_to(world.clock.now() + timedelta(seconds=6))
    assert world.typing(student.id) is None


def test_nobody_writes_into_a_group_that_became_another(
    world: World, student: PersonAccount
) -> None:
    group = world.add_group("学习群", [student.id])
    new = world.migrate(group)
    with pytest.raises(NoSuchChat):
        world.say(student.id, group, "x")
    world.say(student.id, new, "x")
