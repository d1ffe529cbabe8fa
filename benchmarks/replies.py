"""Update to reply through the playground's server: how fast, how many, and at what memory."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.bot_process import bot_process, memory_of
from benchmarks.crowd import Crowd, first_minute, percentile, tap_about
from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World

QUIET, BUSY = 4, 100
ROUND_SECONDS = 4.0
ROUNDS = 3
STARTS = 5
GROUP = 100
QUESTIONS = ("今年考研哪天考", "没过四级能考研吗", "国家线什么时候出", "调剂怎么填", "复试刷人比例")


@asynccontextmanager
async def playground() -> AsyncIterator[tuple[World, PlaygroundServer]]:
    world = World(MovableClock())
    async with PlaygroundServer(world) as server:
        yield world, server


async def menu_taps(transport: str) -> dict[str, float]:
    """A few people taking turns for the latency, many at once for the throughput."""
    async with playground() as (world, server), bot_process(world, server, transport=transport):
        people = [world.add_person(f"学生{n}").id for n in range(BUSY)]
        crowd = Crowd(world, people)
        menus = [await first_minute(crowd, person) for person in people]
        crowd.waits.clear()
        end = time.perf_counter() + ROUND_SECONDS
        quiet = zip(people[:QUIET], menus[:QUIET], strict=True)
        await asyncio.gather(*(_strolling(crowd, person, menu, end) for person, menu in quiet))
        waits = list(crowd.waits)
        began = time.perf_counter()
        end = began + ROUND_SECONDS
        menus = [await crowd.says(person, "/start") for person in people]
        began = time.perf_counter()
        end = began + ROUND_SECONDS
        pairs = zip(people, menus, strict=True)
        counts = await asyncio.gather(*(tap_about(crowd, *pair, end) for pair in pairs))
        taken = time.perf_counter() - began
        return {
            "p50 ms": percentile(waits, 0.50) * 1000,
            "p95 ms": percentile(waits, 0.95) * 1000,
            "updates/s": sum(counts) / taken,
        }


async def _strolling(crowd: Crowd, person: int, menu: dict[str, object], end: float) -> None:
    message, count = menu, 0
    while time.perf_counter() < end:
        message = await crowd.taps(person, message, "按主题看" if count % 2 == 0 else "菜单")
        count += 1
        await asyncio.sleep(0.05)


async def compare() -> dict[str, dict[str, float]]:
    """Ours and the stock transport in turn, so that a drifting machine is fair to both."""
    rounds: dict[str, list[dict[str, float]]] = {"ours": [], "stock": []}
    for _ in range(ROUNDS):
        for transport, results in rounds.items():
            results.append(await menu_taps(transport))
    return {
        transport: {key: statistics.median(each[key] for each in results) for key in results[0]}
        for transport, results in rounds.items()
    }


async def answers() -> dict[str, float]:
    """From a question to its answer, the whole update, one after another."""
    async with playground() as (world, server), bot_process(world, server):
        crowd = Crowd(world, [world.add_person("学生").id])
        await first_minute(crowd, crowd.people[0])
        crowd.waits.clear()
        for number in range(200):
            await crowd.says(crowd.people[0], QUESTIONS[number % len(QUESTIONS)])
        return {
            "p50 ms": percentile(crowd.waits, 0.50) * 1000,
            "p95 ms": percentile(crowd.waits, 0.95) * 1000,
        }


async def starts() -> list[float]:
    """Seconds from starting the process to its first poll, on a database that is there."""
    took = []
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'bench.db'}"
        async with playground() as (world, server):
            for _ in range(STARTS + 1):
                began = time.perf_counter()
                async with bot_process(world, server, database=database):
                    took.append(time.perf_counter() - began)
    # the first one made the database
    return took[1:]


async def _begin(crowd: Crowd, person: int) -> None:
    await crowd.taps(person, await crowd.says(person, "/start"), "同意")


async def memory(conversations: int) -> list[tuple[int, float]]:
    """Memory in MiB after so many people have begun, agreed, and stand in the midst of the form."""
    points: list[tuple[int, float]] = []
    async with playground() as (world, server), bot_process(world, server) as process:
        crowd = Crowd(world, [])
        points.append((0, memory_of(process)))
        for done in range(0, conversations, GROUP):
            people = [world.add_person(f"学生{done + n}").id for n in range(GROUP)]
            await asyncio.gather(*(_begin(crowd, person) for person in people))
            reached = done + GROUP
            if reached in {conversations // 10, conversations // 2, conversations}:
                points.append((reached, memory_of(process)))
    return points
