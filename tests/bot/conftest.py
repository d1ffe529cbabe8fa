"""What tests of the running program share: a server, short pauses, a clean environment."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import pauses
from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World
from storage import engine
from tests.bot.program import SmallBase
from tests.stage import NOW, ROOT


@pytest.fixture
def world() -> World:
    return World(MovableClock(NOW))


@pytest.fixture
async def server(world: World) -> AsyncIterator[PlaygroundServer]:
    async with PlaygroundServer(world) as listening:
        yield listening


@pytest.fixture
def small_base(small_folder: Path) -> SmallBase:
    return {"CONTENT_DIR": str(small_folder), "EMBEDDING": "false"}


@pytest.fixture
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses between attempts begin at a fiftieth of a second."""
    monkeypatch.setattr(pauses, "FIRST", 0.02)


@pytest.fixture
def impatient_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite says at once that it is locked."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 20)


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder to run in, and no settings but the content."""
    for name in [name for name in os.environ if name.upper().startswith("LINGHANG_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LINGHANG_CONTENT_DIR", str(ROOT / "content"))
    return tmp_path
