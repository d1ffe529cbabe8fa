"""Long polling: Telegram's offset moves only past what is kept, and nothing ends it for good."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram.error import InvalidToken

from bot.intake import Intake
from bot.lanes import Lanes
from bot.polling import Polling
from bot.telegram_bot import LinghangBot
from bot.transport import AiohttpRequest
from playground.faults import DropAfter, DropBefore, Fault, FaultKind, Hang, Status
from playground.server import PlaygroundServer
from playground.world import World
from storage.engine import close_engine, open_engine
from storage.updates import StoredUpdate
from storage.work import Transactions
from tests.bot.waiting import until
from tests.stage import NOW

CONFLICT = Status(code=409, description="Conflict: terminated by other getUpdates request")
BAD_GATEWAY = Status(code=502, description="Bad Gateway")

pytestmark = pytest.mark.usefixtures("short_pauses", "impatient_database")


class Receiver:
    """Polling with a real bot and a real database; what it hands on is only counted."""

    def __init__(self, world: World, bot: LinghangBot, polling: Polling) -> None:
        self.world, self.bot, self.polling = world, bot, polling
        self.handed_on: list[int] = []
        self.polls = 0

    async def handle(self, update: StoredUpdate) -> None:
        self.handed_on.append(update.update_id)

    def says(self, text: str = "问") -> None:
        person = next(iter(self.world.people))
        self.world.say(person, person, text)

    async def receives(self, number: int, seconds: float = 8.0) -> list[int]:
        """Wait until so many have come and Telegram knows that they have."""
        await until(
            lambda: len(self.handed_on) >= number and not self.world.pending_updates(),
            seconds=seconds,
        )
        return [each - self.handed_on[0] for each in self.handed_on]


@asynccontextmanager
async def receiving(
    world: World, server: PlaygroundServer, url: str, *, poll: float = 5, grace: float = 5
) -> AsyncIterator[Receiver]:
    engine = open_engine(url)
    bot = LinghangBot(
        world.token,
        base_url=f"{server.api_url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    world.add_person("林小雨")

    async def handle(update: StoredUpdate) -> None:
        await receiver.handle(update)

    lanes = Lanes(handle)
    intake = Intake(Transactions(engine), lanes, lambda: NOW)

    def polled() -> None:
        receiver.polls += 1

    polling = Polling(bot, intake, lanes, poll_seconds=poll, stall_grace=grace, on_poll=polled)
    receiver = Receiver(world, bot, polling)
    async with bot:
        running = asyncio.ensure_future(polling.run())
        try:
            yield receiver
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await lanes.close(0)
            await close_engine(engine)


async def test_updates_come_in_order_and_are_confirmed(
    world: World, server: PlaygroundServer, sqlite_url: str
) -> None:
    async with receiving(world, server, sqlite_url) as receiver:
        for _ in range(250):
            receiver.says()
        assert await receiver.receives(250) == list(range(250))


async def test_the_offset_waits_for_the_database(
    world: World, server: PlaygroundServer, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    async with receiving(world, server, sqlite_url) as receiver:
        other.execute("BEGIN IMMEDIATE")
        receiver.says()
        await asyncio.sleep(0.4)
        receiver.says()
        kept_by_telegram, handed_on = world.pending_updates(), list(receiver.handed_on)
        other.execute("ROLLBACK")
        other.close()

        assert (kept_by_telegram, handed_on) == (2, [])
        assert await receiver.receives(2) == [0, 1]
        assert "the database is locked" in caplog.text


async def test_what_a_dying_process_fetched_is_fetched_again(
    world: World, server: PlaygroundServer, sqlite_url: str
) -> None:
    """It was not committed, so the next one gets it from Telegram."""
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with receiving(world, server, sqlite_url) as receiver:
        receiver.says()
        await asyncio.sleep(0.2)
        assert receiver.handed_on == []
    other.execute("ROLLBACK")
    other.close()
    async with receiving(world, server, sqlite_url) as receiver:
        assert await receiver.receives(1) == [0]


async def test_polling_that_stalls_silently_is_rebuilt(
    world: World, server: PlaygroundServer, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    world.faults.add(Fault(kind=Hang(), method="getUpdates", times=2))
    async with receiving(world, server, sqlite_url, poll=0.3, grace=0.3) as receiver:
        receiver.says()
        assert await receiver.receives(1) == [0]
        receiver.says()
        assert await receiver.receives(2) == [0, 1]

    assert [record.getMessage() for record in caplog.records] == [
        "polling stalled",
        "polling works again",
    ]


async def test_another_poller_is_told_of_once_and_waited_out(
    world: World, server: PlaygroundServer, sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    world.faults.add(Fault(kind=CONFLICT, method="getUpdates", times=5))
    async with receiving(world, server, sqlite_url) as receiver:
        receiver.says()
        assert await receiver.receives(1) == [0]

    told = [record.getMessage() for record in caplog.records]
    assert [line.partition(" polls")[0] for line in told] == [
        "another program",
        "polling works again",
    ]


async def test_two_programs_with_one_token_lose_nothing(
    world: World, server: PlaygroundServer, sqlite_url: str
) -> None:
    async with (
        receiving(world, server, sqlite_url, poll=1) as one,
        receiving(world, server, sqlite_url, poll=1) as two,
    ):
        for _ in range(40):
            one.says()
            await asyncio.sleep(0.01)
        await until(lambda: world.pending_updates() == 0)
        assert sorted(one.handed_on + two.handed_on) == sorted({*one.handed_on, *two.handed_on})
        assert len(one.handed_on + two.handed_on) == 40


@pytest.mark.parametrize("fault", [BAD_GATEWAY, DropBefore(), DropAfter()])
async def test_what_breaks_is_tried_again_with_growing_pauses(
    world: World, server: PlaygroundServer, sqlite_url: str, fault: FaultKind
) -> None:
    world.faults.add(Fault(kind=fault, method="getUpdates", times=5))
    async with receiving(world, server, sqlite_url) as receiver:
        receiver.says()
        begun = time.monotonic()
        assert await receiver.receives(1) == [0]

    # 0.02 + 0.04 + 0.08 + 0.16 + 0.32, each a fifth shorter at most
    assert time.monotonic() - begun > 0.49
    assert receiver.polls >= 6


async def test_telegrams_wish_to_wait_is_honoured(
    world: World, server: PlaygroundServer, sqlite_url: str
) -> None:
    flood = Status(code=429, description="Too Many Requests: retry after 1", retry_after=1)
    world.faults.add(Fault(kind=flood, method="getUpdates"))
    async with receiving(world, server, sqlite_url) as receiver:
        receiver.says()
        begun = time.monotonic()
        assert await receiver.receives(1) == [0]
    assert time.monotonic() - begun > 0.95


async def test_a_token_that_is_no_longer_accepted_ends_it(
    world: World, server: PlaygroundServer, sqlite_url: str
) -> None:
    async with receiving(world, server, sqlite_url, poll=1) as receiver:
        world.token = f"{world.token[:-4]}new1"
        with pytest.raises(InvalidToken):
            async with asyncio.timeout(5):
                await receiver.polling.run()


async def test_nothing_is_fetched_while_too_much_waits(
    world: World, server: PlaygroundServer, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What we cannot take is safer with Telegram."""
    monkeypatch.setattr("bot.lanes.ENOUGH_WAITING", 3)
    go_on = asyncio.Event()
    async with receiving(world, server, sqlite_url) as receiver:
        take = receiver.handle

        async def slowly(update: StoredUpdate) -> None:
            await go_on.wait()
            await take(update)

        receiver.handle = slowly  # type: ignore[method-assign]  # a person who takes their time
        for _ in range(4):
            receiver.says()
        await asyncio.sleep(0.1)
        for _ in range(3):
            receiver.says()
        await asyncio.sleep(0.1)
        held = world.pending_updates()
        go_on.set()

        assert held >= 3
        assert await receiver.receives(7) == list(range(7))
