"""The log of events: written with the deed, never changed, and nobody's once they have left."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from branch.events.kinds import Kind
from branch.people.model import Person, PersonId, Sender, TelegramId
from branch.theme_days.attendance import Way
from branch.theme_days.model import Answer, DayPlan
from storage.event_tables import EVENT_KEYS, EVENTS
from storage.work import Transactions
from tests.house.tree import ROOT
from tests.storage.newcomers import NOON
from texts.language import Language

SENDER = Sender(telegram_id=TelegramId(5_000_000_001), name="林小雨")


async def joined(transactions: Transactions) -> Person:
    async with transactions.begin() as work:
        number = await work.people.add(SENDER, language=Language.ZH, now=NOON)
        assert number is not None
        await work.people.change(number, cohort=2027, class_name="材料2301")
        person = await work.people.by_id(number, now=NOON)
        assert person is not None
        return person


async def events(engine: AsyncEngine, kind: Kind | None = None) -> list[Any]:
    query = select(EVENTS).order_by(EVENTS.c.id)
    async with engine.begin() as connection:
        rows = (await connection.execute(query)).all()
    return [row for row in rows if kind is None or row.kind == kind.value]


async def asks(transactions: Transactions, person: PersonId, outcome: str = "answered") -> None:
    async with transactions.begin() as work:
        await work.questions.add(
            person,
            message_id=7,
            asked_at=NOON,
            text="国家线多少",
            outcome=outcome,
            entry="line",
            confidence=0.9,
            topic="lines",
            stage="registration",
        )


async def test_a_question_leaves_what_figures_need_and_no_word_of_it(
    transactions: Transactions, engine: AsyncEngine
) -> None:
    person = await joined(transactions)
    await asks(transactions, person.id)
    await asks(transactions, person.id)

    asked, *more = await events(engine, Kind.QUESTION_ASKED)
    assert more == []
    assert (asked.cohort, asked.class_name) == (2027, "材料2301")
    assert (asked.topic, asked.stage, asked.about) == ("lines", "registration", "question:1")
    assert "国家线" not in str(await events(engine))
    assert "林小雨" not in str(await events(engine))
    assert str(SENDER.telegram_id) not in str(await events(engine))


async def test_what_is_undone_leaves_nothing(
    transactions: Transactions, engine: AsyncEngine
) -> None:
    person = await joined(transactions)
    with pytest.raises(RuntimeError, match="on the way"):  # noqa: PT012 -- the fault comes last
        async with transactions.begin() as work:
            await work.questions.add(
                person.id,
                message_id=8,
                asked_at=NOON,
                text="x",
                outcome="answered",
                entry=None,
                confidence=None,
            )
            raise RuntimeError("on the way")

    assert await events(engine, Kind.QUESTION_ASKED) == []


@pytest.mark.parametrize("change", ["UPDATE events SET who = NULL", "DELETE FROM events"])
async def test_no_event_can_be_changed_or_deleted(
    transactions: Transactions, engine: AsyncEngine, change: str
) -> None:
    await joined(transactions)

    with pytest.raises(DBAPIError, match="append-only"):
        async with engine.begin() as connection:
            await connection.execute(text(change))


async def test_who_has_left_is_still_counted_and_nobody(
    transactions: Transactions, engine: AsyncEngine
) -> None:
    person = await joined(transactions)
    await asks(transactions, person.id)
    before = await events(engine)
    async with transactions.begin() as work:
        await work.people.forget(person)

    assert await events(engine) == before
    async with engine.begin() as connection:
        assert (await connection.execute(select(EVENT_KEYS.c.key))).all() == []
    again = await joined(transactions)
    assert again.id != person.id
    assert len({row.who for row in await events(engine, Kind.JOINED)}) == 2


async def test_one_s_own_events_are_in_the_export_and_nobody_else_s(
    transactions: Transactions,
) -> None:
    person = await joined(transactions)
    await asks(transactions, person.id)
    other = Sender(telegram_id=TelegramId(5_000_000_002), name="王一鸣")
    async with transactions.begin() as work:
        await work.people.add(other, language=Language.ZH, now=NOON)
        kept = await work.people.everything_about(person)

    assert [row["kind"] for row in kept["events"]] == [
        "joined",
        "question_asked",
        "question_answered",
    ]
    assert {row["who"] for row in kept["events"]} == {kept["event_keys"][0]["key"]}


async def test_a_theme_day_leaves_who_came_and_not_who_rated(
    transactions: Transactions, engine: AsyncEngine
) -> None:
    person = await joined(transactions)
    begins = NOON + timedelta(days=1)
    async with transactions.begin() as work:
        plan = DayPlan(title="一", starts_at=begins, place="A204")
        day, _ = await work.theme_days.add(plan, key="k", author=person.id, now=NOON)
        await work.sign_ups.put(day, person.id, Answer.GOING, now=NOON)
        for _ in range(2):
            await work.attendances.add(day, person.id, at=begins, way=Way.QR, by=None)
            await work.leavings.rate(day, person.id, 4)

    assert len(await events(engine, Kind.DAY_SIGNED_UP)) == 1
    [came] = await events(engine, Kind.DAY_ATTENDED)
    assert json.loads(came.details) == {"way": "qr"}
    assert came.who is not None
    [rated] = await events(engine, Kind.DAY_RATED)
    assert (rated.who, rated.cohort, rated.value, rated.at) == (None, None, 4.0, begins)


def test_every_kind_is_written_somewhere_and_described() -> None:
    written = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "storage").glob("*.py")
    )
    catalogue = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")

    assert [each for each in Kind if f"Kind.{each.name}" not in written] == []
    assert [each for each in Kind if f"`{each.value}`" not in catalogue] == []
