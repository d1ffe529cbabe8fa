"""People's rows: one a person, read with the highest role, found again with all that is theirs."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, StatementError

from branch.people.model import CONSENT_VERSION, Person, PersonId, Role, Sender, TelegramId
from storage.engine import close_engine, open_engine
from storage.errors import StorageUnavailable
from storage.tables import PEOPLE
from storage.work import Transactions
from tests.storage.newcomers import NOON, newcomer
from texts.language import Language

LARGEST_ID = 2**63 - 1
PUZZLING_NAMES = [
    pytest.param("🎓" * 4096, id="4096 emoji"),
    pytest.param("👩‍👩‍👧‍👦🏳️‍🌈", id="joined emoji"),
    pytest.param("\u202eأحمد\u202c \u200fשלום\u200e", id="right to left"),
    pytest.param("𠮷野家 欧陽 \u0300", id="rare characters"),
    pytest.param("Robert'); DROP TABLE people;--", id="SQL"),
    pytest.param("%s :name {0} \\", id="placeholders"),
    pytest.param("", id="empty"),
]


async def test_person_is_kept_as_they_came(transactions: Transactions) -> None:
    person = await newcomer(transactions, 5_001, "林小雨")

    assert person == Person(
        id=person.id,
        telegram_id=TelegramId(5_001),
        name="林小雨",
        language=Language.ZH,
        role=Role.STUDENT,
        cohort=None,
        intake=None,
        consented_at=NOON,
        consent_version=CONSENT_VERSION,
        unreachable_since=None,
    )


@pytest.mark.parametrize("name", PUZZLING_NAMES)
async def test_name_comes_back_to_the_letter(transactions: Transactions, name: str) -> None:
    assert (await newcomer(transactions, 5_001, name)).name == name


async def test_ids_of_64_bits_are_kept(transactions: Transactions) -> None:
    person = await newcomer(transactions, LARGEST_ID)

    async with transactions.look() as work:
        assert await work.people.by_telegram(TelegramId(LARGEST_ID), now=NOON) == person


async def test_row_ids_may_grow_to_64_bits(transactions: Transactions) -> None:
    async with transactions.begin() as work:
        await work._connection.execute(
            insert(PEOPLE).values(
                id=LARGEST_ID,
                telegram_id=1,
                name="",
                language="en",
                consented_at=NOON,
                consent_version=1,
            )
        )
        person = await work.people.by_id(PersonId(LARGEST_ID), now=NOON)

    assert person is not None
    assert person.id == LARGEST_ID


async def test_somebody_added_twice_stays_as_they_were(transactions: Transactions) -> None:
    before = await newcomer(transactions, 5_001, "林小雨")
    async with transactions.begin() as work:
        again = Sender(telegram_id=TelegramId(5_001), name="别的名字")
        added = await work.people.add(again, language=Language.EN, now=NOON + timedelta(days=1))
        kept = await work.people.by_telegram(TelegramId(5_001), now=NOON)

    assert (added, kept) == (None, before)


async def test_stranger_is_nobody(transactions: Transactions) -> None:
    await newcomer(transactions, 5_001)

    async with transactions.look() as work:
        assert await work.people.by_telegram(TelegramId(5_002), now=NOON) is None
        assert await work.people.by_id(PersonId(999), now=NOON) is None


async def test_change_touches_one_person_only(transactions: Transactions) -> None:
    changed = await newcomer(transactions, 5_001)
    other = await newcomer(transactions, 5_002)

    async with transactions.begin() as work:
        await work.people.change(changed.id, cohort=2027, language=Language.EN)
        one = await work.people.by_id(changed.id, now=NOON)
        two = await work.people.by_id(other.id, now=NOON)

    assert one is not None
    assert (one.cohort, one.language) == (2027, Language.EN)
    assert two == other


async def test_role_is_the_highest_in_force(transactions: Transactions) -> None:
    person = await newcomer(transactions)
    async with transactions.begin() as work:
        for role, until in (
            (Role.MEMBER, None),
            (Role.SECRETARY, NOON + timedelta(days=2)),
            (Role.ADMIN, NOON + timedelta(days=1)),
        ):
            await work.roles.grant(person.id, role, by=None, now=NOON, until=until)

    assert [await _role(transactions, person, days) for days in (0, 1, 2)] == [
        Role.ADMIN,
        Role.SECRETARY,
        Role.MEMBER,
    ]


async def test_id_of_somebody_forgotten_is_not_given_again(transactions: Transactions) -> None:
    first = await newcomer(transactions, 5_001)
    async with transactions.begin() as work:
        await work.people.forget(first)

    assert (await newcomer(transactions, 5_002)).id > first.id


async def test_moment_without_a_zone_is_refused(transactions: Transactions) -> None:
    person = await newcomer(transactions)

    with pytest.raises(StatementError, match="without a time zone"):
        async with transactions.begin() as work:
            await work.people.change(person.id, unreachable_since=datetime(2026, 11, 22, 12, 0))

    async with transactions.look() as work:
        assert await work.people.by_id(person.id, now=NOON) == person


async def test_moment_of_any_zone_comes_back_in_utc(transactions: Transactions) -> None:
    person = await newcomer(transactions)
    shanghai = datetime(2026, 11, 22, 12, 0, 0, 123_456, timezone(timedelta(hours=8)))

    async with transactions.begin() as work:
        await work.people.change(person.id, unreachable_since=shanghai)
        kept = await work.people.by_id(person.id, now=NOON)

    assert kept is not None
    assert kept.unreachable_since == datetime(2026, 11, 22, 4, 0, 0, 123_456, UTC)
    assert kept.unreachable_since.tzinfo is UTC


async def test_half_a_transaction_leaves_nothing(transactions: Transactions) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 -- the fault may come at the end
        async with transactions.begin() as work:
            sender = Sender(telegram_id=TelegramId(5_001), name="")
            await work.people.add(sender, language=Language.ZH, now=NOON)
            raise ZeroDivisionError

    async with transactions.look() as work:
        assert await work.people.by_telegram(TelegramId(5_001), now=NOON) is None


@pytest.mark.postgres
async def test_nul_is_refused_by_postgresql(postgres_url: str) -> None:
    """Why the intake takes NUL out of what people send: here it would be an error for ever."""
    engine = open_engine(postgres_url)
    with pytest.raises(DBAPIError, match="0x00"):
        await newcomer(Transactions(engine), 5_001, "a\x00b")
    await close_engine(engine)


async def test_row_with_an_unknown_person_is_refused(transactions: Transactions) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        async with transactions.begin() as work:
            await work.roles.grant(PersonId(77), Role.MEMBER, by=None, now=NOON, until=None)


async def test_look_sees_one_moment_however_long_it_takes(
    transactions: Transactions, replica: Transactions
) -> None:
    person = await newcomer(transactions)
    async with transactions.look() as work:
        before = await work.people.by_id(person.id, now=NOON)
        async with replica.begin() as other:
            await other.people.change(person.id, cohort=2027)
        again = await work.people.by_id(person.id, now=NOON)

    assert again == before == person


@pytest.mark.postgres
async def test_look_cannot_write(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with pytest.raises(StorageUnavailable, match="read_only"):
        async with Transactions(engine).look() as work:
            await work._connection.execute(text("DELETE FROM people"))
    await close_engine(engine)


async def _role(transactions: Transactions, person: Person, days: int) -> Role:
    async with transactions.look() as work:
        kept = await work.people.by_id(person.id, now=NOON + timedelta(days=days))
    assert kept is not None
    return kept.role
