"""What the reports count, on a few rows that can be counted by hand."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from branch.guidance.tallies import Dislike, Tally, Unmet, UnmetWordings
from branch.people.model import Person
from storage.work import Transactions
from tests.storage.newcomers import NOON, newcomer

DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)


@pytest.fixture
async def people(transactions: Transactions) -> list[Person]:
    return [await newcomer(transactions, 5_000 + number) for number in range(3)]


async def ask(
    transactions: Transactions,
    person: Person,
    number: int,
    text: str,
    outcome: str,
    entry: str | None = None,
    *,
    at: datetime = NOON,
) -> None:
    async with transactions.begin() as work:
        await work.questions.add(
            person.id,
            message_id=number,
            asked_at=at,
            text=text,
            outcome=outcome,
            entry=entry,
            confidence=None,
        )


async def judge(
    transactions: Transactions,
    person: Person,
    entry: str,
    verdict: str,
    *,
    at: datetime = NOON,
    **more: str | None,
) -> None:
    async with transactions.begin() as work:
        await work.feedback.put(person.id, entry, given_at=at, verdict=verdict, **more)


async def unmet(transactions: Transactions, limit: int = 10) -> UnmetWordings:
    async with transactions.look() as work:
        return await work.reports.unmet(since=NOON - DAY, until=NOON, limit=limit)


async def test_unmet_are_counted_by_wording_the_most_asked_first(
    transactions: Transactions, people: list[Person]
) -> None:
    one, two, _ = people
    await ask(transactions, one, 1, "熄灯", "not_covered")
    await ask(transactions, two, 1, "热水", "none_fits")
    await ask(transactions, two, 2, "热水", "not_covered")
    for number, (text, outcome) in enumerate(
        [("国家线", "answered"), ("复试", "choices"), ("", "out_of_bounds"), ("", "not_covered")]
    ):
        await ask(transactions, one, 10 + number, text, outcome, "line" if number == 0 else None)
    await ask(transactions, one, 20, "太久以前", "not_covered", at=NOON - 2 * DAY)
    await ask(transactions, one, 21, "还没到", "not_covered", at=NOON + DAY)

    assert await unmet(transactions) == UnmetWordings(
        wordings=[Unmet("热水", 2, 3), Unmet("熄灯", 1, 1)], questions=3, different=2
    )
    assert await unmet(transactions, limit=1) == UnmetWordings(
        wordings=[Unmet("热水", 2, 3)], questions=3, different=2
    )


async def test_without_any_there_are_none(transactions: Transactions) -> None:
    assert await unmet(transactions) == UnmetWordings(wordings=[], questions=0, different=0)


async def test_an_answer_off_the_point_leaves_its_question_unmet(
    transactions: Transactions, people: list[Person]
) -> None:
    one, two, three = people
    for number, person in enumerate(people):
        await ask(transactions, person, number, f"学费{number}", "answered", "tuition")
    await ask(transactions, one, 9, "国家线", "answered", "line")
    await judge(transactions, one, "tuition", "not_helpful", reason="off_the_point")
    await judge(transactions, two, "tuition", "not_helpful", reason="outdated")
    old = NOON - 2 * DAY
    await judge(transactions, three, "tuition", "not_helpful", reason="off_the_point", at=old)

    assert [each.text for each in (await unmet(transactions)).wordings] == ["学费0"]


async def test_tallies_count_each_way_to_an_entry_and_each_last_word(
    transactions: Transactions, people: list[Person]
) -> None:
    one, two, three = people
    await ask(transactions, one, 1, "学费", "answered", "tuition")
    await ask(transactions, one, 2, "学费", "answered", "tuition")
    await ask(transactions, two, 1, "学费", "chosen", "tuition")
    await ask(transactions, two, 2, "学费", "answered", "tuition", at=NOON - 9 * DAY)
    async with transactions.begin() as work:
        for _ in range(3):
            await work.openings.add(three.id, "tuition", day=TODAY)
        await work.openings.add(three.id, "tuition", day=TODAY - 9 * DAY)
        await work.openings.add(three.id, "grants", day=TODAY)
    await judge(transactions, one, "tuition", "helpful")
    await judge(transactions, one, "tuition", "not_helpful")
    await judge(transactions, two, "tuition", "helpful")

    async with transactions.look() as work:
        week = await work.reports.tallies(since=NOON - 7 * DAY, since_day=TODAY - 7 * DAY)
        ever = await work.reports.tallies(since=None, since_day=None)
        outcomes = await work.reports.outcomes(since=NOON - 7 * DAY)

    assert week == {
        "tuition": Tally(answered=2, chosen=1, opened=1, helpful=1, not_helpful=1),
        "grants": Tally(opened=1),
    }
    assert ever["tuition"] == Tally(answered=3, chosen=1, opened=2, helpful=1, not_helpful=1)
    assert outcomes == {"answered": 2, "chosen": 1}


async def test_the_last_word_replaces_and_a_reason_stays_until_it_is_taken_back(
    transactions: Transactions, people: list[Person]
) -> None:
    one, two, _ = people
    await judge(transactions, one, "tuition", "not_helpful", reason="wrong", words="错了")
    await judge(transactions, one, "tuition", "not_helpful", at=NOON + DAY)
    await judge(transactions, two, "tuition", "not_helpful", at=NOON + 2 * DAY)

    assert await dislikes(transactions) == [Dislike(None, None), Dislike("wrong", "错了")]
    assert await dislikes(transactions, since=NOON + 2 * DAY) == [Dislike(None, None)]
    assert await dislikes(transactions, limit=1) == [Dislike(None, None)]

    await judge(transactions, one, "tuition", "helpful", reason=None, words=None)
    await judge(transactions, one, "tuition", "not_helpful")
    assert Dislike("wrong", "错了") not in await dislikes(transactions)


async def dislikes(transactions: Transactions, **more: Any) -> list[Dislike]:
    asked: dict[str, Any] = {"since": NOON - DAY, "limit": 9} | more
    async with transactions.look() as work:
        return list(await work.reports.dislikes("tuition", **asked))
