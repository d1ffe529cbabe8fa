"""The page hears everything that happens, and what is done on it is done in the world."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from playground.model import PersonAccount


class Line:
    """A page's end of the feed."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def hear(self, kind: str | None = None) -> Any:
        """The next event (of this kind: others are passed over)."""
        async with asyncio.timeout(5):
            while True:
                event = await self._socket.receive_json()
                if kind is None or event["type"] == kind:
                    return event

    async def do(self, deed: str, **details: object) -> None:
        await self._socket.send_json({"do": deed, **details})

    async def send(self, frame: str) -> None:
        await self._socket.send_str(frame)


@pytest.fixture
async def line(bot: Any, student: PersonAccount) -> AsyncIterator[Line]:
    url = f"{bot.server.api_url}/playground/feed"
    async with bot.http.ws_connect(url) as socket:
        yield Line(socket)


async def test_the_first_frame_is_the_whole_state(
    bot: Any, student: PersonAccount, line: Line
) -> None:
    state = await line.hear()
    assert state["type"] == "state"
    assert state["bot"] == {
        "id": bot.world.bot["id"],
        "first_name": "领航",
        "username": "linghang_playground_bot",
    }
    assert state["clock"]["timezone"] == "Asia/Shanghai"
    assert state["clock"]["now"].startswith("2026-11-22T04:00")
    assert state["people"] == [
        {
            "id": student.id,
            "name": "小明",
            "username": "xiaoming",
            "language_code": "zh-hans",
            "blocked": False,
            "hint": "学生",
        }
    ]
    assert state["chats"] == [
        {"id": student.id, "kind": "private", "title": "小明", "member_ids": [student.id]}
    ]
    assert (state["commands"], state["notes"]) == ({str(student.id): []}, [])
    [message] = state["messages"][str(student.id)]
    assert message == {
        "id": 1,
        "chat_id": student.id,
        "from_id": student.id,
        "from_bot": False,
        "from_name": "小明",
        "via": None,
        "date": "2026-11-22T04:00:00+00:00",
        "edited": None,
        "html": '<a class="command" data-text="/start">/start</a>',
        "text": "/start",
        "photo": None,
        "document": None,
        "voice": None,
        "sticker": None,
        "reply_to": None,
        "keyboard": None,
        "reply_keyboard": None,
        "remove_keyboard": False,
        "delivered": True,
    }


async def test_what_the_bot_does_is_heard(bot: Any, student: PersonAccount, line: Line) -> None:
    await line.hear("state")
    chat = {"chat_id": student.id}
    await bot.call("sendChatAction", action="typing", **chat)
    assert await line.hear() == {"type": "typing", "action": "typing", **chat}
    buttons = [[{"text": "a", "callback_data": "1"}, {"text": "b", "url": "https://a.cn/"}]]
    sent = await bot.call(
        "sendMessage",
        text='<b>a</b> <tg-spoiler>&lt;x&gt;</tg-spoiler> <a href="https://a.cn/?a&quot;">l</a>',
        parse_mode="HTML",
        reply_markup={"inline_keyboard": buttons},
        **chat,
    )
    message = (await line.hear("message"))["message"]
    assert message["html"] == (
        '<b>a</b> <span class="spoiler">&lt;x&gt;</span> <a href="https://a.cn/?a&quot;">l</a>'
    )
    assert message["keyboard"] == [
        [{"text": "a", "data": "1"}, {"text": "b", "url": "https://a.cn/"}]
    ]
    message_id = sent["message_id"]
    await bot.call("editMessageText", message_id=message_id, text="new", **chat)
    edited = (await line.hear("edited"))["message"]
    assert (edited["text"], edited["edited"] is not None, edited["keyboard"]) == ("new", True, None)
    await bot.call("deleteMessage", message_id=message_id, **chat)
    assert await line.hear() == {"type": "deleted", "message_id": message_id, **chat}
    await bot.call("setMyCommands", commands=[{"command": "ask", "description": "提问"}])
    assert await line.hear() == {
        "type": "commands",
        "person_id": student.id,
        "commands": [{"command": "ask", "description": "提问"}],
    }


async def test_what_a_person_says_is_heard_delivered_and_answered(
    bot: Any, student: PersonAccount, line: Line
) -> None:
    await line.hear("state")
    where = {"person_id": student.id, "chat_id": student.id}
    await line.do("say", text=" 几号考？ ", reply_to=None, **where)
    said = (await line.hear("message"))["message"]
    assert (said["text"], said["delivered"]) == ("几号考？", False)
    assert await line.hear() == {"type": "update_state", "pending": 1}
    [update] = await bot.updates()
    await bot.updates(offset=update["update_id"] + 1)
    assert await line.hear() == {
        "type": "delivered",
        "chat_id": student.id,
        "message_id": said["id"],
    }
    assert await line.hear() == {"type": "update_state", "pending": 0}


