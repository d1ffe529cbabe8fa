"""Who sends too fast is told to wait, as long as it takes."""

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import TooManyRequests
from playground.limits import Limits, Speedometer
from playground.model import PersonAccount


async def fill(bot: Any, chat_id: int, messages: int) -> None:
    for _ in range(messages):
        await bot.call("sendMessage", chat_id=chat_id, text="x")


@pytest.mark.parametrize(
    "limits", [Limits(per_second=5), Limits(per_chat_per_second=5, per_second=100)]
)
async def test_above_so_many_a_second_one_waits_a_second(
    bot: Any, student: PersonAccount, limits: Limits
) -> None:
    bot.world.limits = limits
    await fill(bot, student.id, 5)
    assert await bot.answer("sendMessage", chat_id=student.id, text="x") == (
        429,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        },
    )
    await bot.world.clock.move_to(bot.world.clock.now() + timedelta(seconds=1))
    await fill(bot, student.id, 1)


async def test_a_group_has_its_own_limit_a_minute(bot: Any, student: PersonAccount) -> None:
    group = bot.world.add_group("党员群", [student.id])
    bot.world.limits = Limits(per_group_per_minute=3)
    await fill(bot, student.id, 4)
    await fill(bot, group, 3)
    _, body = await bot.answer("sendMessage", chat_id=group, text="x")
    assert 50 <= body["parameters"]["retry_after"] <= 60


async def test_reading_and_answering_taps_are_not_limited(bot: Any, student: PersonAccount) -> None:
    bot.world.limits = Limits(per_second=1)
    await fill(bot, student.id, 1)
    for _ in range(3):
        await bot.call("getMe")
        await bot.call("sendChatAction", chat_id=student.id, action="typing")


async def test_edits_count_as_messages_do(bot: Any, student: PersonAccount) -> None:
    sent = await bot.call("sendMessage", chat_id=student.id, text="x")
    bot.world.limits = Limits(per_second=1)
    message = {"chat_id": student.id, "message_id": sent["message_id"]}
    await bot.call("editMessageText", text="y", **message)
    assert (await bot.refusal("editMessageText", text="z", **message))[0] == 429


@given(st.lists(st.floats(0, 0.5), max_size=60), st.integers(1, 5))
def test_no_second_ever_holds_more_than_the_limit(pauses: list[float], limit: int) -> None:
    speedometer, now, admitted = Speedometer(), 0.0, list[float]()
    for pause in pauses:
        now += pause
        with contextlib.suppress(TooManyRequests):
            speedometer.admit(Limits(per_second=limit), 1, now)
            admitted.append(now)
    for end in admitted:
        assert sum(end - 1 < moment <= end for moment in admitted) <= limit
