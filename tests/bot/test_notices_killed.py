"""`kill -9` at random moments of a large notice: everybody has it, and the report is true."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate
from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World
from storage.engine import close_engine, open_engine
from storage.letter_tables import LETTERS
from storage.tables import PEOPLE
from storage.work import Transactions
from tests.bot.program import Running, SmallBase
from tests.bot.waiting import until
from tests.handlers.conftest import a_member
from tests.noticing import WORDS, readers, report, to_students, worked
from tests.stage import THOROUGH, Person, run_bot

log = logging.getLogger(__name__)

READERS, KILLS = (5_000, 50) if THOROUGH else (600, 4)
LONG = 600 if THOROUGH else 60


@pytest.fixture
def world() -> World:
    """In the present: the program has a clock of its own."""
    return World(MovableClock())


@pytest.fixture
async def kept(either_url: str) -> AsyncIterator[Transactions]:
    """The program's database, open here too."""
    engine = open_engine(either_url)
    transactions = Transactions(engine)
    yield transactions
    await transactions.close()
    await close_engine(engine)


async def confirmed(world: World, server: PlaygroundServer, url: str) -> tuple[Person, list[int]]:
    """A notice to everybody, of which nothing has been written yet."""
    async with run_bot(
        world, server, world.clock, url, quiet_hours=None, approve_above=2 * READERS
    ) as stage:
        member = await a_member(stage)
        people = [person.id for person in await readers(stage, READERS)]
        stage.parts.services.notices.watch.stop()
        await to_students(member)
        await member.taps("确认发给")
        return member, people


async def leases_run_out(kept: Transactions) -> None:
    async with kept.begin() as work:
        await work._connection.execute(
            update(LETTERS)
            .where(LETTERS.c.claimed_at.is_not(None), LETTERS.c.fate == Fate.WAITING)
            .values(try_at=datetime.now(UTC))
        )


async def fates(kept: Transactions) -> dict[int, Fate]:
    """By the Telegram id of the reader."""
    async with kept.glance() as work:
        rows = await work._connection.execute(
            select(PEOPLE.c.telegram_id, LETTERS.c.fate)
            .join(PEOPLE, PEOPLE.c.id == LETTERS.c.person_id)
            .where(LETTERS.c.kind == LetterKind.NOTICE)
        )
        return {person: Fate(fate) for person, fate in rows}


def copies(world: World, people: Sequence[int]) -> Counter[int]:
    return Counter(
        {person: sum(m.text == WORDS for m in world.history(person)) for person in people}
    )


async def test_killed_at_random_moments_everybody_has_it_and_the_report_is_the_servers(
    world: World,
    server: PlaygroundServer,
    tmp_path: Path,
    kept: Transactions,
    either_url: str,
    small_base: SmallBase,
) -> None:
    """One program on SQLite; on PostgreSQL two, killed together."""
    member, people = await confirmed(world, server, either_url)
    programs = []
    for name in ("one", "two") if either_url.startswith("postgres") else ("one",):
        folder = tmp_path / name
        folder.mkdir()
        programs.append(
            Running(
                folder,
                TELEGRAM_TOKEN=world.token,
                TELEGRAM_API_URL=server.api_url,
                DATABASE_URL=either_url,
                BULK_RATE="100" if either_url.startswith("postgres") else "200",
                QUIET_HOURS="",
                **small_base,
            )
        )
    await killed_to_the_end(world, kept, programs)

    found, got = await report(kept, now=datetime.now(UTC)), copies(world, people)
    assert found.delivered + found.unknown == READERS
    assert max(got.values()) == 1
    known = await fates(kept)
    assert all(got[person] == 1 for person in people if known[person] is Fate.DELIVERED)
    unknown = [person for person in people if known[person] is Fate.UNKNOWN]
    assert len(unknown) == found.unknown

    await settled_as_resend(world, server, either_url, member)

    after, again = await report(kept, now=datetime.now(UTC)), copies(world, people)
    assert after.fates == {Fate.DELIVERED: READERS}
    assert min(again.values()) == 1
    twice = {person for person in people if again[person] > 1}
    assert twice <= set(unknown)
    log.info("%s kills, %s people: %s unknown, %s twice", KILLS, READERS, len(unknown), len(twice))
    assert all("Traceback" not in program.err for program in programs)


async def killed_to_the_end(world: World, kept: Transactions, programs: Sequence[Running]) -> None:
    chance = random.Random(20261219)
    calls = world.calls
    async with asyncio.timeout(LONG):
        for _ in range(KILLS):
            before = calls["sendMessage"]
            await asyncio.gather(*(program.start() for program in programs))
            if chance.random() < 0.3:
                await asyncio.sleep(chance.uniform(0, 2))  # perhaps while it starts, or writes
            else:
                most = chance.randint(1, READERS // KILLS)
                await until(lambda: calls["sendMessage"] >= before + most, seconds=30)  # noqa: B023 -- awaited in this turn
            await asyncio.gather(*(program.kill() for program in programs))
            await leases_run_out(kept)
        assert (await report(kept, now=datetime.now(UTC))).waiting, "all was over before the end"
        await asyncio.gather(*(program.start() for program in programs))
        while (await report(kept, now=datetime.now(UTC))).waiting:  # noqa: ASYNC110 -- what is waited for is in the database
            await asyncio.sleep(0.1)
        await asyncio.gather(*(program.stop() for program in programs))


async def settled_as_resend(
    world: World, server: PlaygroundServer, url: str, member: Person
) -> None:
    """By its author, on the card."""
    async with run_bot(world, server, world.clock, url, quiet_hours=None, bulk_rate=1000) as stage:
        member.stage = stage
        await stage.settle()
        await member.taps("刷新")
        if any("补发" in label for label in labels(member)):
            await member.taps("不确定的补发")
        await worked(stage)


def labels(member: Person) -> list[str]:
    history = member.stage.world.history(member.id)
    return [text for m in history for row in m.buttons or () for text, _ in row]
