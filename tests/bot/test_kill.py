"""`kill -9` at any moment: forty people are in the midst of joining, and none of them notices."""

import asyncio
import random
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest

from playground.clock import MovableClock
from playground.faults import Fault, Status
from playground.model import MessageView
from playground.server import PlaygroundServer
from playground.world import World
from tests.bot.program import Running, SmallBase
from tests.bot.waiting import until

PEOPLE, KILLS = 40, 8
COHORTS = ("2027", "2028", "2029")
QUESTION = "读研学费一年多少"


@pytest.fixture
def world() -> World:
    """In the present: the program has a clock of its own."""
    return World(MovableClock())


@pytest.fixture
async def program(
    world: World, server: PlaygroundServer, tmp_path: Path, small_base: SmallBase
) -> AsyncIterator[Running]:
    running = Running(
        tmp_path,
        TELEGRAM_TOKEN=world.token,
        TELEGRAM_API_URL=server.api_url,
        DATABASE_URL=f"sqlite:///{tmp_path / 'kept' / 'linghang.db'}",
        **small_base,
    )
    async with running:
        yield running


class Joiner:
    """Somebody who does each thing once and waits for what comes of it."""

    def __init__(self, world: World, number: int) -> None:
        self._world = world
        self.id = world.add_person(f"学生{number}").id
        self.cohort = COHORTS[number % len(COHORTS)]
        self.done = ""

    async def joins_and_asks(self) -> None:
        self._says("/start")
        await self._taps("同意")
        await self._taps(self.cohort)
        await self._taps("中文")
        await self._hears(lambda message: "考试日历" in str(message.buttons))
        self._says(QUESTION)
        await self._hears(lambda message: "来源：" in message.text)
        self.done = "answered"

    def _says(self, text: str) -> None:
        self.done = f"said {text}"
        self._world.say(self.id, self.id, text)

    async def _taps(self, label: str) -> None:
        """Tap the newest such button; if the question comes again below, tap there too."""
        await self._hears(lambda message: _data(message, label) is not None)
        message = self._newest(label)
        self.done = f"tapped {label}"
        data = _data(message, label)
        assert data is not None
        self._world.tap(self.id, self.id, message.id, data)
        await self._until(lambda: self._newest_id(label) != message.id)
        if self._newest_id(label) > message.id:
            await self._taps(label)

    def _newest(self, label: str) -> MessageView:
        return next(m for m in reversed(self._world.history(self.id)) if _data(m, label))

    def _newest_id(self, label: str) -> int:
        found = [m.id for m in self._world.history(self.id) if _data(m, label)]
        return found[-1] if found else 0

    async def _hears(self, wanted: Callable[[MessageView], bool]) -> None:
        await self._until(
            lambda: any(each.from_bot and wanted(each) for each in self._world.history(self.id))
        )

    async def _until(self, true: Callable[[], bool]) -> None:
        """People are patient; the test as a whole is not."""
        await until(true, seconds=3600, every=0.02)


def _data(message: MessageView, label: str) -> str | None:
    """The data of the button with the label, if the message has one."""
    return next((data for row in message.buttons for text, data in row if label in text), None)


async def test_killed_at_random_moments_nothing_is_lost(
    world: World, program: Running, tmp_path: Path
) -> None:
    people = [Joiner(world, number) for number in range(PEOPLE)]
    chance = random.Random(20261219)
    kills = 0

    async def come(person: Joiner, after: float) -> None:
        await asyncio.sleep(after)
        await person.joins_and_asks()

    async def strike() -> None:
        nonlocal kills
        for starts in range(1, KILLS + 1):
            await until(partial(_has_started, world, starts), seconds=60)
            await asyncio.sleep(chance.uniform(0.05, 0.6))
            await program.kill()
            kills += 1
            await program.start()

    try:
        # eight starts on a busy machine take a while; what is lost would never come
        async with asyncio.timeout(150), asyncio.TaskGroup() as life:
            for number, person in enumerate(people):
                life.create_task(come(person, number * 0.3))
            life.create_task(strike())
    except TimeoutError:
        pytest.fail(f"not done: {[p.done for p in people if p.done != 'answered']}; {program.err}")
    # a program that is still loading does not know yet what a stop is
    await until(partial(_has_started, world, KILLS + 1), seconds=30)
    # what a stop interrupts is kept for the next start; here there is none
    await until(lambda: _unfinished(tmp_path) == 0, seconds=30, every=0.1)
    assert await program.stop() == 0

    assert kills == KILLS
    assert _joined(tmp_path) == sorted((person.id, int(person.cohort)) for person in people)
    assert _unfinished(tmp_path) == 0
    assert world.pending_updates() == 0
    assert world.token.partition(":")[2] not in program.err + program.out
    assert "Traceback" not in program.err


def _joined(folder: Path) -> list[tuple[int, int]]:
    return _select(folder, "SELECT telegram_id, cohort FROM people ORDER BY telegram_id")


def _unfinished(folder: Path) -> int:
    ((count, _),) = _select(folder, "SELECT count(*), 0 FROM updates WHERE finished_at IS NULL")
    return count


def _select(folder: Path, query: str) -> list[tuple[int, int]]:
    connection = sqlite3.connect(folder / "kept" / "linghang.db")
    rows = connection.execute(query).fetchall()
    connection.close()
    return rows


async def test_the_claim_is_printed_until_somebody_has_it_and_a_stop_is_clean(
    world: World, program: Running
) -> None:
    """At the first start there is a link; once it was used, none any more."""
    await _polls(world)
    first = program.out
    claims = re.findall(r"start=(claim_\S+)", first)
    assert len(claims) == 1
    admin = Joiner(world, 1)
    admin._says(f"/start {claims[0]}")
    async with asyncio.timeout(10):
        for label in ("同意", admin.cohort, "中文"):
            await admin._taps(label)
        await admin._hears(lambda message: "邀请" in str(message.buttons))
    assert await program.stop() == 0

    world.calls.clear()
    await program.start()
    await _polls(world)
    assert await program.stop() == 0
    assert program.out == first
    assert world.token.partition(":")[2] not in program.err


async def test_what_telegram_answers_does_not_end_it(world: World, program: Running) -> None:
    await _polls(world)
    conflict = Status(code=409, description="Conflict: terminated by other getUpdates request")
    broken = Status(code=500, description="Internal Server Error")
    for kind in (conflict, broken):
        world.faults.add(Fault(kind=kind, method="getUpdates"))
    person = Joiner(world, 1)
    person._says("/start")
    async with asyncio.timeout(10):
        await person._hears(lambda message: "同意" in str(message.buttons))

    # the poll that brought the message may have been under way before the faults were
    await until(lambda: "another program polls with this token" in program.err, seconds=10)
    assert program.status is None
    assert "Traceback" not in program.err


async def _polls(world: World) -> None:
    await until(lambda: world.calls["setMyCommands"] > 0, seconds=20)


def _has_started(world: World, times: int) -> bool:
    return world.calls["getMe"] >= times
