"""Updates as they came: each once, until it is handled, and then only its number."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from storage.tables import UPDATES
from storage.updates import StoredUpdate
from storage.work import Transactions
from tests.storage.newcomers import NOON


def update(number: int, lane: int = 5_001, payload: str = "{}") -> StoredUpdate:
    return StoredUpdate(update_id=number, lane=lane, payload=payload)


async def test_stored_twice_only_the_new_ones_are_told(transactions: Transactions) -> None:
    async with transactions.begin() as work:
        first = await work.updates.store([update(1), update(2, payload='"old"')], now=NOON)
        second = await work.updates.store([update(2, payload='"new"'), update(3)], now=NOON)
        kept = await work.updates.unfinished()

    assert (first, second) == ({1, 2}, {3})
    assert kept == [update(1), update(2, payload='"old"'), update(3)]


async def test_nothing_to_store_is_fine(transactions: Transactions) -> None:
    async with transactions.begin() as work:
        assert await work.updates.store([], now=NOON) == set()


async def test_unfinished_come_in_telegrams_order(transactions: Transactions) -> None:
    async with transactions.begin() as work:
        await work.updates.store([update(9), update(2**60), update(3)], now=NOON)
        await work.updates.store([update(1)], now=NOON)

        assert [each.update_id for each in await work.updates.unfinished()] == [1, 3, 9, 2**60]


async def test_full_poll_is_stored_at_once(transactions: Transactions) -> None:
    many = [update(number, payload="😀" * 4096) for number in range(100)]
    async with transactions.begin() as work:
        assert await work.updates.store(many, now=NOON) == set(range(100))
        assert await work.updates.unfinished() == many


async def test_handled_update_keeps_neither_words_nor_person(transactions: Transactions) -> None:
    async with transactions.begin() as work:
        await work.updates.store([update(1, payload='"secret"'), update(2)], now=NOON)
        await work.updates.finish([1], now=NOON)
        rows = (await work._connection.execute(select(UPDATES))).all()
        left = await work.updates.unfinished()

    assert sorted(rows) == [(1, 0, None, NOON, NOON), (2, 5_001, "{}", NOON, None)]
    assert left == [update(2)]


async def test_handled_update_is_known_again(transactions: Transactions) -> None:
    async with transactions.begin() as work:
        await work.updates.store([update(1)], now=NOON)
        await work.updates.finish([1], now=NOON)

        assert await work.updates.store([update(1)], now=NOON) == set()
        assert await work.updates.unfinished() == []


async def test_prune_forgets_what_was_handled_before_and_nothing_else(
    transactions: Transactions,
) -> None:
    hour = timedelta(hours=1)
    async with transactions.begin() as work:
        await work.updates.store([update(each) for each in (1, 2, 3)], now=NOON - 9 * hour)
        await work.updates.finish([1], now=NOON - hour)
        await work.updates.finish([2], now=NOON)

        assert await work.updates.prune(before=NOON) == 1
        assert await work.updates.prune(before=NOON) == 0
        rows = await work._connection.scalars(select(UPDATES.c.update_id))
        assert sorted(rows) == [2, 3]


async def test_replicas_that_store_the_same_poll_share_it_out(
    transactions: Transactions, replica: Transactions
) -> None:
    async def store(door: Transactions, order: list[int]) -> set[int]:
        async with door.begin() as work:
            return await work.updates.store([update(each) for each in order], now=NOON)

    poll = list(range(50))
    async with asyncio.timeout(10):
        one, two = await asyncio.gather(store(transactions, poll), store(replica, poll))

    assert one | two == set(poll)
    assert one & two == set()
