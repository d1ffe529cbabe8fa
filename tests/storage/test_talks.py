"""Open conversations: written by whoever read the latest version, and by nobody else."""

import asyncio
from datetime import timedelta

import pytest
from msgspec.structs import replace

from branch.people.model import TelegramId
from branch.people.talks import Talk, TalkMovedOn
from storage.engine import close_engine, open_engine
from storage.work import Transactions
from tests.storage.newcomers import NOON

ME = TelegramId(5_001)
FIRST = Talk(
    telegram_id=ME, name="ask", scene="question", draft="{}", prompt_id=None, opened_at=NOON
)
SECOND = replace(FIRST, version=1, scene="sure", draft='{"text": "😀\u200f"}', prompt_id=2**40)


async def test_talk_is_kept_with_the_number_of_its_version(transactions: Transactions) -> None:
    await _save(transactions, FIRST)
    await _save(transactions, SECOND)

    assert await _talks(transactions) == [replace(SECOND, version=2)]


async def test_talk_one_is_in_last_comes_last(transactions: Transactions) -> None:
    await _save(transactions, replace(FIRST, name="later", opened_at=NOON + timedelta(minutes=1)))
    await _save(transactions, FIRST)
    await _save(transactions, replace(FIRST, name="also at noon"))
    await _save(transactions, replace(FIRST, telegram_id=TelegramId(5_002), name="another's"))

    assert [talk.name for talk in await _talks(transactions)] == ["also at noon", "ask", "later"]


@pytest.mark.parametrize("version", [0, 1, 3])
async def test_only_the_latest_version_can_be_written(
    transactions: Transactions, version: int
) -> None:
    await _save(transactions, FIRST)
    await _save(transactions, SECOND)

    with pytest.raises(TalkMovedOn):
        await _save(transactions, replace(FIRST, version=version))

    assert await _talks(transactions) == [replace(SECOND, version=2)]


async def test_only_the_latest_version_can_be_closed(transactions: Transactions) -> None:
    await _save(transactions, FIRST)
    await _save(transactions, SECOND)

    with pytest.raises(TalkMovedOn):
        await _close(transactions, SECOND)
    await _close(transactions, replace(SECOND, version=2))

    assert await _talks(transactions) == []


async def test_talk_closed_meanwhile_is_not_written_again(transactions: Transactions) -> None:
    await _save(transactions, FIRST)
    await _close(transactions, replace(FIRST, version=1))

    for act in (_save, _close):
        with pytest.raises(TalkMovedOn):
            await act(transactions, SECOND)
    assert await _talks(transactions) == []


@pytest.mark.parametrize("opening", [True, False], ids=["both open it", "both write it"])
async def test_of_two_writers_at_once_one_wins(
    transactions: Transactions, replica: Transactions, *, opening: bool
) -> None:
    """Both have read the same state; both transactions are open when the first one writes."""
    if not opening:
        await _save(transactions, FIRST)
    both_read = asyncio.Barrier(2)

    async def write(door: Transactions, scene: str) -> str:
        async with door.look() as work:
            read = list(await work.talks.of(ME))
        await both_read.wait()
        try:
            await _save(door, replace(read[0] if read else FIRST, scene=scene))
        except TalkMovedOn:
            return "moved on"
        return scene

    async with asyncio.timeout(10):
        outcomes = await asyncio.gather(write(transactions, "one"), write(replica, "two"))

    [kept] = await _talks(transactions)
    assert sorted(outcomes) == sorted(["moved on", kept.scene])
    assert kept.version == (1 if opening else 2)


@pytest.mark.postgres
async def test_writer_who_comes_while_another_holds_the_row_moves_on(postgres_url: str) -> None:
    """PostgreSQL lets two transactions write at once: the second waits for the first's end."""
    engine = open_engine(postgres_url)
    transactions = Transactions(engine)
    await _save(transactions, FIRST)
    async with asyncio.timeout(10), asyncio.TaskGroup() as group, transactions.begin() as work:
        await work.talks.save(replace(SECOND, scene="first"))
        late = group.create_task(_outcome(transactions, replace(SECOND, scene="late")))
        await asyncio.sleep(0.1)
        assert not late.done()

    assert late.result() == "moved on"
    assert [talk.scene for talk in await _talks(transactions)] == ["first"]
    await close_engine(engine)


async def _outcome(transactions: Transactions, talk: Talk) -> str:
    try:
        await _save(transactions, talk)
    except TalkMovedOn:
        return "moved on"
    return "written"


async def _save(transactions: Transactions, talk: Talk) -> None:
    async with transactions.begin() as work:
        await work.talks.save(talk)


async def _close(transactions: Transactions, talk: Talk) -> None:
    async with transactions.begin() as work:
        await work.talks.close(talk)


async def _talks(transactions: Transactions) -> list[Talk]:
    async with transactions.look() as work:
        return list(await work.talks.of(ME))
