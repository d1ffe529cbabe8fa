"""The real bot as a process of its own: on our transport, or on the library's stock one."""

import asyncio
import contextlib
import gc
import os
import signal
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from telegram.request import HTTPXRequest

from bot.assembly import assemble
from bot.commands import now, run_program
from bot.content import content_of
from bot.log import set_up_log
from bot.runtime import Runtime, Stopped
from bot.settings import read_settings
from playground.server import PlaygroundServer
from playground.world import World
from storage.engine import open_engine

CONNECTIONS = 64
PROGRAMS = {"ours": ("bot", "run"), "stock": ("benchmarks.bot_process",)}


@asynccontextmanager
async def bot_process(
    world: World, server: PlaygroundServer, *, transport: str = "ours", database: str | None = None
) -> AsyncIterator[Process]:
    """Start it, wait for its first poll, stop it at the end."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "LINGHANG_TELEGRAM_TOKEN": world.token,
            "LINGHANG_TELEGRAM_API_URL": server.api_url,
            "LINGHANG_DATABASE_URL": database or f"sqlite:///{Path(folder) / 'bench.db'}",
            "LINGHANG_ADMIN_IDS": "1",
        }
        # something to fetch, so that the first poll is answered, and counted, at once
        stranger = world.add_person("路人").id
        world.say(stranger, stranger, "/help")
        polls = world.calls["getUpdates"]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *PROGRAMS[transport], env=environment
        )
        try:
            await until(lambda: world.calls["getUpdates"] > polls)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), 20)


async def until(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for something in this process's world; TimeoutError if it does not come."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(0.001)


def memory_of(process: Process) -> float:
    """What the process holds in memory now, in MiB."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """The same bot on the stock transport; all else is as in `python -m bot run`."""
    gc.disable()
    set_up_log()
    settings = read_settings()
    assert settings.telegram_token is not None
    parts = assemble(
        settings,
        token=settings.telegram_token,
        engine=open_engine(settings.database_url),
        content=content_of(settings),
        now=now,
        transport=lambda: HTTPXRequest(connection_pool_size=CONNECTIONS),
    )
    with contextlib.suppress(Stopped):
        run_program(Runtime(parts, settings, say_claim=lambda _link: None).run())


if __name__ == "__main__":
    main()
