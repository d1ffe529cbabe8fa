"""The migrations: every step up and down, to the shape of the tables, all or nothing."""

import asyncio
import re
import shutil
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

import storage.migrate
from storage.engine import close_engine, database_url, open_engine
from storage.migrate import MIGRATIONS, DatabaseTooNew, head, migrate, run_alembic
from storage.tables import METADATA, UPDATES
from tests.storage.newcomers import NOON

FILES = sorted((MIGRATIONS / "versions").glob("*.py"))
REVISIONS = [path.stem for path in FILES]
NAME = re.compile(r"20\d\d_[01]\d_[0-3]\d_\d\d_[a-z][a-z_0-9]*")
LONGEST_REVISION = 32  # the width of Alembic's own column
BROKEN = """
from alembic import op
revision = "2099_01_01_01_broken"
down_revision = "HEAD"
def upgrade():
    op.execute("CREATE TABLE half_done (id INTEGER)")
    op.execute("INSERT INTO no_such_table VALUES (1)")
"""


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'new' / 'linghang.db'}"


@pytest.fixture
async def empty_postgres(postgres_server: str) -> AsyncIterator[str]:
    name = f"empty_{uuid.uuid4().hex}"
    server = open_engine(postgres_server).execution_options(isolation_level="AUTOCOMMIT")
    async with server.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    url = database_url(postgres_server).set(drivername="postgresql", database=name)
    yield url.render_as_string(hide_password=False)
    async with server.connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await server.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"empty_{request.param}"))


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(empty_url)
    yield engine
    await close_engine(engine)


async def test_every_step_goes_up_and_down_and_up_again(empty: AsyncEngine) -> None:
    for before, revision in zip([None, *REVISIONS], REVISIONS, strict=False):
        await _alembic(empty, "upgrade", revision)
        there = await _shape(empty)

        await _alembic(empty, "downgrade", before or "base")
        await _alembic(empty, "upgrade", revision)

        assert await _shape(empty) == there
    assert await _differences(empty) == []


async def test_all_the_way_down_leaves_nothing(empty: AsyncEngine) -> None:
    await migrate(empty)
    await _alembic(empty, "downgrade", "base")

    assert set(await _shape(empty)) == {"alembic_version"}
    assert await _functions(empty) == []


async def test_migrated_database_has_exactly_our_tables(empty: AsyncEngine) -> None:
    await migrate(empty)

    assert await _differences(empty) == []
    assert await _revision(empty) == REVISIONS[-1]


def test_files_are_named_by_date_and_hold_the_revision_of_their_name() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    found = sorted(each.revision for each in script.walk_revisions())

    assert found == REVISIONS
    assert [name for name in REVISIONS if not NAME.fullmatch(name)] == []
    assert [name for name in REVISIONS if len(name) > LONGEST_REVISION] == []


def test_revisions_follow_each_other_in_the_order_of_their_names() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    chain = [each.revision for each in script.walk_revisions()]

    assert list(reversed(chain)) == REVISIONS
    assert script.get_heads() == [head()]


async def test_second_migration_finds_nothing_to_do_and_keeps_what_is_there(
    empty: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(empty)
    async with empty.begin() as connection:
        await connection.execute(
            insert(UPDATES).values(update_id=1, lane=2, payload="{}", received_at=NOON)
        )

    monkeypatch.setattr(storage.migrate, "run_alembic", None)
    await migrate(empty)

    async with empty.begin() as connection:
        assert (await connection.scalars(text("SELECT update_id FROM updates"))).all() == [1]


async def test_database_of_a_later_program_is_left_alone(empty: AsyncEngine) -> None:
    await migrate(empty)
    async with empty.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '2099_later'"))

    with pytest.raises(DatabaseTooNew, match="2099_later"):
        await migrate(empty)

    assert await _revision(empty) == "2099_later"


async def test_failing_migration_leaves_a_new_database_empty(
    empty: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.migrate, "MIGRATIONS", _with_a_broken_one(tmp_path))

    with pytest.raises(DBAPIError, match="no_such_table"):
        await migrate(empty)

    assert await _shape(empty) == {}


async def test_failing_migration_leaves_an_old_database_as_it_was(
    empty: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(empty)
    before = await _shape(empty)
    monkeypatch.setattr(storage.migrate, "MIGRATIONS", _with_a_broken_one(tmp_path))

    with pytest.raises(DBAPIError, match="no_such_table"):
        await migrate(empty)

    assert await _shape(empty) == before
    assert await _revision(empty) == REVISIONS[-1]


async def test_replicas_that_start_at_once_all_find_it_migrated(empty_url: str) -> None:
    engines = [open_engine(empty_url) for _ in range(4)]
    try:
        async with asyncio.timeout(20):
            outcomes = await asyncio.gather(*map(migrate, engines), return_exceptions=True)
        assert outcomes == [None] * 4
        assert await _revision(engines[0]) == REVISIONS[-1]
    finally:
        for engine in engines:
            await close_engine(engine)


def _with_a_broken_one(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "2099_01_01_01_broken.py").write_text(
        BROKEN.replace("HEAD", REVISIONS[-1])
    )
    return folder


async def _alembic(engine: AsyncEngine, command: str, revision: str) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(run_alembic, command, revision)


async def _differences(engine: AsyncEngine) -> list[Any]:
    def compare(connection: Any) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, METADATA))

    async with engine.begin() as connection:
        return await connection.run_sync(compare)


async def _shape(engine: AsyncEngine) -> dict[str, Any]:
    """Every table with all that can be seen of it."""

    def read(connection: Any) -> dict[str, Any]:
        seen = inspect(connection)
        return {
            name: (
                [(each["name"], str(each["type"]), each["nullable"]) for each in columns],
                sorted(str(each) for each in seen.get_foreign_keys(name)),
                sorted(_index(each) for each in seen.get_indexes(name)),
                sorted(str(each) for each in seen.get_unique_constraints(name)),
            )
            for name in seen.get_table_names()
            for columns in [seen.get_columns(name)]
        }

    async with engine.begin() as connection:
        return await connection.run_sync(read)


def _index(seen: Any) -> str:
    options = {name: str(value) for name, value in seen.get("dialect_options", {}).items()}
    return str({**seen, "dialect_options": options})


async def _functions(engine: AsyncEngine) -> list[Any]:
    """What a migration may have left beside tables: triggers, and PostgreSQL's functions."""
    query = (
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        if engine.dialect.name == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    async with engine.begin() as connection:
        return list(await connection.scalars(text(query)))


async def _revision(engine: AsyncEngine) -> str:
    async with engine.begin() as connection:
        return str(await connection.scalar(text("SELECT version_num FROM alembic_version")))
