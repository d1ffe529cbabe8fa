"""Whatever Telegram or the line does to a notice, its report says what the server has seen."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from branch.notices.model import Progress
from branch.outbox.model import Fate
from playground.faults import Delay, DropAfter, DropBefore, Fault, FaultKind, Hang, Status
from playground.server import PlaygroundServer
from playground.world import World
from storage.engine import close_engine, open_engine
from tests.bot.waiting import until
from tests.handlers.conftest import a_member
from tests.noticing import WORDS, later, readers, report, to_students, worked
from tests.stage import THOROUGH, Person, Stage, run_bot

FLOOD = Status(code=429, description="Too Many Requests: retry after 1", retry_after=1)
BROKEN = Status(code=502, description="Bad Gateway")
READERS = 24
GONE_FOR = 60.0 if THOROUGH else 7.0
"""Longer than anybody waits for SQLite's one writer."""


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.transport.READ_TIMEOUT", 0.8)


async def ended(stage: Stage) -> Progress:
    """The report once nothing waits any more."""
    kept = stage.parts.transactions
    async with asyncio.timeout(30):
        while (found := await report(kept, now=stage.clock.now())).waiting:
            await worked(stage)
    await worked(stage)
    return found


async def sent(stage: Stage, *faults: Fault) -> tuple[Person, list[Person]]:
    """A notice to many, in the midst of which the faults happen."""
    member = await a_member(stage)
    people = await readers(stage, READERS)
    await to_students(member)
    for fault in faults:
        stage.world.faults.add(fault)
    await member.taps("确认发给")
    return member, people


def copies(people: Sequence[Person], text: str = WORDS) -> list[int]:
    return [person.heard.count(text) for person in people]


def on_send(kind: FaultKind, times: int = 1) -> Fault:
    return Fault(kind=kind, method="sendMessage", times=times)


# the card itself is the first message that is sent after the tap
_CARD = on_send(Delay(seconds=0))


async def test_asked_to_wait_in_the_midst_it_waits_and_everybody_has_it_once(
    both_stages: Stage,
) -> None:
    _, people = await sent(both_stages, _CARD, on_send(FLOOD, times=3))

    found = await ended(both_stages)

    assert found.fates == {Fate.DELIVERED: READERS}
    assert copies(people) == [1] * READERS


@pytest.mark.parametrize(
    ("kind", "arrived"), [(BROKEN, 0), (Hang(), 0), (DropBefore(), 0), (DropAfter(), 1)], ids=str
)
async def test_unknown_is_said_and_settled_by_a_person(
    stage: Stage, kind: FaultKind, arrived: int
) -> None:
    member, people = await sent(stage, _CARD, on_send(kind, times=2))

    found = await ended(stage)
    assert found.fates == {Fate.DELIVERED: READERS - 2, Fate.UNKNOWN: 2}
    assert sorted(copies(people)) == [arrived] * 2 + [1] * (READERS - 2)
    await member.taps("刷新")
    await member.taps("不确定的补发")
    found = await ended(stage)

    assert found.fates == {Fate.DELIVERED: READERS}
    assert sorted(copies(people)) == [1] * (READERS - 2) + [arrived + 1] * 2


async def test_what_is_taken_as_delivered_is_not_sent_again(stage: Stage) -> None:
    member, people = await sent(stage, _CARD, on_send(DropAfter(), times=2))
    await ended(stage)

    await member.taps("刷新")
    await member.taps("当作收到")

    assert (await ended(stage)).fates == {Fate.DELIVERED: READERS}
    assert copies(people) == [1] * READERS


async def test_who_is_not_there_is_counted_and_stops_nobody_else(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    people = await readers(stage, READERS)
    await to_students(member)
    stage.world.block(people[0].id)
    stage.world.deactivate(people[1].id)
    never = stage.world.people[people[2].id]
    stage.world.people[never.id] = replace(never, has_started=False)
    await member.taps("确认发给")

    found = await ended(stage)

    assert found.fates == {Fate.DELIVERED: READERS - 3, Fate.UNREACHABLE: 3}
    assert copies(people) == [0] * 3 + [1] * (READERS - 3)


async def test_of_any_storm_the_report_is_what_the_server_has_seen(both_stages: Stage) -> None:
    stage = both_stages
    chance = random.Random(20261219)
    kinds: list[FaultKind] = [BROKEN, DropBefore(), DropAfter(), FLOOD]
    storm = [on_send(chance.choice(kinds)) for _ in range(8)]
    calm = [on_send(Delay(seconds=0), times=chance.randint(1, 4)) for _ in storm]
    mixed = [fault for pair in zip(calm, storm, strict=True) for fault in pair]
    member, people = await sent(stage, *mixed)

    found = await ended(stage)

    got = copies(people)
    assert found.delivered + found.unknown == READERS
    assert max(got) == 1
    assert found.delivered <= sum(got) <= found.delivered + found.unknown
    stage.world.faults.clear()
    unknown = found.unknown
    if unknown:
        await member.taps("刷新")
        await member.taps("不确定的补发")
        found = await ended(stage)
    again = copies(people)
    assert found.fates == {Fate.DELIVERED: READERS}
    assert min(again) == 1
    assert sum(number > 1 for number in again) <= unknown


async def test_the_database_gone_in_the_midst_is_waited_for(
    world: World, server: PlaygroundServer, either_url: str
) -> None:
    async with run_bot(world, server, world.clock, either_url, bulk_rate=1000) as stage:
        _, people = await sent(stage, _CARD, on_send(Delay(seconds=0.05), times=200))
        await until(lambda: sum(copies(people)) >= 3)
        async with gone(either_url):
            await asyncio.sleep(GONE_FOR)
        found = await ended(stage)

    assert found.fates == {Fate.DELIVERED: READERS}
    assert copies(people) == [1] * READERS


@asynccontextmanager
async def gone(url: str) -> AsyncIterator[None]:
    """Nobody can write on SQLite; nobody can even connect to PostgreSQL."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.rollback()
        return
    name = url.rpartition("/")[2].partition("?")[0]
    await command(url.replace(name, "postgres"), f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
    await command(url.replace(name, "postgres"), f"{ended}'{name}'")
    yield
    await command(url.replace(name, "postgres"), f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


async def command(url: str, statement: str) -> None:
    engine = open_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await close_engine(engine)


@pytest.mark.parametrize(("away", "made_up"), [(3, 1), (20, 0)])
async def test_an_occurrence_missed_while_down_is_made_up_or_reported_and_never_doubled(
    world: World, server: PlaygroundServer, either_url: str, away: int, made_up: int
) -> None:
    async with run_bot(world, server, world.clock, either_url, quiet_hours=None) as before:
        member = await a_member(before)
        [reader] = await readers(before, 1)
        await to_students(member)
        await member.taps("时间")
        await member.types("每天 21:30")
        await member.taps("确认发给")
        await worked(before)
    due = world.clock.now().replace(hour=13, minute=30)
    await world.clock.move_to(due + timedelta(hours=away))

    async with run_bot(world, server, world.clock, either_url, quiet_hours=None) as after:
        reader.stage = member.stage = after
        await worked(after)
        assert reader.heard.count(WORDS) == made_up
        told = any("没有发出" in each and "21:30" in each for each in member.heard)
        assert told is not bool(made_up)

        await later(after, timedelta(hours=25 - away))
        assert reader.heard.count(WORDS) == 1 + made_up
