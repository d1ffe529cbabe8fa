"""Opens the database: SQLite (WAL, foreign keys on, a busy time-out) or PostgreSQL."""

import asyncio
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any
from weakref import WeakKeyDictionary

import aiosqlite
from sqlalchemy import URL, Engine, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from storage.errors import unavailable

BUSY_TIMEOUT_MS = 5_000
THREAD_ENDS_WITHIN = 1.0
_threads: WeakKeyDictionary[Engine, list[Thread]] = WeakKeyDictionary()
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


class DatabaseUrlUnknown(ValueError):
    """Neither SQLite nor PostgreSQL."""


def database_url(text: str) -> URL:
    """The address with the driver we use; raises DatabaseUrlUnknown."""
    try:
        url = make_url(text)
        return url.set(drivername=_DRIVERS[url.get_backend_name()])
    except Exception as error:
        raise DatabaseUrlUnknown(text) from error


def is_new(text: str) -> bool:
    """Whether it is a file of SQLite that is not there yet. Raises DatabaseUrlUnknown."""
    url = database_url(text)
    if url.get_backend_name() != "sqlite" or _in_memory(url):
        return False
    return not Path(str(url.database)).exists()


def open_engine(text: str) -> AsyncEngine:
    """An engine for the address; connects on first use. SQLite's folder is made if missing.

    Raises DatabaseUrlUnknown, and StorageUnavailable where that folder cannot be made.
    """
    url = database_url(text)
    if url.get_backend_name() == "postgresql":
        return create_async_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)
    in_memory = _in_memory(url)
    if not in_memory:
        _make_folder(str(url.database))
    pool: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {"pool_size": 5}
    engine = create_async_engine(url, **pool)
    event.listen(engine.sync_engine, "do_connect", partial(_note_threads, engine.sync_engine))
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def glance_engine(engine: AsyncEngine) -> AsyncEngine | None:
    """Connections to the same database for single reading statements, without transactions.

    A statement sees one moment by itself; beginning and ending a transaction around it costs more
    than the statement. None for a database in memory, which only its own connection sees.
    """
    url = engine.url
    options: dict[str, Any] = {
        "isolation_level": "AUTOCOMMIT",
        "pool_reset_on_return": None,
        "skip_autocommit_rollback": True,
    }
    if url.get_backend_name() == "postgresql":
        return create_async_engine(url, pool_size=5, **options)
    if _in_memory(url):
        return None
    glances = create_async_engine(url, pool_size=2, **options)
    event.listen(glances.sync_engine, "do_connect", partial(_note_threads, glances.sync_engine))
    event.listen(glances.sync_engine, "connect", _prepare_glances)
    return glances


async def close_engine(engine: AsyncEngine) -> None:
    """Close every connection and wait until none can speak to this event loop any more.

    SQLite's driver runs each connection in a thread. One that was cut off in the midst (a task
    cancelled, a set-up that failed) is ended by the pool without waiting for its thread.
    """
    await engine.dispose()
    for thread in _threads.pop(engine.sync_engine, []):
        if thread.is_alive():
            await asyncio.to_thread(thread.join, THREAD_ENDS_WITHIN)


def _note_threads(
    engine: Engine, _dialect: Any, _record: Any, _args: Any, options: dict[str, Any]
) -> None:
    """Have connections made here, where their threads are known even if they fail to open."""

    def connection(*args: Any, **options: Any) -> aiosqlite.Connection:
        made = aiosqlite.connect(*args, **options)
        thread = made._thread  # noqa: SLF001 -- the driver has no other name for it
        thread.daemon = True
        threads = _threads.setdefault(engine, [])
        threads[:] = [*(each for each in threads if each.is_alive()), thread]
        return made

    options["async_creator_fn"] = connection


def _in_memory(url: URL) -> bool:
    return url.database in (None, "", ":memory:")


def _make_folder(database: str) -> None:
    if database.startswith("file:"):
        return  # an SQLite URI names a file that is there, and how to open it
    try:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unavailable(error) or error from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # the driver would begin transactions late and at its own choice; ours begin when we say so
    connection.isolation_level = None
    try:
        _set_up_sqlite(connection.cursor())
    except BaseException:
        # nobody else knows this connection yet, and it has a thread of its own
        connection.close()
        raise


def _set_up_sqlite(cursor: Any) -> None:
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # with WAL, a power cut may undo the last commits but never damages the file; losing a
    # committed update would break our promise to Telegram's offset, so every commit is synced
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _prepare_glances(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA query_only = ON")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # a transaction that will write takes its place at once: one that starts by reading and then
    # writes can be refused half-way, whatever the busy time-out
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
