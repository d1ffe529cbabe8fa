"""What was asked: once a message, as it reads now."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from branch.people.model import Person
from storage.tables import QUESTIONS
from storage.work import Transactions
from tests.storage.newcomers import NOON, newcomer


async def ask(
    transactions: Transactions,
    person: Person,
    message_id: int,
    text: str,
    *,
    at: datetime = NOON,
    outcome: str = "not_covered",
    entry: str | None = None,
    confidence: float | None = None,
) -> None:
    async with transactions.begin() as work:
        await work.questions.add(
            person.id,
            message_id=message_id,
            asked_at=at,
            text=text,
            outcome=outcome,
            entry=entry,
            confidence=confidence,
        )


async def test_question_is_kept_once_a_message_as_it_reads_now(transactions: Transactions) -> None:
    person = await newcomer(transactions)
    await ask(transactions, person, 10, "怎么报名")
    await ask(
        transactions,
        person,
        10,
        "怎么网报",
        at=NOON + timedelta(hours=1),
        outcome="answered",
        entry="registration",
        confidence=0.75,
    )

    assert await _rows(transactions) == [
        (person.id, 10, NOON, "怎么网报", "answered", "registration", 0.75, 0)
    ]


async def test_same_message_number_of_another_person_is_another_question(
    transactions: Transactions,
) -> None:
    one, two = await newcomer(transactions, 5_001), await newcomer(transactions, 5_002)
    await ask(transactions, one, 10, "一")
    await ask(transactions, two, 10, "二")

    assert [row[3] for row in await _rows(transactions)] == ["一", "二"]


async def test_settling_notes_what_became_of_one_question(transactions: Transactions) -> None:
    one, two = await newcomer(transactions, 5_001), await newcomer(transactions, 5_002)
    for person, message_id in ((one, 10), (one, 11), (two, 10)):
        await ask(transactions, person, message_id, "调剂", outcome="choices")
    async with transactions.begin() as work:
        await work.questions.settle(
            one.id, message_id=10, outcome="chosen", entry="adjustment", now=NOON
        )

    assert [row[4:6] for row in await _rows(transactions)] == [
        ("chosen", "adjustment"),
        ("choices", None),
        ("choices", None),
    ]


async def test_latest_of_an_outcome_come_newest_first_without_names(
    transactions: Transactions,
) -> None:
    person = await newcomer(transactions)
    for number in range(4):
        at = NOON + timedelta(minutes=number)
        await ask(transactions, person, number, f"问题{number}", at=at)
    await ask(transactions, person, 9, "答上了", outcome="answered")

    async with transactions.look() as work:
        latest = await work.questions.latest(outcome="not_covered", limit=2)

    assert latest == [
        (NOON + timedelta(minutes=3), "问题3"),
        (NOON + timedelta(minutes=2), "问题2"),
    ]


async def test_longest_question_of_emoji_and_direction_marks_is_kept(
    transactions: Transactions,
) -> None:
    person = await newcomer(transactions)
    text = "\u202e" + "😀" * 4094 + "\u200f"
    await ask(transactions, person, 1, text)

    assert [row[3] for row in await _rows(transactions)] == [text]


async def _rows(transactions: Transactions) -> list[tuple[Any, ...]]:
    async with transactions.look() as work:
        rows = await work._connection.execute(select(QUESTIONS).order_by("id"))
        return [tuple(row)[1:] for row in rows]
