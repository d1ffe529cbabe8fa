"""`kill -9` between any two steps of a ticket: every question reaches its answer, once."""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from branch.outbox.model import Fate
from branch.people.model import PersonId, Role, Sender, TelegramId
from branch.tickets.thread import Side
from playground.clock import MovableClock
from playground.model import MessageView
from playground.server import PlaygroundServer
from playground.world import World
from storage.engine import close_engine, open_engine
from storage.letter_tables import LETTERS
from storage.migrate import migrate
from storage.ticket_tables import TICKET_MESSAGES, TICKETS
from storage.work import Transactions
from tests.bot.program import Running, SmallBase
from tests.bot.waiting import until
from texts.language import Language

STUDENTS, KILLS = 12, 5
POSTED = re.compile(r"新的咨询 #(\d+)")


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


async def _known(world: World, kept: Transactions, name: str, role: Role | None = None) -> int:
    """Somebody who has joined before."""
    account, now = world.add_person(name), datetime.now(UTC)
    async with kept.begin() as work:
        sender = Sender(telegram_id=TelegramId(account.id), name=name)
        added = await work.people.add(sender, language=Language.ZH, now=now)
        assert added is not None
        if role:
            await work.roles.grant(added, role, by=None, now=now, until=None)
    return account.id


async def _desk(world: World, kept: Transactions) -> tuple[int, int]:
    """A member and the members' group, which is the desk."""
    member = await _known(world, kept, "张党员", Role.MEMBER)
    group = world.add_group("党员群", [member])
    async with kept.begin() as work:
        await work.chats.bind(
            group,
            title="党员群",
            language=Language.ZH,
            has_topics=False,
            by=PersonId(1),
            now=datetime.now(UTC),
        )
    return member, group


class Asker:
    """Does each thing once, and waits for what comes of it."""

    def __init__(self, world: World, number: int, person: int) -> None:
        self._world = world
        self.id = person
        self.question = f"第{number}个人的问题该怎么办"

    async def asks(self) -> None:
        self._world.say(self.id, self.id, "/ask")
        await self._hears("想问什么")
        self._world.say(self.id, self.id, self.question)
        await self._hears("要发给党员的")
        tapped = 0
        while not self._has_heard("收到，编号"):
            # where the question comes again below, they tap there too
            message, data = self._button("发给党员")
            if message > tapped:
                self._world.tap(self.id, self.id, message, data)
                tapped = message
            await asyncio.sleep(0.02)
        await self._hears(f"答：{self.question}")

    async def _hears(self, words: str) -> None:
        await _patiently(lambda: self._has_heard(words))

    def _has_heard(self, words: str) -> bool:
        return any(words in message.text for message in _said(self._world, self.id))

    def _button(self, label: str) -> tuple[int, str]:
        for message in reversed(_said(self._world, self.id)):
            for row in message.buttons:
                for text, data in row:
                    if text == label:
                        return message.id, data
        return 0, ""


async def _patiently(true: Callable[[], bool]) -> None:
    await until(true, seconds=3600, every=0.02)


def _said(world: World, chat: int) -> list[MessageView]:
    return [message for message in world.history(chat) if message.from_bot]


async def _answer_each(world: World, member: int, group: int) -> None:
    """Reply once to every new question in the group."""
    answered: set[str] = set()
    while len(answered) < STUDENTS:
        for message in _said(world, group):
            posted = POSTED.search(message.text)
            if posted and posted[1] not in answered:
                answered.add(posted[1])
                question = next(line for line in message.text.split("\n") if "个人的问题" in line)
                world.say(member, group, f"答：{question}", reply_to=message.id)
        await asyncio.sleep(0.02)


async def test_every_question_reaches_its_answer_whenever_the_program_is_killed(
    world: World,
    server: PlaygroundServer,
    tmp_path: Path,
    kept: Transactions,
    small_base: SmallBase,
) -> None:
    member, group = await _desk(world, kept)
    askers = [
        Asker(world, number, await _known(world, kept, f"学生{number}"))
        for number in range(STUDENTS)
    ]
    chance = random.Random(20261219)
    program = Running(
        tmp_path,
        TELEGRAM_TOKEN=world.token,
        TELEGRAM_API_URL=server.api_url,
        DATABASE_URL=f"sqlite:///{tmp_path / 'linghang.db'}",
        QUIET_HOURS="",
        **small_base,
    )

    async def strike() -> None:
        for starts in range(1, KILLS + 1):
            await until(partial(_polled, world, starts), seconds=30)
            await asyncio.sleep(chance.uniform(0.05, 0.5))
            await program.kill()
            await _leases_run_out(kept)
            await program.start()

    async def come(asker: Asker, after: float) -> None:
        await asyncio.sleep(after)
        await asker.asks()

    async with program:
        try:
            async with asyncio.timeout(60), asyncio.TaskGroup() as life:
                for number, asker in enumerate(askers):
                    life.create_task(come(asker, number * 0.4))
                life.create_task(_answer_each(world, member, group))
                life.create_task(strike())
        except TimeoutError:
            last = {each.question: _said(world, each.id)[-1].text[:60] for each in askers}
            there = [message.text[:60] for message in _said(world, group)]
            pytest.fail(f"not done: {last}; in the group: {there}; {program.err[-2000:]}")

    assert "Traceback" not in program.err
    async with kept.glance() as work:
        connection = work._connection
        assert await connection.scalar(select(func.count(TICKETS.c.id))) == STUDENTS
        lines = await connection.execute(
            select(TICKET_MESSAGES.c.side, func.count().label("number")).group_by(
                TICKET_MESSAGES.c.side
            )
        )
        counts = {row.side: row.number for row in lines}
    assert counts == {Side.ASKER: STUDENTS, Side.MEMBER: STUDENTS}
    for asker in askers:
        heard = {m.text for m in _said(world, asker.id) if "有回复了" in m.text}
        assert len(heard) == 1, "an answer may come twice, never two answers"


def _polled(world: World, starts: int) -> bool:
    """Whether the program has come up so often: it asks who it is at each start."""
    return world.calls["getMe"] >= starts


async def _leases_run_out(kept: Transactions) -> None:
    async with kept.begin() as work:
        await work._connection.execute(
            update(LETTERS)
            .where(LETTERS.c.claimed_at.is_not(None), LETTERS.c.fate == Fate.WAITING)
            .values(try_at=datetime.now(UTC))
        )
