"""Whether something was written: counted once it is seen by all, and only where a row changed."""

import contextlib
from datetime import timedelta

from branch.people.model import TelegramId
from branch.people.talks import Talk
from storage.work import Transactions
from tests.storage.newcomers import NOON

TALK = Talk(
    telegram_id=TelegramId(5_001),
    name="ask",
    scene="question",
    draft="{}",
    prompt_id=None,
    opened_at=NOON,
)


async def test_what_is_written_is_counted_after_it_is_seen_by_all(
    transactions: Transactions,
) -> None:
    async with transactions.begin() as work:
        await work.talks.save(TALK)
        assert transactions.changes() == 0

    assert transactions.changes() == 1


async def test_what_only_looks_is_not_counted(transactions: Transactions) -> None:
    async with transactions.begin() as work:
        await work.people.by_telegram(TelegramId(1), now=NOON)
    async with transactions.look() as work:
        await work.people.by_telegram(TelegramId(1), now=NOON)

    assert transactions.changes() == 0


async def test_what_finds_no_row_to_change_is_not_counted(transactions: Transactions) -> None:
    async with transactions.begin() as work:
        assert await work.updates.prune(before=NOON - timedelta(days=2)) == 0

    assert transactions.changes() == 0


async def test_what_is_taken_back_is_not_counted(transactions: Transactions) -> None:
    with contextlib.suppress(KeyError):
        async with transactions.begin() as work:
            await work.talks.save(TALK)
            raise KeyError
    async with transactions.begin() as work:
        await work.people.by_telegram(TelegramId(1), now=NOON)

    assert transactions.changes() == 0
