"""Faults ordered by a test happen to the next call, as often as ordered."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from playground.faults import Delay, DropAfter, DropBefore, Fault, Hang, Status
from playground.model import PersonAccount
from playground.server import PlaygroundServer
from playground.world import World


def sent(bot: Any, student: PersonAccount) -> list[str]:
    return [view.text for view in bot.world.history(student.id) if view.from_bot]


async def test_a_status_is_answered_as_often_as_ordered(bot: Any, student: PersonAccount) -> None:
    trouble = Status(code=502, description="Bad Gateway")
    bot.world.faults.add(Fault(method="sendmessage", times=2, kind=trouble))
    message = {"chat_id": student.id, "text": "x"}
    assert (await bot.call("getMe"))["is_bot"] is True
    for _ in range(2):
        assert await bot.refusal("sendMessage", **message) == (502, "Bad Gateway")
    await bot.call("sendMessage", **message)
    assert sent(bot, student) == ["x"]


async def test_a_status_may_tell_when_to_come_again(bot: Any) -> None:
    kind = Status(code=429, description="Too Many Requests: retry after 3", retry_after=3)
    bot.world.faults.add(Fault(kind=kind))
    _, body = await bot.answer("getMe")
    assert body["parameters"] == {"retry_after": 3}


async def test_a_delay_comes_before_the_answer(bot: Any, student: PersonAccount) -> None:
    bot.world.faults.add(Fault(kind=Delay(seconds=0.2)))
    begun = time.perf_counter()
    await bot.call("sendMessage", chat_id=student.id, text="x")
    assert time.perf_counter() - begun >= 0.2
    assert sent(bot, student) == ["x"]


@pytest.mark.parametrize(("kind", "texts"), [(DropBefore(), []), (DropAfter(), ["x"])])
async def test_a_connection_is_dropped_before_or_after(
    bot: Any, student: PersonAccount, kind: DropBefore | DropAfter, texts: list[str]
) -> None:
    bot.world.faults.add(Fault(method="sendMessage", kind=kind))
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call("sendMessage", chat_id=student.id, text="x")
    assert sent(bot, student) == texts
    await bot.call("getMe")


async def test_a_call_that_hangs_is_never_answered_and_does_not_hold_up_the_end(
    world: World,
) -> None:
    world.faults.add(Fault(kind=Hang()))
    async with aiohttp.ClientSession() as http:
        async with PlaygroundServer(world) as server:
            url = f"{server.api_url}/bot{world.token}/getMe"
            with pytest.raises(TimeoutError):
                await http.get(url, timeout=aiohttp.ClientTimeout(total=0.1))
            ending = time.perf_counter()
        assert time.perf_counter() - ending < 2


async def test_ordered_faults_can_be_taken_back(bot: Any) -> None:
    bot.world.faults.add(Fault(kind=DropBefore()))
    bot.world.faults.clear()
    await asyncio.wait_for(bot.call("getMe"), 5)
