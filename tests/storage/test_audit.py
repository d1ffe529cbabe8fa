"""The audit log: what is written there stays, in its order."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from branch.people.model import AuditRecord, Deed, PersonId
from storage.engine import close_engine, open_engine
from storage.work import Transactions
from tests.storage.newcomers import NOON

JOINED = AuditRecord(at=NOON, actor=PersonId(7), deed=Deed.JOINED)
ENDED = AuditRecord(
    at=NOON + timedelta(hours=1),
    actor=None,
    deed=Deed.ROLE_ENDED,
    about=PersonId(2**62),
    details={"role": "member", "invitation": 3, "备注": "😀"},
)


@pytest.fixture
async def log(transactions: Transactions) -> Transactions:
    async with transactions.begin() as work:
        await work.audit.add(JOINED)
        await work.audit.add(ENDED)
    return transactions


async def test_records_come_back_as_they_were_newest_first(log: Transactions) -> None:
    async with log.look() as work:
        assert await work.audit.latest(limit=9) == [(2, ENDED), (1, JOINED)]


async def test_pages_follow_each_other(log: Transactions) -> None:
    async with log.look() as work:
        [(newest, record)] = await work.audit.latest(limit=1)
        assert record == ENDED
        assert await work.audit.latest(limit=1, before=newest) == [(1, JOINED)]
        assert await work.audit.latest(limit=1, before=1) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_log SET actor = NULL",
        "UPDATE audit_log SET at = at WHERE id = 1",
        "DELETE FROM audit_log",
        "DELETE FROM audit_log WHERE id = 2",
    ],
)
async def test_no_record_can_be_changed_or_deleted(
    log: Transactions, engine: AsyncEngine, change: str
) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        async with engine.begin() as connection:
            await connection.execute(text(change))

    async with log.look() as work:
        assert len(await work.audit.latest(limit=9)) == 2


@pytest.mark.postgres
async def test_postgresql_cannot_empty_the_log(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with pytest.raises(DBAPIError, match="append-only"):
        async with engine.begin() as connection:
            await connection.execute(text("TRUNCATE audit_log"))
    await close_engine(engine)
