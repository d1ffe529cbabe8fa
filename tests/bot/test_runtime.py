"""From start to stop and again: what was begun goes on, and nothing is lost."""

import asyncio
import logging
import os
import signal
import time
from typing import Any

import pytest

from bot.runtime import Stopped, TokenRefused
from playground.clock import MovableClock
from playground.faults import Delay, DropBefore, Fault, Hang, Status
from playground.server import PlaygroundServer
from playground.world import World
from tests.bot.replica import runtime_of
from tests.bot.waiting import until
from tests.bot.wires import free_port
from tests.stage import run_bot


@pytest.fixture
def clock(world: World) -> MovableClock:
    return world.clock


async def test_a_form_goes_on_after_a_restart(
    world: World, server: PlaygroundServer, clock: MovableClock, either_url: str
) -> None:
    async with run_bot(world, server, clock, either_url) as before:
        student = before.person()
        await student.types("/start")
        await student.taps("同意")
        assert student.hears.startswith("哪一年本科毕业？（1/2）")

    async with run_bot(world, server, clock, either_url) as after:
        student.stage = after
        await student.taps("2027")
        assert "（2/2）" in student.hears
        await student.taps("中文")
        assert "考试日历" in "".join(student.buttons)


async def test_what_was_chosen_in_a_form_is_there_after_a_restart(
    world: World, server: PlaygroundServer, clock: MovableClock, either_url: str
) -> None:
    async with run_bot(world, server, clock, either_url) as before:
        admin = await before.admin()
        await admin.types("/invite")
        await admin.taps("书记")

    async with run_bot(world, server, clock, either_url) as between:
        admin.stage = between
        await admin.taps("不设期限")

    async with run_bot(world, server, clock, either_url) as after:
        admin.stage = after
        assert "书记" in admin.hears
        await admin.taps("生成")
        assert "start=join_" in admin.hears
        assert "书记" in admin.hears


async def test_what_is_said_while_it_is_away_is_answered_after(
    world: World, server: PlaygroundServer, clock: MovableClock, sqlite_url: str
) -> None:
    async with run_bot(world, server, clock, sqlite_url) as before:
        student = before.person()
        await student.joins()
    world.say(student.id, student.id, "今年考研哪天考")
    heard = len(student.heard)
    async with run_bot(world, server, clock, sqlite_url) as after:
        await after.settle()
    assert len(student.heard) == heard + 1
    assert "来源：" in student.hears


async def test_stopping_finishes_what_has_begun_and_loses_nothing(
    world: World, server: PlaygroundServer, clock: MovableClock, sqlite_url: str
) -> None:
    people = [world.add_person(f"学生 {number}").id for number in range(20)]
    async with run_bot(world, server, clock, sqlite_url) as before:
        world.faults.add(Fault(kind=Delay(seconds=0.2), method="sendMessage", times=20))
        for number in range(60):
            world.say(people[number % 20], people[number % 20], f"/start {number}")
        await until(lambda: before.parts.lanes.count > 0, every=0)
    answered = [_heard(world, person) for person in people]
    async with run_bot(world, server, clock, sqlite_url) as after:
        await after.settle()

    assert sum(answered) > 0
    assert [_heard(world, person) for person in people] == [3] * 20


def _heard(world: World, person: int) -> int:
    return sum(each.from_bot for each in world.history(person))


@pytest.mark.usefixtures("short_pauses")
async def test_an_unreachable_telegram_is_tried_again_with_growing_pauses(
    world: World, clock: MovableClock, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()

    async def open_later() -> None:
        await asyncio.sleep(1)
        async with PlaygroundServer(world, port=port):
            await stop.wait()

    stop = asyncio.Event()
    later = asyncio.ensure_future(open_later())
    try:
        away = PlaygroundServer(world, port=port)
        async with run_bot(world, away, clock, sqlite_url) as stage:
            student = stage.person()
            await student.types("/start")
            assert student.hears.startswith("你好")
    finally:
        stop.set()
        await later

    told = [record for record in caplog.records if record.name == "bot.runtime"]
    assert len(told) >= 2
    assert "Telegram cannot be reached (could not connect" in told[0].getMessage()


@pytest.mark.usefixtures("short_pauses")
@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "setMyCommands"])
@pytest.mark.parametrize(
    "kind",
    [
        DropBefore(),
        Status(code=500, description="Internal Server Error"),
        Status(code=429, description="Too Many Requests: retry after 1", retry_after=1),
    ],
)
async def test_a_start_gets_over_what_breaks(
    world: World,
    server: PlaygroundServer,
    clock: MovableClock,
    sqlite_url: str,
    method: str,
    kind: Any,
) -> None:
    times = 1 if getattr(kind, "retry_after", None) else 8
    world.faults.add(Fault(kind=kind, method=method, times=times))
    async with run_bot(world, server, clock, sqlite_url) as stage:
        student = stage.person()
        await student.types("/start")
        assert student.hears.startswith("你好")


async def test_a_refused_token_ends_the_start(
    world: World, server: PlaygroundServer, sqlite_url: str
) -> None:
    runtime = runtime_of(world, server.api_url, sqlite_url)
    world.token = f"{world.token[:-4]}new1"
    with pytest.raises(TokenRefused):
        await runtime.run()


async def test_a_token_refused_while_running_ends_it_without_a_traceback(
    world: World, server: PlaygroundServer, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    runtime = runtime_of(world, server.api_url, sqlite_url)
    running = asyncio.ensure_future(runtime.run())
    await until(lambda: world.calls["setMyCommands"] > 0)
    world.token = f"{world.token[:-4]}new1"
    world.polling.wake()
    with pytest.raises(TokenRefused):
        async with asyncio.timeout(5):
            await running
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_in_order(
    world: World, server: PlaygroundServer, sqlite_url: str, which: signal.Signals
) -> None:
    runtime = runtime_of(world, server.api_url, sqlite_url)
    running = asyncio.ensure_future(runtime.run())
    await until(lambda: world.calls["setMyCommands"] > 0)
    begun = time.monotonic()
    os.kill(os.getpid(), which)
    await running
    assert time.monotonic() - begun < 2


async def test_a_signal_ends_a_start_that_waits_for_telegram(
    world: World, server: PlaygroundServer, sqlite_url: str
) -> None:
    """A connection that hangs would hold the start for a minute."""
    world.faults.add(Fault(kind=Hang(), method="getMe"))
    runtime = runtime_of(world, server.api_url, sqlite_url)
    running = asyncio.ensure_future(runtime.run())
    await asyncio.sleep(0.5)
    begun = time.monotonic()
    runtime.stop()
    with pytest.raises(Stopped):
        await running
    assert time.monotonic() - begun < 2


async def test_the_claim_is_offered_until_somebody_is_admin(
    world: World, server: PlaygroundServer, clock: MovableClock, sqlite_url: str
) -> None:
    async with run_bot(world, server, clock, sqlite_url) as first:
        (claim,) = first.claims
        await first.admin()
    async with run_bot(world, server, clock, sqlite_url) as second:
        assert second.claims == []

    assert claim.startswith(f"https://t.me/{world.bot_username}?start=claim_")
