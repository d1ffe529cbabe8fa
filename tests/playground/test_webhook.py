"""Updates are posted to the webhook, in order, until it takes them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from msgspec import Struct, field

from playground.model import PersonAccount


class Receiver(Struct):
    """A webhook that answers as it is told to, and then with 200."""

    url: str = ""
    answers: list[web.Response] = field(default_factory=list)
    taken: list[Any] = field(default_factory=list)
    refused: list[Any] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, request: web.BaseRequest) -> web.Response:
        update = await request.json()
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        answer = self.answers.pop(0) if self.answers else web.Response()
        (self.taken if answer.status == 200 else self.refused).append(update)
        self.arrived.set()
        return answer

    async def texts(self, number: int) -> list[str]:
        """The texts taken, once there are so many."""
        async with asyncio.timeout(5):
            while len(self.taken) < number:
                self.arrived.clear()
                await self.arrived.wait()
        return [update["message"]["text"] for update in self.taken]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    runner = web.ServerRunner(web.Server(receiver.receive), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_come_in_order_with_the_secret(
    bot: Any, student: PersonAccount, receiver: Receiver
) -> None:
    bot.world.say(student.id, student.id, "一")
    await bot.call("setWebhook", url=receiver.url, secret_token="s-1")
    bot.world.say(student.id, student.id, "二")
    assert await receiver.texts(2) == ["一", "二"]
    assert receiver.secrets == ["s-1", "s-1"]
    await asyncio.sleep(0.05)
    assert bot.world.pending_updates() == 0
    assert [view.delivered for view in bot.world.history(student.id)[1:]] == [True, True]


async def test_an_update_that_is_not_taken_comes_again(
    bot: Any, student: PersonAccount, receiver: Receiver
) -> None:
    receiver.answers = [
        web.Response(status=503, reason="Away"),
        web.Response(status=302, headers={"Location": "/"}),
    ]
    await bot.call("setWebhook", url=receiver.url)
    for text in ("一", "二"):
        bot.world.say(student.id, student.id, text)
    assert await receiver.texts(2) == ["一", "二"]
    assert [update["message"]["text"] for update in receiver.refused] == ["一", "一"]


async def test_what_went_wrong_is_told(
    bot: Any, student: PersonAccount, receiver: Receiver
) -> None:
    receiver.answers = [web.Response(status=503, reason="Away", headers={"Retry-After": "9"})]
    await bot.call("setWebhook", url=receiver.url)
    bot.world.say(student.id, student.id, "一")
    async with asyncio.timeout(5):
        await receiver.arrived.wait()
    await asyncio.sleep(0.05)
    info = await bot.call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["last_error_message"]) == (
        receiver.url,
        1,
        "Wrong response from the webhook: 503 Away",
    )


async def test_a_webhook_nobody_listens_at_keeps_the_updates(
    bot: Any, student: PersonAccount
) -> None:
    await bot.call("setWebhook", url="http://127.0.0.1:9/")
    bot.world.say(student.id, student.id, "一")
    await asyncio.sleep(0.1)
    info = await bot.call("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert "Cannot connect" in info["last_error_message"]
    await bot.call("deleteWebhook")
    assert [update["message"]["text"] for update in await bot.updates()] == ["一"]


async def test_polling_and_a_webhook_exclude_each_other(
    bot: Any, student: PersonAccount, receiver: Receiver
) -> None:
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(bot.refusal("getUpdates", timeout=20))
        await asyncio.sleep(0.05)
        await bot.call("setWebhook", url=receiver.url)
    assert poll.result() == (409, "Conflict: terminated by setWebhook request")
    assert await bot.refusal("getUpdates") == (
        409,
        (
            "Conflict: can't use getUpdates method while webhook is active;"
            " use deleteWebhook to delete the webhook first"
        ),
    )
    await bot.call("setWebhook", url="")
    assert await bot.updates() == []


async def test_waiting_updates_can_be_dropped(
    bot: Any, student: PersonAccount, receiver: Receiver
) -> None:
    bot.world.say(student.id, student.id, "alt")
    await bot.call("setWebhook", url=receiver.url, drop_pending_updates=True)
    bot.world.say(student.id, student.id, "neu")
    assert await receiver.texts(1) == ["neu"]
    await bot.call("deleteWebhook")
    bot.world.say(student.id, student.id, "alt")
    await bot.call("deleteWebhook", drop_pending_updates=True)
    assert await bot.updates() == []


async def test_the_answer_may_be_a_call(
    bot: Any, student: PersonAccount, receiver: Receiver
) -> None:
    call = {"method": "sendMessage", "chat_id": student.id, "text": "收到"}
    receiver.answers = [web.json_response(call), web.json_response({**call, "chat_id": 42})]
    await bot.call("setWebhook", url=receiver.url)
    for text in ("一", "二", "三"):
        bot.world.say(student.id, student.id, text)
    assert await receiver.texts(3) == ["一", "二", "三"]
    texts = [view.text for view in bot.world.history(student.id) if view.from_bot]
    assert texts == ["收到"]


async def test_only_kinds_asked_for_are_told(
    bot: Any, student: PersonAccount, receiver: Receiver
) -> None:
    await bot.call("setWebhook", url=receiver.url, allowed_updates=["message"])
    assert (await bot.call("getWebhookInfo"))["allowed_updates"] == ["message"]
    bot.world.block(student.id)
    bot.world.unblock(student.id)
    bot.world.say(student.id, student.id, "一")
    assert await receiver.texts(1) == ["一"]


async def test_an_address_that_cannot_be_posted_to_harms_nobody(
    bot: Any, student: PersonAccount
) -> None:
    await bot.call("setWebhook", url=f"https://{'a' * 300}.example/")
    bot.world.say(student.id, student.id, "一")
    await asyncio.sleep(0.1)
    assert (await bot.call("getWebhookInfo"))["pending_update_count"] == 1
