"""Brings the database to the present shape; at every start, and at once if nothing is to do."""

from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import close_engine, open_engine
from storage.errors import FAULTS, unavailable

MIGRATIONS = Path(__file__).parent / "migrations"
TRIES = 6
"""Another replica may be at it: on SQLite each try waits for the busy time-out."""
_ONE_AT_A_TIME = 7_103_946_281  # any number, as long as nobody else locks it


class DatabaseTooNew(Exception):
    """The database was made by a later version of the program than this one."""


def head() -> str:
    """The newest revision: files are named by date, so the last name is the newest."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("*.py"))


async def migrate(engine: AsyncEngine) -> None:
    """Run what is missing, all or nothing. Raises DatabaseTooNew, StorageUnavailable."""
    for tries_left in reversed(range(TRIES)):
        try:
            async with engine.begin() as connection:
                return await connection.run_sync(_to_head)
        except FAULTS as error:
            meaning = unavailable(error)
            if meaning is None:
                raise
            if meaning.reason != "locked" or not tries_left:
                raise meaning from error
    return None


async def migrate_at(address: str) -> None:
    """The same for a database that is not open here. Raises DatabaseUrlUnknown as well."""
    engine = open_engine(address)
    try:
        await migrate(engine)
    finally:
        await close_engine(engine)


def _to_head(connection: Any) -> None:
    if _revision(connection) == head():
        # a start should not succeed on what can only be read, or has no room left
        connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
        return
    if connection.dialect.name == "postgresql":
        # two replicas may start at once: the second waits here, and finds it done
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_AT_A_TIME})
    present = _revision(connection)
    if present == head():
        return
    known = {path.stem for path in (MIGRATIONS / "versions").glob("*.py")}
    if present is not None and present not in known:
        raise DatabaseTooNew(present)
    run_alembic(connection, "upgrade", "head")


def _revision(connection: Any) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar()
    return revision


def run_alembic(connection: Any, command: str, revision: str) -> None:
    """`upgrade` or `downgrade` to the revision, within the connection's transaction."""
    # only here: most starts have nothing to migrate and need not load it
    import alembic.command  # noqa: PLC0415 -- loaded only when there is something to do
    from alembic.config import Config  # noqa: PLC0415 -- loaded only when there is something to do

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    # alembic_version must hold our long, speaking names
    config.attributes["connection"] = connection
    getattr(alembic.command, command)(config, revision)
