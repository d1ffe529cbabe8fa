"""Updates are kept before they are handed on: each once, in order, whatever is in them."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.intake import Intake
from bot.lanes import Lanes
from storage.engine import close_engine, open_engine
from storage.errors import StorageUnavailable
from storage.updates import StoredUpdate
from storage.work import Transactions
from tests.stage import NOW, Stage


def message(number: int, text: str = "问", person: int = 7) -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "林"}
    return {"update_id": number, "message": {"message_id": number, "from": sender, "text": text}}


class Door:
    """An intake on a database, and what it handed on."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.handed_on: list[StoredUpdate] = []
        self.transactions = Transactions(engine)
        self.lanes = Lanes(self._handle)
        self.intake = Intake(self.transactions, self.lanes, lambda: NOW)

    async def _handle(self, update: StoredUpdate) -> None:
        self.handed_on.append(update)

    async def ids(self) -> list[int]:
        await self.lanes.idle()
        return [each.update_id for each in self.handed_on]

    async def texts(self) -> list[str]:
        await self.lanes.idle()
        return [json.loads(each.payload)["message"]["text"] for each in self.handed_on]


@asynccontextmanager
async def door(url: str) -> AsyncIterator[Door]:
    engine = open_engine(url)
    opened = Door(engine)
    try:
        yield opened
    finally:
        await opened.lanes.close(0)
        await close_engine(engine)


async def test_an_update_that_comes_again_is_handed_on_once(either_url: str) -> None:
    async with door(either_url) as taking:
        await taking.intake.accept([message(1), message(2)])
        await taking.intake.accept([message(2), message(3)])
        await taking.intake.accept([message(4), message(4)])
        await taking.intake.accept([])

        assert await taking.ids() == [1, 2, 3, 4]


async def test_an_update_that_comes_at_once_by_two_ways_is_handed_on_once(either_url: str) -> None:
    async with door(either_url) as here, door(either_url) as there:
        batch = [message(number) for number in range(1, 20)]
        async with asyncio.TaskGroup() as arriving:
            for each in (here, there):
                arriving.create_task(each.intake.accept(batch))

        assert sorted(await here.ids() + await there.ids()) == list(range(1, 20))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\ud83d", "?"),
        ("半个\ude00字", "半个?字"),
        ("a\x00b\x00\x00", "ab"),
        (r"C:\u0000 \\u0000 \n", r"C:\u0000 \\u0000 \n"),
        ("\\\x00\\", "\\\\"),
        ("😀" * 4096, "😀" * 4096),
        ("\u202eabc\u202c \u200fعربي\u200e", "\u202eabc\u202c \u200fعربي\u200e"),
        ("👨‍👩‍👧‍👦\ufeff\u2028\x07\x7f", "👨‍👩‍👧‍👦\ufeff\u2028\x07\x7f"),
        ("', (SELECT 1)); --", "', (SELECT 1)); --"),
    ],
)
async def test_whatever_is_written_is_kept(either_url: str, text: str, kept: str) -> None:
    """Only what no database and no encoding can hold is changed."""
    async with door(either_url) as taking:
        await taking.intake.accept([message(1, text)])
        assert await taking.texts() == [kept]

    async with door(either_url) as after_a_crash:
        await after_a_crash.intake.recover()
        assert await after_a_crash.texts() == [kept]


async def test_what_was_not_handled_is_handed_on_at_the_next_start_in_order(
    either_url: str,
) -> None:
    async with door(either_url) as before:
        await before.intake.accept([message(n, person=n % 3) for n in (5, 9, 2, 4, 8)])
        await before.lanes.idle()
        async with before.transactions.begin() as work:
            await work.updates.finish([4, 9], now=NOW)

    async with door(either_url) as after:
        await after.intake.recover()
        await after.intake.accept([message(8), message(10)])
        # of one person (2, 5 and 8 share a lane) in Telegram's order
        handed_on = await after.ids()
        assert sorted(handed_on) == [2, 5, 8, 10]
        assert [each for each in handed_on if each != 10] == [2, 5, 8]


@pytest.mark.usefixtures("impatient_database")
async def test_what_cannot_be_kept_is_not_handed_on(sqlite_url: str) -> None:
    async with door(sqlite_url) as taking:
        other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable) as refusal:
            await taking.intake.accept([message(1)])
        before = await taking.ids()
        other.execute("ROLLBACK")
        other.close()
        await taking.intake.accept([message(1)])

        assert refusal.value.reason == "locked"
        assert before == []
        assert await taking.ids() == [1]


@pytest.mark.parametrize(
    ("raw", "lane"),
    [
        (message(1, person=42), 42),
        ({"update_id": 1, "callback_query": {"id": "1", "from": {"id": 43}, "data": "a"}}, 43),
        ({"update_id": 1, "channel_post": {"message_id": 1, "chat": {"id": -100}}}, -100),
        ({"update_id": 1, "poll_answer": {"poll_id": "1", "user": {"id": 44}}}, 44),
        ({"update_id": 1, "poll": {"id": "1"}}, 0),
        (message(1, person=2**52), 2**52),
    ],
)
async def test_a_lane_belongs_to_the_person_it_comes_from(
    sqlite_url: str, raw: dict[str, Any], lane: int
) -> None:
    async with door(sqlite_url) as taking:
        await taking.intake.accept([raw])
        await taking.lanes.idle()
        assert [each.lane for each in taking.handed_on] == [lane]


@pytest.mark.parametrize(
    "text", ["\ud83d", "a\ud83d\ud83d😀", r"\u0000", "😀" * 2048, "\u202e\u200f\u061c", "\u200b."]
)
async def test_whatever_is_written_is_answered(both_stages: Stage, text: str) -> None:
    """All the way: through the server, both databases, and back to the person."""
    person = both_stages.person()
    await person.joins()
    before = len(person.heard)
    update = message(100_500_000, text, person=person.id)
    update["message"] |= {"date": 1, "chat": {"id": person.id, "type": "private"}}
    await both_stages.parts.intake.accept([update])
    await both_stages.parts.lanes.idle()

    assert len(person.heard) == before + 1
    assert "参考号" not in person.hears
