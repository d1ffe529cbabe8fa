"""Opening the database: which addresses are understood, and how SQLite is set up."""

import asyncio

import pytest
from sqlalchemy import text

from storage.engine import (
    BUSY_TIMEOUT_MS,
    DatabaseUrlUnknown,
    close_engine,
    database_url,
    open_engine,
)
from storage.work import Transactions
from tests.storage.newcomers import newcomer


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:///data/linghang.db", "sqlite+aiosqlite"),
        ("sqlite://", "sqlite+aiosqlite"),
        ("postgresql://me:secret@db/linghang", "postgresql+asyncpg"),
        ("postgres://db/linghang", "postgresql+asyncpg"),
        ("postgresql+psycopg2://db/linghang", "postgresql+asyncpg"),
    ],
)
def test_address_gets_the_driver_we_use(given: str, driver: str) -> None:
    assert database_url(given).drivername == driver


@pytest.mark.parametrize("given", ["", "linghang.db", "mysql://db/linghang", "sqlite:/x", "://"])
def test_other_addresses_are_unknown(given: str) -> None:
    with pytest.raises(DatabaseUrlUnknown):
        database_url(given)


async def test_sqlite_keeps_its_promises(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    async with engine.connect() as connection:
        told = {
            name: await connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    await close_engine(engine)

    assert told == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": BUSY_TIMEOUT_MS,
        "synchronous": 2,
    }


async def test_many_at_once_are_all_written(either_url: str) -> None:
    engine = open_engine(either_url)
    transactions = Transactions(engine)
    async with asyncio.timeout(10):
        people = await asyncio.gather(*(newcomer(transactions, number) for number in range(1, 41)))
    await close_engine(engine)

    assert len({person.id for person in people}) == 40
