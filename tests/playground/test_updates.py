"""Updates reach the bot as Telegram hands them out: once, in order, until confirmed."""

import asyncio
from typing import Any

import pytest

from playground.model import PersonAccount


def texts(updates: list[Any]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_stay_until_they_are_confirmed(bot: Any, student: PersonAccount) -> None:
    for text in ("一", "二", "三"):
        bot.world.say(student.id, student.id, text)
    updates = await bot.updates()
    assert texts(updates) == ["一", "二", "三"]
    assert await bot.updates() == updates
    ids = [update["update_id"] for update in updates]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    assert texts(await bot.updates(offset=ids[1])) == ["二", "三"]
    assert bot.world.pending_updates() == 2
    assert await bot.updates(offset=ids[2] + 1) == []
    assert bot.world.pending_updates() == 0


async def test_a_limit_hands_out_the_oldest(bot: Any, student: PersonAccount) -> None:
    for text in ("一", "二", "三"):
        bot.world.say(student.id, student.id, text)
    assert texts(await bot.updates(limit=2)) == ["一", "二"]
    assert texts(await bot.updates(limit=0)) == ["一"]


async def test_a_negative_offset_forgets_all_but_the_last(bot: Any, student: PersonAccount) -> None:
    for text in ("一", "二", "三"):
        bot.world.say(student.id, student.id, text)
    assert texts(await bot.updates(offset=-1)) == ["三"]
    assert texts(await bot.updates()) == ["三"]
    assert texts(await bot.updates(offset=-100)) == ["三"]


async def test_a_poll_waits_for_what_is_said(bot: Any, student: PersonAccount) -> None:
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(bot.updates(timeout=20))
        await asyncio.sleep(0.05)
        assert poll.done() is False
        bot.world.say(student.id, student.id, "在吗")
    assert texts(poll.result()) == ["在吗"]


async def test_a_poll_with_nothing_to_tell_ends_in_time(bot: Any, student: PersonAccount) -> None:
    async with asyncio.timeout(5):
        assert await bot.updates(timeout=1) == []


async def test_the_older_of_two_polls_is_ended(bot: Any, student: PersonAccount) -> None:
    async with asyncio.TaskGroup() as tasks:
        older = tasks.create_task(bot.refusal("getUpdates", timeout=20))
        await asyncio.sleep(0.05)
        newer = tasks.create_task(bot.updates(timeout=20))
        assert await older == (
            409,
            (
                "Conflict: terminated by other getUpdates request;"
                " make sure that only one bot instance is running"
            ),
        )
        bot.world.say(student.id, student.id, "在吗")
    assert texts(newer.result()) == ["在吗"]


async def test_only_the_kinds_asked_for_come(bot: Any, student: PersonAccount) -> None:
    await bot.updates(allowed_updates=["message"])
    first = bot.world.say(student.id, student.id, "一")
    bot.world.edit(student.id, student.id, first, "二")
    assert [set(update) for update in await bot.updates()] == [{"update_id", "message"}]
    await bot.updates(allowed_updates=[])
    bot.world.edit(student.id, student.id, first, "三")
    assert len(await bot.updates()) == 2


async def test_an_edited_message_says_when(bot: Any, student: PersonAccount) -> None:
    message_id = bot.world.say(student.id, student.id, "一")
    bot.world.edit(student.id, student.id, message_id, "/ask 二")
    edited = (await bot.updates())[-1]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (message_id, "/ask 二")
    assert edited["edit_date"] >= edited["date"]
    assert edited["entities"] == [{"type": "bot_command", "offset": 0, "length": 4}]


async def test_a_tap_arrives_with_its_message_and_is_answered_once(
    bot: Any, student: PersonAccount
) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "x:1"}]]}
    sent = await bot.call("sendMessage", chat_id=student.id, text="x", reply_markup=markup)
    query_id = bot.world.tap(student.id, student.id, sent["message_id"], "x:1")
    [update] = await bot.updates()
    query = update["callback_query"]
    assert (query["id"], query["data"], query["message"]) == (query_id, "x:1", sent)
    assert query["from"]["id"] == student.id
    answer = {"callback_query_id": query_id, "text": "好", "show_alert": True}
    assert await bot.call("answerCallbackQuery", **answer) is True
    assert await bot.call("answerCallbackQuery", **answer) is True
    assert [(toast.text, toast.alert) for toast in bot.world.toasts(student.id)] == [("好", True)]


async def test_an_answer_to_a_tap_must_be_short_and_soon(bot: Any, student: PersonAccount) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]}
    sent = await bot.call("sendMessage", chat_id=student.id, text="x", reply_markup=markup)
    query = {"callback_query_id": bot.world.tap(student.id, student.id, sent["message_id"], "1")}
    assert await bot.refusal("answerCallbackQuery", text="考" * 201, **query) == (
        400,
        "Bad Request: MESSAGE_TOO_LONG",
    )
    await bot.world.clock.move_to(bot.world.clock.now().replace(hour=5))
    assert await bot.refusal("answerCallbackQuery", **query) == (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )


