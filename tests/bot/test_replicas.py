"""Two programs on one database: whoever handles an update, nobody's state is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.assembly import Parts
from bot.runtime import Runtime
from bot.settings import Settings
from playground.faults import Delay, Fault
from playground.server import PlaygroundServer
from playground.world import World
from tests.bot.replica import runtime_of
from tests.stage import ROOT, Stage


@asynccontextmanager
async def replicas(
    world: World, server: PlaygroundServer, url: str, number: int
) -> AsyncIterator[list[Parts]]:
    """Several programs on one database, fed by hand as a webhook would."""
    runtimes = [runtime_of(world, server.api_url, url) for _ in range(number)]
    world.polling.end("fed by hand")
    parts = [each._parts for each in runtimes]
    for each in parts:
        await each.application.initialize()
    try:
        yield parts
    finally:
        for runtime in runtimes:
            await runtime.close()


def _updates(world: World) -> list[dict[str, Any]]:
    """What waits, taken from the queue."""
    waiting = world.queue.from_offset(0, 100)
    world.queue.clear()
    return waiting


async def _idle(parts: list[Parts]) -> None:
    for each in parts:
        await each.lanes.idle()


@pytest.mark.postgres
async def test_replicas_take_turns_in_one_conversation(
    world: World, server: PlaygroundServer, postgres_url: str
) -> None:
    person = world.add_person("林小雨").id
    async with replicas(world, server, postgres_url, 2) as parts:
        stage = _stage(world, server, parts[0])
        student = stage.person()
        person = student.id
        deeds: list[Callable[[], object]] = [
            lambda: world.say(person, person, "/start"),
            lambda: world.tap(person, person, *student.button("同意")),
            lambda: world.tap(person, person, *student.button("2027")),
            lambda: world.tap(person, person, *student.button("中文")),
        ]
        for number, deed in enumerate(deeds):
            deed()
            await parts[number % 2].intake.accept(_updates(world))
            await _idle(parts)
        assert "考试日历" in "".join(student.buttons)


@pytest.mark.postgres
async def test_replicas_that_write_one_conversation_at_once_lose_nothing(
    world: World, server: PlaygroundServer, postgres_url: str
) -> None:
    """Both read the form, both write it: the second sees that it moved on, and handles it anew."""
    async with replicas(world, server, postgres_url, 2) as parts:
        student = _stage(world, server, parts[0]).person()
        person = student.id
        world.say(person, person, "/start")
        await parts[0].intake.accept(_updates(world))
        await _idle(parts)
        for label in ("同意", "2027"):
            # a double tap, and each replica gets one of the two
            for _ in parts:
                world.tap(person, person, *student.button(label))
            world.faults.add(Fault(kind=Delay(seconds=0.2), method="editMessageText", times=2))
            async with asyncio.TaskGroup() as arriving:
                for each, update in zip(parts, _updates(world), strict=True):
                    arriving.create_task(each.intake.accept([update]))
            await _idle(parts)
        world.tap(person, person, *student.button("中文"))
        await parts[1].intake.accept(_updates(world))
        await _idle(parts)

        assert "考试日历" in "".join(student.buttons)
        assert [each for each in student.heard if "参考号" in each] == []


def _stage(world: World, server: PlaygroundServer, parts: Parts) -> Stage:
    return Stage(
        world=world,
        server=server,
        settings=Settings(content_dir=ROOT / "content"),
        parts=parts,
        runtime=Runtime(parts, Settings(content_dir=ROOT / "content"), say_claim=print),
        clock=world.clock,
        claims=[],
    )
