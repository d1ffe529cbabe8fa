"""A stage for tests: the real bot, a real database and a faithful server; people speak on it."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.assembly import Parts, assemble
from bot.content import Content, read_content
from bot.learning import Learning
from bot.runtime import Runtime
from bot.settings import Settings
from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World
from storage.engine import open_engine

ROOT = Path(__file__).parent.parent
SHANGHAI = ZoneInfo("Asia/Shanghai")
CACHE = ROOT / "data" / "cache"
THOROUGH = bool(os.environ.get("LINGHANG_THOROUGH"))
"""Whether faults are tried as often as one would wish, not as often as one has time for."""
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""Four weeks before the preliminary exam of the 2027 intake, eight in the evening."""


@dataclass
class Person:
    """Somebody with a phone. What they do returns when the bot has done its part."""

    stage: "Stage"
    id: int
    chat_id: int = field(default=0)

    def __post_init__(self) -> None:
        self.chat_id = self.chat_id or self.id

    async def types(self, text: str, **more: Any) -> None:
        self.stage.world.say(self.id, self.chat_id, text, **more)
        await self.stage.settle()

    async def taps(self, label: str) -> None:
        """Tap the newest button with this label (or one that contains it)."""
        message, data = self.button(label)
        await self.taps_data(message, data)

    async def taps_data(self, message_id: int, data: str, *, force: bool = False) -> None:
        self.stage.world.tap(self.id, self.chat_id, message_id, data, force=force)
        await self.stage.settle()

    def button(self, label: str) -> tuple[int, str]:
        """The message and the data of the newest button with this label."""
        for message in reversed(self.stage.world.history(self.chat_id)):
            for row in message.buttons or ():
                for text, data in row:
                    if label in text:
                        return message.id, data
        seen = [
            text
            for m in self.stage.world.history(self.chat_id)
            for r in m.buttons or ()
            for text, _ in r
        ]
        raise AssertionError(f"no button {label!r} among {seen}; last heard: {self.hears!r}")

    @property
    def buttons(self) -> list[str]:
        """The labels under the bot's last message."""
        return [text for row in self.last.buttons or () for text, _ in row]

    @property
    def last(self) -> Any:
        return next(m for m in reversed(self.stage.world.history(self.chat_id)) if m.from_bot)

    @property
    def hears(self) -> str:
        """The bot's last message, as plain text."""
        return str(self.last.text or "")

    @property
    def heard(self) -> list[str]:
        """All that the bot has said, in order, as it reads now."""
        return [m.text or "" for m in self.stage.world.history(self.chat_id) if m.from_bot]

    @property
    def toast(self) -> str:
        """The last passing line that answered a tap."""
        return self.stage.world.toasts(self.id)[-1].text

    async def joins(
        self, *, cohort: str = "2027", language: str = "中文", payload: str = ""
    ) -> None:
        """The first minute, all of it."""
        await self.types(f"/start {payload}".strip())
        await self.taps("同意" if language == "中文" else "gree")
        await self.taps(cohort)
        await self.taps(language)


@dataclass
class Stage:
    world: World
    server: PlaygroundServer
    settings: Settings
    parts: Parts
    runtime: Runtime
    clock: MovableClock
    claims: list[str]

    def person(self, name: str = "林小雨", **more: Any) -> Person:
        return Person(self, self.world.add_person(name, **more).id)

    def group(self, title: str, *people: Person) -> list[Person]:
        """The same people, speaking in a group."""
        chat = self.world.add_group(title, [person.id for person in people])
        return [Person(self, person.id, chat) for person in people]

    async def admin(self, name: str = "陈老师") -> Person:
        """Somebody who has joined and claimed the bot."""
        person = self.person(name)
        payload = self.claims[-1].rpartition("=")[2]
        await person.joins(payload=payload)
        return person

    async def settle(self, seconds: float = 10.0) -> None:
        """Wait until the bot has taken every update and done all it will do about it."""
        end = time.monotonic() + seconds
        while True:
            await self.parts.lanes.idle()
            await self.parts.delivery.idle()
            if self.world.pending_updates() == 0 and self.parts.lanes.count == 0:
                return
            assert time.monotonic() < end, "the bot does not come to rest"
            await asyncio.sleep(0.002)


_content: dict[Path, Content] = {}


def content_of(folder: Path = ROOT / "content") -> Content:
    """The content, read and learnt once a process; each who asks may change what they get."""
    if folder not in _content:
        content = _content[folder] = read_content(folder, SHANGHAI)
        learnt = Settings(content_dir=folder, cache_dir=CACHE)
        Learning(content.library, learnt).run()
    known = _content[folder]
    return replace(known, library=copy(known.library), calendar=copy(known.calendar))


@asynccontextmanager
async def performance(
    database_url: str,
    *,
    world: World | None = None,
    clock: MovableClock | None = None,
    change: Callable[[Parts], None] = lambda _parts: None,
    content: Content | None = None,
    **settings: Any,
) -> AsyncIterator[Stage]:
    """Raise the curtain: a server, a database, the bot, polling. Ends all of it in order."""
    clock = clock or MovableClock(NOW)
    world = world or World(clock)
    async with (
        PlaygroundServer(world) as server,
        run_bot(
            world, server, clock, database_url, change=change, content=content, **settings
        ) as stage,
    ):
        yield stage


@asynccontextmanager
async def run_bot(
    world: World,
    server: PlaygroundServer,
    clock: MovableClock,
    database_url: str,
    *,
    change: Callable[[Parts], None] = lambda _parts: None,
    content: Content | None = None,
    **settings: Any,
) -> AsyncIterator[Stage]:
    """The bot on a server that is there already: what a restart needs."""
    configured = Settings(
        telegram_api_url=server.api_url,
        database_url=database_url,
        content_dir=ROOT / "content",
        cache_dir=CACHE,
        **settings,
    )
    parts = assemble(
        configured,
        token=world.token,
        engine=open_engine(database_url),
        content=content or content_of(),
        now=clock.now,
    )
    change(parts)
    claims: list[str] = []
    runtime = Runtime(parts, configured, say_claim=claims.append)
    try:
        await runtime.start()
        yield Stage(
            world=world,
            server=server,
            settings=configured,
            parts=parts,
            runtime=runtime,
            clock=clock,
            claims=claims,
        )
    finally:
        await runtime.close()
