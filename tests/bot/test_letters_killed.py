"""`kill -9` in the midst of letters, and a database that goes away: nobody is missed."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select, update

from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate, Letter
from branch.people.model import Sender, TelegramId
from playground.clock import MovableClock
from playground.faults import Delay, Fault
from playground.server import PlaygroundServer
from playground.world import World
from storage.engine import close_engine, open_engine
from storage.letter_tables import LETTERS
from storage.migrate import migrate
from storage.work import Transactions
from tests.bot.program import Running, SmallBase
from tests.bot.waiting import until
from tests.stage import run_bot
from texts.language import Language

PEOPLE, KILLS = 200, 5
ABOUT = "test"
KINDS = (LetterKind.TICKET_ANSWER, LetterKind.REPORT)


@pytest.fixture
def world() -> World:
    """In the present: the program has a clock of its own."""
    return World(MovableClock())


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Transactions]:
    """The program's database, open here too."""
    engine = open_engine(f"sqlite:///{tmp_path / 'linghang.db'}")
    await migrate(engine)
    transactions = Transactions(engine)
    yield transactions
    await transactions.close()
    await close_engine(engine)


async def _write_to_everybody(world: World, kept: Transactions, number: int) -> list[int]:
    now = datetime.now(UTC)
    people = [world.add_person(f"学生{each}").id for each in range(number)]
    async with kept.begin() as work:
        for person in people:
            world.people[person] = replace(world.people[person], has_started=True)
            sender = Sender(telegram_id=TelegramId(person), name="学生")
            added = await work.people.add(sender, language=Language.ZH, now=now)
            assert added is not None
            await work.outbox.put(
                Letter(
                    key=f"{kind}:{person}",
                    to=added,
                    kind=kind,
                    body=str(kind),
                    about=ABOUT,
                    due_at=now,
                    useful_until=now + timedelta(days=1),
                )
                for kind in KINDS
            )
    return people


async def _leases_run_out(kept: Transactions) -> None:
    async with kept.begin() as work:
        await work._connection.execute(
            update(LETTERS)
            .where(LETTERS.c.claimed_at.is_not(None), LETTERS.c.fate == Fate.WAITING)
            .values(try_at=datetime.now(UTC))
        )


async def _waiting(kept: Transactions) -> int:
    async with kept.glance() as work:
        count = select(func.count()).where(LETTERS.c.fate == Fate.WAITING)
        return int((await work._connection.execute(count)).scalar_one())


async def test_killed_at_random_moments_everybody_is_told_and_the_record_is_true(
    world: World,
    server: PlaygroundServer,
    tmp_path: Path,
    kept: Transactions,
    small_base: SmallBase,
) -> None:
    people = await _write_to_everybody(world, kept, PEOPLE)
    chance = random.Random(20261219)
    program = Running(
        tmp_path,
        TELEGRAM_TOKEN=world.token,
        TELEGRAM_API_URL=server.api_url,
        DATABASE_URL=f"sqlite:///{tmp_path / 'linghang.db'}",
        BULK_RATE="200",
        QUIET_HOURS="",
        **small_base,
    )
    async with asyncio.timeout(60), program:
        for kill in range(KILLS):
            sent = world.calls["sendMessage"]
            most = chance.randint(1, 60)
            await until(lambda: world.calls["sendMessage"] >= sent + most, seconds=20)  # noqa: B023 -- awaited in this turn
            await program.kill()
            assert await _waiting(kept) > 0, f"all was over at kill {kill}"
            await _leases_run_out(kept)
            await program.start()
        while await _waiting(kept):  # noqa: ASYNC110 -- what is waited for is in the database
            await asyncio.sleep(0.05)
        await program.stop()

    async with kept.glance() as work:
        answers = [f for _, f in await work.outbox.fates(kind=KINDS[0], about=ABOUT)]
        reports = [f for _, f in await work.outbox.fates(kind=KINDS[1], about=ABOUT)]
    assert answers == [Fate.DELIVERED] * PEOPLE
    heard = [Counter(m.text for m in world.history(person)) for person in people]
    # what is known not to have been told is told again: each kill may make it twice for all
    assert min(each[KINDS[0]] for each in heard) >= 1
    # a report is sent once; of those that nobody knows, some have arrived and some have not
    got = [each[KINDS[1]] for each in heard]
    assert max(got) == 1
    assert [fate for fate, copies in zip(reports, got, strict=True) if not copies] == [
        Fate.UNKNOWN
    ] * got.count(0)
    assert {*reports} <= {Fate.DELIVERED, Fate.UNKNOWN}
    assert "Traceback" not in program.err


async def test_database_gone_in_the_midst_is_waited_for_and_nobody_hears_twice(
    world: World, server: PlaygroundServer, tmp_path: Path, kept: Transactions
) -> None:
    people = await _write_to_everybody(world, kept, 20)
    database = tmp_path / "linghang.db"
    world.faults.add(Fault(kind=Delay(seconds=0.5), method="sendMessage", times=40))
    async with run_bot(world, server, world.clock, f"sqlite:///{database}", quiet_hours=None):
        await until(lambda: world.calls["sendMessage"] > 0)
        async with kept.begin() as work:
            # the writer's place is taken for longer than anybody is willing to wait
            await work._connection.execute(update(LETTERS).values(reason="held"))
            await asyncio.sleep(6)
            assert world.calls["sendMessage"] > 0
        async with asyncio.timeout(20):
            while await _waiting(kept):  # noqa: ASYNC110 -- what is waited for is in the database
                await asyncio.sleep(0.05)

    heard = [Counter(m.text for m in world.history(person)) for person in people]
    assert [(each[KINDS[0]], each[KINDS[1]]) for each in heard] == [(1, 1)] * 20
