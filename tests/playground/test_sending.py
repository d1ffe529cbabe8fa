"""What the bot sends arrives as it should be seen, and is told back as Telegram tells it."""

import json
import struct
from typing import Any

import aiohttp
import pytest

from playground.model import PersonAccount


def png(width: int = 3, height: int = 2) -> bytes:
    """As much of a picture as its size is read from."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02"


async def test_a_text_arrives_with_its_marks_and_buttons(bot: Any, student: PersonAccount) -> None:
    rows = [
        [{"text": "看材料", "callback_data": "m:1"}, {"text": "官网", "url": "https://a.cn/"}],
        [{"text": "返回", "callback_data": "back"}],
    ]
    sent = await bot.call(
        "sendMessage",
        chat_id=student.id,
        text=" <b>12 月 19 日</b> /ask ",
        parse_mode="HTML",
        reply_markup={"inline_keyboard": rows},
    )
    [_, view] = bot.world.history(student.id)
    assert sent == {
        "message_id": view.id,
        "from": {
            "id": bot.world.bot["id"],
            "is_bot": True,
            "first_name": "领航",
            "username": "linghang_playground_bot",
        },
        "chat": {
            "id": student.id,
            "type": "private",
            "first_name": "小明",
            "username": "xiaoming",
        },
        "date": int(view.date.timestamp()),
        "text": "12 月 19 日 /ask",
        "entities": [
            {"type": "bold", "offset": 0, "length": 9},
            {"type": "bot_command", "offset": 10, "length": 4},
        ],
        "reply_markup": {"inline_keyboard": rows},
    }
    assert (view.from_bot, view.text) == (True, "12 月 19 日 /ask")
    assert view.html == "<b>12 月 19 日</b> /ask"
    assert view.buttons == [[("看材料", "m:1"), ("官网", "https://a.cn/")], [("返回", "back")]]


@pytest.mark.parametrize("how", ["json", "query", "form", "multipart"])
async def test_parameters_may_come_in_every_way(bot: Any, student: PersonAccount, how: str) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]}
    fields = {"chat_id": str(student.id), "text": "考研 & 1+1", "reply_markup": json.dumps(markup)}
    url = f"{bot.url}/SENDmessage"
    match how:
        case "json":
            request = bot.http.post(url, json={**fields, "reply_markup": markup})
        case "query":
            request = bot.http.get(url, params=fields)
        case "form":
            request = bot.http.post(url, data=fields)
        case _:
            form = aiohttp.FormData(fields, default_to_multipart=True)
            request = bot.http.post(url, data=form)
    async with request as answer:
        body = await answer.json()
    assert body["result"]["text"] == "考研 & 1+1"
    assert body["result"]["reply_markup"] == markup


async def test_a_reply_carries_what_it_replies_to(bot: Any, student: PersonAccount) -> None:
    asked = bot.world.say(student.id, student.id, "几号考？")
    sent = await bot.call(
        "sendMessage",
        chat_id=student.id,
        text="19 日",
        reply_parameters={"message_id": asked},
    )
    assert sent["reply_to_message"]["text"] == "几号考？"
    assert bot.world.history(student.id)[-1].reply_to == asked


async def test_a_reply_may_do_without_what_is_gone(bot: Any, student: PersonAccount) -> None:
    reply = {"message_id": 999, "allow_sending_without_reply": True}
    sent = await bot.call("sendMessage", chat_id=student.id, text="x", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_a_reply_keyboard_is_shown_and_taken_away(bot: Any, student: PersonAccount) -> None:
    shown = {"keyboard": [["提问", {"text": "日历"}], ["菜单"]], "resize_keyboard": True}
    for markup in (shown, {"remove_keyboard": True}, {"force_reply": True}):
        sent = await bot.call("sendMessage", chat_id=student.id, text="x", reply_markup=markup)
        assert "reply_markup" not in sent
    views = bot.world.history(student.id)[-3:]
    assert [view.reply_keyboard for view in views] == [[["提问", "日历"], ["菜单"]], None, None]
    assert [view.removes_keyboard for view in views] == [False, True, False]


async def test_an_empty_inline_keyboard_is_none(bot: Any, student: PersonAccount) -> None:
    sent = await bot.call(
        "sendMessage", chat_id=student.id, text="x", reply_markup={"inline_keyboard": [[]]}
    )
    assert "reply_markup" not in sent


async def test_a_photo_arrives_with_its_size(bot: Any, student: PersonAccount) -> None:
    answer = await bot.upload(
        "sendPhoto",
        {"photo": png(640, 480)},
        chat_id=str(student.id),
        caption="<b>图</b>",
        parse_mode="HTML",
    )
    sent = answer["result"]
    [size] = sent["photo"]
    assert (size["width"], size["height"], size["file_size"]) == (640, 480, len(png()))
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("图", "bold")
    view = bot.world.history(student.id)[-1]
    assert (view.photo.data, view.text) == (png(640, 480), "图")


async def test_a_document_can_be_fetched_and_sent_again(bot: Any, student: PersonAccount) -> None:
    answer = await bot.upload("sendDocument", {"document": b"%PDF"}, chat_id=str(student.id))
    document = answer["result"]["document"]
    assert (document["file_name"], document["file_size"]) == ("document.bin", 4)
    file = await bot.call("getFile", file_id=document["file_id"])
    url = f"{bot.server.api_url}/file/bot{bot.world.token}/{file['file_path']}"
    async with bot.http.get(url) as fetched:
        assert await fetched.read() == b"%PDF"
    again = await bot.call("sendDocument", chat_id=student.id, document=document["file_id"])
    assert again["document"] == document


async def test_a_file_is_fetched_only_with_the_token_and_by_its_path(bot: Any) -> None:
    for path in (f"bot{'1:' + 'A' * 35}/documents/x", f"bot{bot.world.token}/documents/x"):
        async with bot.http.get(f"{bot.server.api_url}/file/{path}") as answer:
            assert answer.status in (401, 404)


async def test_a_voice_and_a_sticker_can_be_sent(bot: Any, student: PersonAccount) -> None:
    chat = {"chat_id": str(student.id)}
    await bot.upload("sendVoice", {"voice": b"OggS"}, duration="7", **chat)
    await bot.upload("sendSticker", {"sticker": b"RIFF"}, emoji="🎓", **chat)
    [voice, sticker] = bot.world.history(student.id)[-2:]
    assert (voice.voice_seconds, sticker.sticker) == (7, "🎓")


async def test_an_album_is_one_group_of_messages(bot: Any, student: PersonAccount) -> None:
    media = [
        {"type": "photo", "media": "attach://one", "caption": "<i>一</i>", "parse_mode": "HTML"},
        {"type": "photo", "media": "attach://two"},
    ]
    answer = await bot.upload(
        "sendMediaGroup",
        {"one": png(), "two": png(5, 5)},
        chat_id=str(student.id),
        media=json.dumps(media),
    )
    [one, two] = answer["result"]
    assert one["media_group_id"] == two["media_group_id"]
    assert (one["caption"], "caption" in two) == ("一", False)


@pytest.mark.parametrize(
    ("method", "name", "data", "reason"),
    [
        ("sendPhoto", "photo", b"no picture", "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", "photo", png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        ("sendDocument", "document", b"", "file must be non-empty"),
    ],
)
async def test_a_file_that_is_not_right_is_refused(
    bot: Any, student: PersonAccount, method: str, name: str, data: bytes, reason: str
) -> None:
    answer = await bot.upload(method, {name: data}, chat_id=str(student.id))
    assert answer["description"] == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("method", "name", "size"),
    [
        ("sendPhoto", "photo", 10 * 1024 * 1024 + 1),
        ("sendDocument", "document", 50 * 1024 * 1024 + 1),
        ("sendDocument", "document", 60 * 1024 * 1024),
    ],
)
async def test_a_file_that_is_too_large_is_refused(
    bot: Any, student: PersonAccount, method: str, name: str, size: int
) -> None:
    data = png() + b"\0" * (size - len(png()))
    answer = await bot.upload(method, {name: data}, chat_id=str(student.id))
    assert answer == {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}


async def test_documents_and_photos_do_not_mix_in_an_album(
    bot: Any, student: PersonAccount
) -> None:
    kinds = ("photo", "document")
    media = [{"type": kind, "media": f"attach://{kind}"} for kind in kinds]
    answer = await bot.upload(
        "sendMediaGroup",
        {kind: png() for kind in kinds},
        chat_id=str(student.id),
        media=json.dumps(media),
    )
    assert answer["description"] == ("Bad Request: document can't be mixed with other media types")


async def test_a_forward_names_who_wrote_it_and_a_copy_does_not(
    bot: Any, student: PersonAccount
) -> None:
    other = bot.world.add_person("小红")
    bot.world.say(other.id, other.id, "/start")
    asked = bot.world.say(student.id, student.id, "几号考？")
    source = {"chat_id": other.id, "from_chat_id": student.id, "message_id": asked}
    forwarded = await bot.call("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "小明"
    copied = await bot.call("copyMessage", **source)
    views = bot.world.history(other.id)[-2:]
    assert [view.text for view in views] == ["几号考？", "几号考？"]
    assert [view.is_forwarded for view in views] == [True, False]
    assert copied == {"message_id": views[1].id}


async def test_typing_is_seen_until_the_next_message(bot: Any, student: PersonAccount) -> None:
    await bot.call("sendChatAction", chat_id=student.id, action="typing")
    assert bot.world.typing(student.id) == "typing"
    await bot.call("sendMessage", chat_id=student.id, text="x")
    assert bot.world.typing(student.id) is None


async def test_what_was_called_is_counted_and_logged(bot: Any, student: PersonAccount) -> None:
    await bot.call("sendMessage", chat_id=student.id, text="x")
    await bot.refusal("sendMessage", chat_id=student.id, text="")
    assert bot.world.calls["sendMessage"] == 1
    [done, refused] = [record for record in bot.world.log if record.method == "sendMessage"]
    assert (done.refusal, refused.refusal) == (None, "Bad Request: message text is empty")
    assert done.params == {"chat_id": student.id, "text": "x"}


async def test_a_person_linked_by_id_comes_back_whole_and_a_stranger_as_mere_text(
    bot: Any, student: PersonAccount
) -> None:
    text = f'<a href="tg://user?id={student.id}">小明</a> <a href="tg://user?id=4242">谁</a>'
    sent = await bot.call("sendMessage", chat_id=student.id, text=text, parse_mode="HTML")

    [mention] = sent["entities"]
    assert sent["text"] == "小明 谁"
    assert mention["type"] == "text_mention"
    assert mention["user"]["first_name"] == "小明"
    assert mention["user"]["is_bot"] is False
