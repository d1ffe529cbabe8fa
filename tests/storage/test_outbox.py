"""The rows of letters: written once, claimed by one, called back, found again."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from branch.outbox.fates import after_carrying
from branch.outbox.kinds import LetterKind, Priority
from branch.outbox.model import Claim, Fate, Letter, NotYet, Settled
from branch.outbox.model import Delivered as Arrived
from branch.people.model import Person
from storage.work import Transactions
from tests.storage.newcomers import NOON, newcomer

LEASE = timedelta(seconds=60)
ALL = tuple(Priority)
REMINDER, ANSWER, REPORT = LetterKind.EXAM_REMINDER, LetterKind.TICKET_ANSWER, LetterKind.REPORT


def letter(person: Person, key: str, **changes: object) -> Letter:
    usual = {
        "key": key,
        "to": person.id,
        "kind": REMINDER,
        "body": "12 月 19 日初试",
        "about": "exam:2027:preliminary_exam:2026-12-19",
        "due_at": NOON,
        "useful_until": NOON + timedelta(days=1),
    }
    return Letter(**(usual | changes))  # type: ignore[arg-type]  # a test's shorthand


async def put(transactions: Transactions, *letters: Letter) -> int:
    async with transactions.begin() as work:
        return await work.outbox.put(letters)


async def claim(
    transactions: Transactions, at: timedelta = timedelta(0), limit: int = 100
) -> Sequence[Claim]:
    async with transactions.begin() as work:
        now = NOON + at
        return await work.outbox.claim(ALL, now=now, until=now + LEASE, limit=limit)


async def settle(transactions: Transactions, *settled: Settled) -> None:
    async with transactions.begin() as work:
        await work.outbox.settle(settled)


def arrived(taken: Claim) -> Settled:
    return after_carrying(taken, Arrived(77), now=NOON)


async def test_the_same_key_is_written_once(transactions: Transactions) -> None:
    me = await newcomer(transactions)
    first, second = letter(me, "a"), letter(me, "b")

    assert await put(transactions, first) == 1
    assert await put(transactions, replace(first, body="anders"), second) == 1
    assert [taken.letter.body for taken in await claim(transactions)] == [first.body] * 2


async def test_thousands_are_counted(transactions: Transactions) -> None:
    me = await newcomer(transactions)
    letters = [letter(me, str(number)) for number in range(1_200)]

    assert await put(transactions, *letters) == 1_200
    assert await put(transactions, *letters, letter(me, "new")) == 1


async def test_letter_comes_back_as_it_was_written(transactions: Transactions) -> None:
    me, other = await newcomer(transactions), await newcomer(transactions, 5_002)
    written = letter(
        me,
        "a",
        kind=LetterKind.ALERT,
        concerns=other.id,
        buttons=[[("回答", "ans:7"), ("看", "https://yz.chsi.com.cn/?a=1")], [("不", "no")]],
        priority=Priority.URGENT,
    )
    await put(transactions, written)
    [taken] = await claim(transactions)

    assert taken.letter == written
    assert taken.address == me.telegram_id
    assert (taken.attempt, taken.doubts, taken.interrupted) == (1, 0, False)


async def test_what_is_due_is_claimed_urgent_first_and_by_one(
    transactions: Transactions, replica: Transactions
) -> None:
    me = await newcomer(transactions)
    await put(
        transactions,
        letter(me, "later", due_at=NOON + timedelta(seconds=1)),
        letter(me, "reminder"),
        letter(me, "answer", kind=ANSWER),
        letter(me, "older reminder", due_at=NOON - timedelta(hours=1)),
        letter(me, "alert", kind=LetterKind.ALERT),
    )

    keys = [taken.letter.key for taken in await claim(transactions, limit=3)]
    assert keys == ["alert", "answer", "older reminder"]
    assert [taken.letter.key for taken in await claim(replica)] == ["reminder"]
    assert await claim(transactions) == []


async def test_carriers_side_by_side_share_what_there_is(
    transactions: Transactions, replica: Transactions
) -> None:
    me = await newcomer(transactions)
    await put(transactions, *[letter(me, str(number)) for number in range(200)])
    async with asyncio.timeout(20):
        shares = await asyncio.gather(
            *(claim(each, limit=15) for each in (transactions, replica) * 10)
        )
    keys = [taken.letter.key for share in shares for taken in share]

    assert len(keys) == len(set(keys))
    # what another held at that moment is passed over, not waited for
    assert len(keys) + len(await claim(transactions, limit=200)) == 200


async def test_letter_whose_carrier_died_is_due_again_and_says_so(
    transactions: Transactions,
) -> None:
    me = await newcomer(transactions)
    await put(transactions, letter(me, "a"))
    await claim(transactions)

    assert await claim(transactions, LEASE - timedelta(seconds=1)) == []
    [again] = await claim(transactions, LEASE)
    assert (again.attempt, again.doubts, again.interrupted) == (2, 1, True)


async def test_living_carrier_keeps_its_letters(transactions: Transactions) -> None:
    me = await newcomer(transactions)
    await put(transactions, letter(me, "a"))
    taken = await claim(transactions)
    async with transactions.begin() as work:
        await work.outbox.renew(taken, until=NOON + 2 * LEASE)

    assert await claim(transactions, LEASE) == []


async def test_who_has_lost_a_letter_cannot_put_it_back_but_can_say_that_it_arrived(
    transactions: Transactions,
) -> None:
    me = await newcomer(transactions)
    await put(transactions, letter(me, "a"))
    [slow] = await claim(transactions)
    [quick] = await claim(transactions, LEASE)
    soon = NotYet(timedelta(seconds=1), "asked to wait")
    await settle(transactions, after_carrying(slow, soon, now=NOON + LEASE))
    assert await claim(transactions, LEASE + timedelta(seconds=2)) == []

    await settle(transactions, arrived(slow))
    await settle(transactions, after_carrying(quick, soon, now=NOON + LEASE))
    assert await claim(transactions, timedelta(hours=2)) == []


async def test_put_back_waits_for_as_long_as_it_was_told(transactions: Transactions) -> None:
    me = await newcomer(transactions)
    await put(transactions, letter(me, "a"))
    [taken] = await claim(transactions)
    await settle(
        transactions, after_carrying(taken, NotYet(timedelta(minutes=9), "flood"), now=NOON)
    )

    assert await claim(transactions, timedelta(minutes=8)) == []
    [again] = await claim(transactions, timedelta(minutes=9))
    assert (again.attempt, again.doubts, again.interrupted) == (2, 0, False)


async def test_calling_back_reaches_what_is_meant_and_nothing_else(
    transactions: Transactions,
) -> None:
    me = await newcomer(transactions)
    await put(
        transactions,
        letter(me, "a", about="exam:2027:scores:2027-02-20"),
        letter(me, "b", about="exam:2027:scores"),
        letter(me, "c", about="exam:2027:scores_line:2027-03-01"),
        letter(me, "d", about="exam:2027:scores:2027-02-20", kind=REPORT),
        letter(me, "e", about="exam:2027:%:x"),
    )
    async with transactions.begin() as work:
        assert await work.outbox.cancel(REMINDER, now=NOON, about_prefix="exam:2027:scores:") == 1
        assert await work.outbox.cancel(REMINDER, now=NOON, keys=["e", "d", "no such"]) == 1
        assert await work.outbox.cancel(REMINDER, now=NOON) == 0

    assert {taken.letter.key for taken in await claim(transactions)} == {"b", "c", "d"}


async def test_called_back_letter_that_is_written_again_goes_out(
    transactions: Transactions,
) -> None:
    """A date that moves away and back again is told all the same."""
    me = await newcomer(transactions)
    await put(transactions, letter(me, "a"))
    async with transactions.begin() as work:
        await work.outbox.cancel(REMINDER, now=NOON, keys=["a"])
    assert await put(transactions, letter(me, "a", body="wieder")) == 1

    assert [taken.letter.body for taken in await claim(transactions)] == ["wieder"]


async def test_called_back_on_its_way_it_may_have_arrived(transactions: Transactions) -> None:
    me, other = await newcomer(transactions), await newcomer(transactions, 5_002)
    await put(transactions, letter(me, "a"), letter(other, "b"))
    [first, _] = await claim(transactions)
    about = first.letter.about
    async with transactions.begin() as work:
        assert await work.outbox.cancel(REMINDER, now=NOON, about_prefix=about) == 2
        assert await work.outbox.delivered(kind=REMINDER, about=about) == []
        assert await work.outbox.told(kind=REMINDER, about=about) == [me.id, other.id]
    await settle(transactions, arrived(first))

    async with transactions.look() as work:
        assert await work.outbox.delivered(kind=REMINDER, about=about) == [me.id]
        assert await work.outbox.told(kind=REMINDER, about=about) == [me.id, other.id]


async def test_who_was_told_and_who_waits_is_known_by_subject(transactions: Transactions) -> None:
    me, other = await newcomer(transactions), await newcomer(transactions, 5_002)
    await put(transactions, letter(me, "a"), letter(other, "b", due_at=NOON + timedelta(days=1)))
    [taken] = await claim(transactions)
    await settle(transactions, arrived(taken))
    about = taken.letter.about

    async with transactions.look() as work:
        outbox = work.outbox
        assert await outbox.delivered(kind=REMINDER, about=about) == [me.id]
        assert await outbox.waiting(kind=REMINDER, about=about) == [other.id]
        assert await outbox.delivered(kind=REPORT, about=about) == []
        assert await outbox.delivered(kind=REMINDER, about="exam") == []
        assert await outbox.fates(kind=REMINDER, about=about) == [
            (me.id, Fate.DELIVERED),
            (other.id, Fate.WAITING),
        ]
        assert await outbox.next_try(ALL) == NOON + timedelta(days=1)
        assert await outbox.next_try([Priority.URGENT]) is None


async def test_answers_come_back_with_the_person_and_reminders_do_not(
    transactions: Transactions,
) -> None:
    me, other = await newcomer(transactions), await newcomer(transactions, 5_002)
    soon = NOON + timedelta(minutes=5)
    await put(
        transactions,
        letter(me, "answer", kind=ANSWER),
        letter(me, "reminder"),
        letter(me, "late answer", kind=ANSWER, useful_until=soon),
        letter(other, "another's", kind=ANSWER),
    )
    for taken in await claim(transactions):
        await settle(transactions, Settled(claim=taken, fate=Fate.UNREACHABLE, at=NOON))
    async with transactions.begin() as work:
        assert await work.outbox.revive(me.id, now=soon) == 1
        assert work.outbox.written

    [again] = await claim(transactions, timedelta(hours=1))
    assert again.letter.key == "answer"
    assert again.attempt == 1


async def test_letters_leave_with_whom_they_are_for_and_whom_they_concern(
    transactions: Transactions,
) -> None:
    me, member = await newcomer(transactions), await newcomer(transactions, 5_002)
    await put(transactions, letter(me, "a"), letter(member, "b", concerns=me.id))
    async with transactions.begin() as work:
        kept = await work.people.everything_about(me)
        assert [row["key"] for row in kept["letters"]] == ["a", "b"]
        await work.people.forget(me)

    assert await claim(transactions) == []


async def test_claim_reads_only_what_is_due(
    transactions: Transactions, engine: AsyncEngine
) -> None:
    """The plan is looked at, not the clock: the index alone finds it, in order."""
    ran: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        ran.append((statement, parameters))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    await claim(transactions)
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    asked = [each for each in ran if "letters" in each[0] and each[0].startswith("SELECT")]
    assert len(asked) == len(Priority)
    async with engine.begin() as connection:
        explain = "EXPLAIN QUERY PLAN "
        if connection.dialect.name == "postgresql":
            explain = "EXPLAIN "
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            await connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        statement, parameters = asked[0]
        plan = await connection.exec_driver_sql(explain + statement, parameters)
        words = " ".join(map(str, plan)).lower()

    assert "ix_letters_to_try" in words
    assert "sort" not in words
    assert "temp b-tree" not in words


@pytest.mark.parametrize("priority", [None, Priority.URGENT])
async def test_commit_with_letters_is_told_and_a_rollback_is_not(
    transactions: Transactions, priority: Priority | None
) -> None:
    me = await newcomer(transactions)
    told: list[int] = []
    transactions.tell_of_letters(lambda: told.append(1))
    new = letter(me, "a", priority=priority)

    async def fails() -> None:
        async with transactions.begin() as work:
            await work.outbox.put([new])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    async with transactions.begin() as work:
        await work.people.change(me.id, cohort=2027)
    assert told == []
    await put(transactions, new)
    await put(transactions, new)
    assert told == [1]
