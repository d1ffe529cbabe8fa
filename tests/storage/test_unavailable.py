"""A database that cannot be had now: always StorageUnavailable, with the right reason."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

import storage.engine
from storage.engine import close_engine, database_url, open_engine
from storage.errors import StorageUnavailable, unavailable
from storage.migrate import migrate
from storage.work import Transactions
from tests.storage.newcomers import newcomer

DEAD_SERVER = "postgresql://nobody:secret@127.0.0.1:1/linghang"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage.engine, "BUSY_TIMEOUT_MS", 20)


@contextmanager
def held_exclusively(url: str) -> Iterator[None]:
    """Another program has the whole file for itself."""
    path = str(database_url(url).database)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


async def reason(engine: AsyncEngine, telegram_id: int = 1) -> str | None:
    try:
        await newcomer(Transactions(engine), telegram_id)
    except StorageUnavailable as error:
        return error.reason
    finally:
        await close_engine(engine)
    return None


async def test_locked_sqlite_is_locked_and_later_goes_through(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with held_exclusively(sqlite_url):
        assert await reason(engine) == "locked"
        with pytest.raises(StorageUnavailable, match="locked"):
            await migrate(engine)

    assert await reason(engine) is None


async def test_reading_goes_on_while_another_program_writes(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    person = await newcomer(Transactions(engine))
    with held_exclusively(sqlite_url):
        async with Transactions(engine).look() as work:
            assert await work.people.by_id(person.id, now=person.consented_at) == person
    await close_engine(engine)


async def test_sqlite_that_can_only_be_read_is_read_only(sqlite_url: str) -> None:
    path = database_url(sqlite_url).database
    engine = open_engine(f"sqlite:///file:{path}?mode=ro&uri=true")

    assert await reason(engine) == "read_only"
    with pytest.raises(StorageUnavailable, match="read_only"):
        await migrate(engine)
    await close_engine(engine)


def test_uri_of_a_file_makes_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_engine("sqlite:///file:/nowhere/linghang.db?mode=ro&uri=true")

    assert list(tmp_path.iterdir()) == []


async def test_full_disk_is_full(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)

    @event.listens_for(engine.sync_engine, "connect")
    def no_page_more(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite takes it as "no more than now"

    with pytest.raises(StorageUnavailable, match="full"):
        await newcomer(Transactions(engine), 1, "长" * 100_000)
    await close_engine(engine)


async def test_folder_in_place_of_the_file_is_unreachable(tmp_path: Path) -> None:
    assert await reason(open_engine(f"sqlite:///{tmp_path}")) == "unreachable"


async def test_file_that_is_no_database_is_unreachable(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir or Madam, " * 100)
    engine = open_engine(f"sqlite:///{path}")

    with pytest.raises(StorageUnavailable, match="unreachable"):
        await migrate(engine)
    await close_engine(engine)


def test_folder_that_cannot_be_made_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageUnavailable, match="unreachable"):
        open_engine(f"sqlite:///{tmp_path}/file/linghang.db")


async def test_dead_postgresql_is_unreachable() -> None:
    engine = open_engine(DEAD_SERVER)

    assert await reason(engine) == "unreachable"
    with pytest.raises(StorageUnavailable, match="unreachable"):
        await migrate(engine)
    await close_engine(engine)


@pytest.mark.postgres
@pytest.mark.parametrize("wrong", [{"database": "no_such_db"}, {"username": "no_such_user"}])
async def test_postgresql_that_does_not_let_us_in_is_unreachable(
    postgres_url: str, wrong: dict[str, str]
) -> None:
    url = database_url(postgres_url).set(drivername="postgresql")
    other = url.set(**wrong)  # type: ignore[arg-type]  # mypy takes the values for any argument's

    assert await reason(open_engine(other.render_as_string(hide_password=False))) == "unreachable"


@pytest.mark.postgres
async def test_connection_cut_in_mid_transaction_is_unreachable(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    transactions = Transactions(engine)
    with pytest.raises(StorageUnavailable, match="unreachable"):  # noqa: PT012 -- the fault may come at the end
        async with transactions.begin() as work:
            pid = await work._connection.scalar(text("SELECT pg_backend_pid()"))
            async with transactions.begin() as killer:
                await killer._connection.execute(text(f"SELECT pg_terminate_backend({pid})"))
            await work.roles.lock()

    assert await reason(engine) is None


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("SET TRANSACTION READ ONLY", "read_only"),
        ("SET LOCAL statement_timeout = '1ms'; SELECT pg_sleep(1)", "locked"),
    ],
)
async def test_postgresql_that_refuses_for_now_says_why(
    postgres_url: str, first: str, expected: str
) -> None:
    engine = open_engine(postgres_url)
    with pytest.raises(StorageUnavailable, match=expected):  # noqa: PT012 -- the fault may come at the end
        async with Transactions(engine).begin() as work:
            for statement in first.split("; "):
                await work._connection.execute(text(statement))
            await work._connection.execute(text("DELETE FROM people"))
    await close_engine(engine)


@pytest.mark.postgres
async def test_row_locked_for_too_long_is_locked(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    transactions = Transactions(engine)
    person = await newcomer(transactions)
    async with transactions.begin() as holder:
        await holder.people.change(person.id, cohort=2027)
        with pytest.raises(StorageUnavailable, match="locked"):  # noqa: PT012 -- the fault may come at the end
            async with transactions.begin() as work:
                await work._connection.execute(text("SET LOCAL lock_timeout = '20ms'"))
                await work.people.change(person.id, cohort=2028)
    await close_engine(engine)


async def test_what_a_person_typed_is_no_sign_of_the_database(either_url: str) -> None:
    """The values stand in the error's words: they must not be taken for a fault."""
    engine = open_engine(either_url)
    insert = text(
        "INSERT INTO talks VALUES (1, 'database is locked', '', 'connection refused',"
        " NULL, '2026-11-22 04:00:00', 1)"
    )
    with pytest.raises(IntegrityError):  # noqa: PT012 -- the fault may come at the end
        async with Transactions(engine).begin() as work:
            for _ in range(2):
                await work._connection.execute(insert)
    await close_engine(engine)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "full"),
        (OSError(errno.EROFS, "Read-only file system"), "read_only"),
        (PermissionError(errno.EACCES, "Permission denied"), "read_only"),
        (ConnectionResetError(errno.ECONNRESET, "reset"), "unreachable"),
        (TimeoutError(), "unreachable"),
        (PoolTimeout("QueuePool limit"), "unreachable"),
        (ValueError("database is locked"), None),
    ],
    ids=str,
)
def test_errors_of_the_system_are_told_apart(error: Exception, expected: str | None) -> None:
    meaning = unavailable(error)

    assert (meaning and meaning.reason) == expected