async def test_a_tap_is_answered_with_a_toast(bot: Any, student: PersonAccount, line: Line) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]}
    sent = await bot.call("sendMessage", chat_id=student.id, text="x", reply_markup=markup)
    where = {"person_id": student.id, "chat_id": student.id}
    await line.do("tap", message_id=sent["message_id"], data="1", **where)
    await line.hear("update_state")
    query = (await bot.updates())[-1]["callback_query"]
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="好")
    assert await line.hear() == {"type": "toast", "text": "好", "alert": False, **where}
    answered = {"type": "tap_answered", "message_id": sent["message_id"], **where}
    assert await line.hear() == answered


async def test_people_can_do_everything_on_the_page(
    bot: Any, student: PersonAccount, line: Line
) -> None:
    where = {"person_id": student.id, "chat_id": student.id}
    await line.do("say", text="一", **where)
    message_id = (await line.hear("message"))["message"]["id"]
    await line.do("edit", message_id=message_id, text="二", **where)
    assert (await line.hear("edited"))["message"]["text"] == "二"
    await line.do("delete", message_id=message_id, **where)
    assert (await line.hear("deleted"))["message_id"] == message_id
    await line.do("sticker", emoji="🎓", **where)
    assert (await line.hear("message"))["message"]["sticker"] == {"emoji": "🎓"}
    await line.do("voice", seconds=4, **where)
    assert (await line.hear("message"))["message"]["voice"] == {"seconds": 4}
    for deed, blocked in (("block", True), ("unblock", False)):
        await line.do(deed, person_id=student.id)
        assert (await line.hear("person"))["person"]["blocked"] is blocked
    await line.do("add_person", name="Anna", language_code="en")
    person = (await line.hear("person"))["person"]
    assert (person["name"], person["language_code"]) == ("Anna", "en")
    assert (await line.hear("chat"))["chat"]["title"] == "Anna"


async def test_the_clock_is_moved_on_the_page(bot: Any, line: Line) -> None:
    await line.do("clock", seconds=86_400)
    assert (await line.hear("clock"))["now"].startswith("2026-11-23T04:00")
    await line.do("clock_to", when="2026-12-19T08:30:00+08:00")
    assert (await line.hear("clock"))["now"].startswith("2026-12-19T00:30")
    await line.do("clock_to", when="2026-12-01T00:00:00+08:00")
    error = await line.hear("error")
    assert error["about"] == "clock_to"
    assert "cannot go back" in error["reason"]


@pytest.mark.parametrize(
    ("frame", "about"),
    [
        ("{", "frame"),
        ("[]", "frame"),
        ('{"do": "sing"}', "sing"),
        ('{"do": "say"}', "say"),
        ('{"do": "say", "person_id": 1, "chat_id": 1, "text": "x"}', "say"),
        ('{"do": "tap", "person_id": 1, "chat_id": 1, "message_id": 1, "data": "x"}', "tap"),
        ('{"do": "clock", "seconds": -1}', "clock"),
        ('{"do": "clock", "seconds": 1e300}', "clock"),
        ('{"do": "clock_to", "when": "2027-01-01T00:00:00"}', "clock_to"),
        ('{"do": "clock_to", "when": "tomorrow"}', "clock_to"),
    ],
)
async def test_what_cannot_be_done_is_told_and_the_line_stays(
    bot: Any, line: Line, frame: str, about: str
) -> None:
    await line.send(frame)
    assert (await line.hear("error"))["about"] == about
    await line.do("add_person", name="小刚", language_code="zh")
    assert (await line.hear("person"))["person"]["name"] == "小刚"


async def test_a_tap_on_no_button_is_told(bot: Any, student: PersonAccount, line: Line) -> None:
    where = {"person_id": student.id, "chat_id": student.id}
    await line.do("tap", message_id=1, data="x", **where)
    assert await line.hear("error") == {
        "type": "error",
        "about": "tap",
        "reason": "message 1 has no button 'x'",
    }


async def test_two_pages_hear_the_same_and_leaving_is_forgotten(
    bot: Any, student: PersonAccount, line: Line
) -> None:
    async with bot.http.ws_connect(f"{bot.server.api_url}/playground/feed") as socket:
        other = Line(socket)
        await other.hear("state")
        bot.world.say(student.id, student.id, "x")
        assert await other.hear("message") == await line.hear("message")
    await asyncio.sleep(0.1)
    assert len(bot.world._listeners) == 1
