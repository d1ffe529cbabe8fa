"""Who is at the door, read in one statement: the same as the other repositories say."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from branch.people.model import Person, PersonId, Role, TelegramId
from branch.people.talks import Talk
from storage.work import Transactions
from tests.storage.newcomers import NOON, newcomer

ME = TelegramId(5_001)
A_DAY = timedelta(days=1)


def talk(name: str, minutes: int = 0) -> Talk:
    return Talk(
        telegram_id=ME,
        name=name,
        scene="scene",
        draft='{"a": 1}',
        prompt_id=77,
        opened_at=NOON + timedelta(minutes=minutes),
        version=1,
    )


async def test_stranger_is_nobody_with_nothing(transactions: Transactions) -> None:
    await newcomer(transactions, 5_002)

    assert await _visit(transactions) == (None, [])


async def test_stranger_may_be_in_the_middle_of_something(transactions: Transactions) -> None:
    await _open(transactions, talk("welcome"))

    assert await _visit(transactions) == (None, [talk("welcome")])


async def test_person_without_role_or_talk_is_themselves(transactions: Transactions) -> None:
    person = await newcomer(transactions, ME)

    assert await _visit(transactions) == (person, [])


async def test_several_roles_and_talks_do_not_multiply(transactions: Transactions) -> None:
    person = await newcomer(transactions, ME)
    await _grant(transactions, person.id, Role.MEMBER, Role.SECRETARY, Role.MEMBER)
    for each in (talk("late", 5), talk("early"), talk("middle", 1)):
        await _open(transactions, each)

    visitor, talks = await _visit(transactions)

    assert visitor is not None
    assert visitor.role is Role.SECRETARY
    assert talks == [talk("early"), talk("middle", 1), talk("late", 5)]


async def test_roles_that_ran_out_or_were_ended_do_not_count(transactions: Transactions) -> None:
    person = await newcomer(transactions, ME)
    await _grant(transactions, person.id, Role.SECRETARY, until_days=1)
    await _grant(transactions, person.id, Role.ADMIN)
    async with transactions.begin() as work:
        admin = (await work.roles.active(now=NOON))[1]
        await work.roles.end(admin.id, by=person.id, now=NOON)

    assert await _role(transactions, 0) is Role.SECRETARY
    assert await _role(transactions, 1) is Role.STUDENT


async def test_ids_of_the_settings_are_admins_without_a_grant(engine: AsyncEngine) -> None:
    transactions = Transactions(engine, admin_ids=frozenset({ME}))
    await newcomer(transactions, ME)
    other = await newcomer(transactions, 5_002)

    assert await _role(transactions, 0) is Role.ADMIN
    assert other.role is Role.STUDENT


@pytest.mark.parametrize("roles", [(), (Role.MEMBER,), (Role.ADMIN, Role.MEMBER)])
async def test_visitor_is_who_the_register_says(
    transactions: Transactions, roles: tuple[Role, ...]
) -> None:
    person = await newcomer(transactions, ME)
    await _grant(transactions, person.id, *roles)
    async with transactions.look() as work:
        registered = await work.people.by_telegram(ME, now=NOON)

    assert (await _visit(transactions))[0] == registered


async def _visit(transactions: Transactions, days: int = 0) -> tuple[Person | None, Sequence[Talk]]:
    async with transactions.look() as work:
        return await work.visits.of(ME, now=NOON + days * A_DAY)


async def _role(transactions: Transactions, days: int) -> Role:
    visitor, _ = await _visit(transactions, days)
    assert visitor is not None
    return visitor.role


async def _open(transactions: Transactions, opened: Talk) -> None:
    async with transactions.begin() as work:
        new = Talk(
            telegram_id=opened.telegram_id,
            name=opened.name,
            scene=opened.scene,
            draft=opened.draft,
            prompt_id=opened.prompt_id,
            opened_at=opened.opened_at,
        )
        await work.talks.save(new)


async def _grant(
    transactions: Transactions, person_id: PersonId, *roles: Role, until_days: int | None = None
) -> None:
    until = None if until_days is None else NOON + until_days * A_DAY
    async with transactions.begin() as work:
        for role in roles:
            await work.roles.grant(person_id, role, by=None, now=NOON, until=until)
