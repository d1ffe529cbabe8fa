"""What the bot has said can be changed and taken back."""

import json
from typing import Any

from playground.model import PersonAccount


async def test_an_edit_is_seen_in_its_place(bot: Any, student: PersonAccount) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]}
    sent = await bot.call("sendMessage", chat_id=student.id, text="x", reply_markup=markup)
    message = {"chat_id": student.id, "message_id": sent["message_id"]}
    edited = await bot.call("editMessageText", text="<i>y</i>", parse_mode="HTML", **message)
    assert (edited["text"], "edit_date" in edited, "reply_markup" in edited) == ("y", True, False)
    view = bot.world.history(student.id)[-1]
    assert (view.html, view.edited, view.buttons) == ("<i>y</i>", True, [])


async def test_a_keyboard_is_changed_alone(bot: Any, student: PersonAccount) -> None:
    sent = await bot.call("sendMessage", chat_id=student.id, text="x")
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]}
    message = {"chat_id": student.id, "message_id": sent["message_id"]}
    edited = await bot.call("editMessageReplyMarkup", reply_markup=markup, **message)
    assert edited["reply_markup"] == markup
    await bot.call("editMessageReplyMarkup", **message)
    assert bot.world.history(student.id)[-1].buttons == []


async def test_a_caption_and_a_file_are_changed(bot: Any, student: PersonAccount) -> None:
    fields = {"chat_id": str(student.id)}
    answer = await bot.upload("sendDocument", {"document": b"1"}, caption="old", **fields)
    fields["message_id"] = str(answer["result"]["message_id"])
    edited = await bot.call("editMessageCaption", caption="new", **fields)
    assert edited["caption"] == "new"
    media = {"type": "document", "media": "attach://second", "caption": "newest"}
    await bot.upload("editMessageMedia", {"second": b"22"}, media=json.dumps(media), **fields)
    view = bot.world.history(student.id)[-1]
    assert (view.document.data, view.text) == (b"22", "newest")


async def test_text_and_caption_are_not_taken_for_each_other(
    bot: Any, student: PersonAccount
) -> None:
    text = await bot.call("sendMessage", chat_id=student.id, text="x")
    file = await bot.upload("sendDocument", {"document": b"1"}, chat_id=str(student.id))
    of_text = {"chat_id": student.id, "message_id": text["message_id"]}
    of_file = {"chat_id": student.id, "message_id": file["result"]["message_id"]}
    assert await bot.refusal("editMessageCaption", caption="y", **of_text) == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )
    assert await bot.refusal("editMessageText", text="y", **of_file) == (
        400,
        "Bad Request: there is no text in the message to edit",
    )


async def test_messages_are_deleted_also_those_of_the_person(
    bot: Any, student: PersonAccount
) -> None:
    asked = bot.world.say(student.id, student.id, "密码是 1234")
    sent = await bot.call("sendMessage", chat_id=student.id, text="x")
    assert await bot.call("deleteMessage", chat_id=student.id, message_id=asked) is True
    ids = [sent["message_id"], 999]
    assert await bot.call("deleteMessages", chat_id=student.id, message_ids=ids) is True
    assert [view.text for view in bot.world.history(student.id)] == ["/start"]


async def test_a_message_is_pinned_and_unpinned(bot: Any, student: PersonAccount) -> None:
    sent = await bot.call("sendMessage", chat_id=student.id, text="x")
    message = {"chat_id": student.id, "message_id": sent["message_id"]}
    await bot.call("pinChatMessage", **message)
    chat = await bot.call("getChat", chat_id=student.id)
    assert chat["pinned_message"]["message_id"] == sent["message_id"]
    assert bot.world.history(student.id)[-1].is_pinned is True
    await bot.call("unpinChatMessage", chat_id=student.id)
    assert bot.world.history(student.id)[-1].is_pinned is False