async def test_a_forged_tap_arrives_even_for_a_message_that_is_gone(
    bot: Any, student: PersonAccount
) -> None:
    bot.world.tap(student.id, student.id, 999, "forged", force=True)
    [update] = await bot.updates()
    assert update["callback_query"]["message"] == {
        "chat": {
            "id": student.id,
            "type": "private",
            "first_name": "小明",
            "username": "xiaoming",
        },
        "message_id": 999,
        "date": 0,
    }


async def test_blocking_and_coming_back_are_told(bot: Any, student: PersonAccount) -> None:
    bot.world.block(student.id)
    bot.world.block(student.id)
    bot.world.unblock(student.id)
    changes = [update["my_chat_member"] for update in await bot.updates()]
    assert [
        (change["old_chat_member"]["status"], change["new_chat_member"]["status"])
        for change in changes
    ] == [("member", "kicked"), ("kicked", "member")]


@pytest.mark.parametrize(
    ("text", "reaches"),
    [
        ("大家好", False),
        ("/help", True),
        ("/help@linghang_playground_bot", True),
        ("/help@Another_bot", False),
        ("@Linghang_Playground_Bot 几号考", True),
        ("@another_bot 几号考", False),
    ],
)
async def test_in_a_group_only_what_is_meant_for_the_bot_reaches_it(
    bot: Any,
    student: PersonAccount,
    text: str,
    reaches: bool,  # noqa: FBT001 -- a table's column
) -> None:
    group = bot.world.add_group("学习群", [student.id])
    bot.world.queue.clear()
    bot.world.say(student.id, group, text)
    assert (texts(await bot.updates()) == [text]) is reaches


async def test_in_a_group_a_reply_to_the_bot_reaches_it(bot: Any, student: PersonAccount) -> None:
    group = bot.world.add_group("学习群", [student.id])
    sent = await bot.call("sendMessage", chat_id=group, text="在")
    bot.world.queue.clear()
    bot.world.say(student.id, group, "几号考", reply_to=sent["message_id"])
    assert texts(await bot.updates()) == ["几号考"]


async def test_an_administrator_bot_hears_everything_in_its_group(
    bot: Any, student: PersonAccount
) -> None:
    group = bot.world.add_group("学习群", [student.id])
    bot.world.add_bot(group, by=student.id, as_admin=True)
    other = bot.world.add_person("小红")
    await bot.updates(offset=-1, allowed_updates=["message", "chat_member"])
    bot.world.queue.clear()
    bot.world.join(group, other.id)
    bot.world.say(other.id, group, "大家好")
    bot.world.leave(group, other.id)
    updates = await bot.updates()
    assert [next(key for key in update if key != "update_id") for update in updates] == [
        "chat_member",
        "message",
        "message",
        "chat_member",
        "message",
    ]
    assert updates[1]["message"]["new_chat_members"][0]["id"] == other.id
    assert updates[-1]["message"]["left_chat_member"]["id"] == other.id


async def test_the_bot_is_told_when_it_enters_a_group_and_when_that_moves(
    bot: Any, student: PersonAccount
) -> None:
    group = bot.world.add_group("学习群", [student.id])
    new = bot.world.migrate(group)
    [joined, hello, moved, arrived] = await bot.updates()
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert hello["message"]["new_chat_members"][0]["username"] == "linghang_playground_bot"
    assert moved["message"]["migrate_to_chat_id"] == new
    assert arrived["message"]["migrate_from_chat_id"] == group


async def test_a_message_is_delivered_once_its_update_is_confirmed(
    bot: Any, student: PersonAccount
) -> None:
    bot.world.say(student.id, student.id, "在吗")
    [update] = await bot.updates()
    assert bot.world.history(student.id)[-1].delivered is False
    await bot.updates(offset=update["update_id"] + 1)
    assert bot.world.history(student.id)[-1].delivered is True


async def test_half_a_character_comes_through_as_it_was_said(
    bot: Any, student: PersonAccount
) -> None:
    bot.world.say(student.id, student.id, "a\ud83d")
    assert texts(await bot.updates()) == ["a\ud83d"]


async def test_a_tap_may_be_answered_with_a_link_to_the_bot(
    bot: Any, student: PersonAccount
) -> None:
    bot.world.say(student.id, student.id, "/start")
    row = [{"text": "看", "callback_data": "a"}]
    markup = {"inline_keyboard": [row]}
    sent = await bot.call("sendMessage", chat_id=student.id, text="问", reply_markup=markup)
    tap = bot.world.tap(student.id, student.id, sent["message_id"], "a")
    wrong = {"callback_query_id": tap, "url": "https://example.org/"}
    assert (await bot.refusal("answerCallbackQuery", **wrong))[1] == "Bad Request: URL_INVALID"
    url = f"https://t.me/{bot.world.bot_username}?start=ticket_1"
    assert await bot.call("answerCallbackQuery", callback_query_id=tap, url=url) is True
    assert bot.world.toasts(student.id)[-1].url == url
