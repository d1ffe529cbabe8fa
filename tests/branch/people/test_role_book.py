"""The role book: who may give and take which role, and that everything happens once."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from branch.people.errors import (
    ClaimClosed,
    GrantEnded,
    InvitationExpired,
    InvitationUnknown,
    InvitationUsed,
    LastAdmin,
    NotAllowed,
)
from branch.people.model import Deed, Grant, Person, Role, Sender, TelegramId
from branch.people.register import Register
from branch.people.role_book import AUDIT_PAGE, RoleBook
from storage.work import Transactions
from texts.language import Language

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)
GIVEN_BY = {
    Role.STUDENT: set[Role](),
    Role.MEMBER: set[Role](),
    Role.SECRETARY: {Role.MEMBER},
    Role.ADMIN: {Role.MEMBER, Role.SECRETARY, Role.ADMIN},
}


async def person(
    register: Register,
    transactions: Transactions,
    telegram_id: int,
    *roles: Role,
    until: datetime | None = None,
) -> Person:
    """Somebody who has joined and holds the roles."""
    sender = Sender(telegram_id=TelegramId(telegram_id), name=f"{telegram_id}号")
    joined = await register.join(sender, language=Language.ZH, now=NOON)
    async with transactions.begin() as work:
        for role in roles:
            await work.roles.grant(joined.id, role, by=None, now=NOON, until=until)
    return await register.as_kept(joined, now=NOON)


@pytest.fixture
async def admin(register: Register, transactions: Transactions) -> Person:
    return await person(register, transactions, 1, Role.ADMIN)


@pytest.fixture
async def student(register: Register, transactions: Transactions) -> Person:
    return await person(register, transactions, 2)


async def invite(book: RoleBook, by: Person, role: Role = Role.MEMBER, days: int = 3) -> str:
    """An invitation's token; the term it gives ends after nine days."""
    made = await book.invite(
        by, role, valid_for=days * A_DAY, term_until=NOON + 9 * A_DAY, now=NOON
    )
    return made.token


async def grants(transactions: Transactions, now: datetime = NOON) -> list[Grant]:
    async with transactions.look() as work:
        return list(await work.roles.active(now=now))


async def role_of(register: Register, who: Person, now: datetime = NOON) -> Role:
    return (await register.as_kept(who, now=now)).role


@pytest.mark.parametrize(("by", "role"), list(product(Role, Role)))
async def test_role_may_be_given_by(
    book: RoleBook, register: Register, transactions: Transactions, by: Role, role: Role
) -> None:
    inviter = await person(register, transactions, 1, *([] if by is Role.STUDENT else [by]))
    if role in GIVEN_BY[by]:
        assert await invite(book, inviter, role) != ""
    else:
        with pytest.raises(NotAllowed):
            await invite(book, inviter, role)


@pytest.mark.parametrize(("by", "role"), list(product(Role, list(Role)[1:])))
async def test_role_may_be_taken_back_by(
    book: RoleBook, register: Register, transactions: Transactions, by: Role, role: Role
) -> None:
    await person(register, transactions, 9, Role.ADMIN)
    ender = await person(register, transactions, 1, *([] if by is Role.STUDENT else [by]))
    holder = await person(register, transactions, 2, role)
    [grant] = [each for each in await grants(transactions) if each.person_id == holder.id]

    if role in GIVEN_BY[by]:
        assert await book.end(ender, grant.id, now=NOON) == grant
        assert await role_of(register, holder) is Role.STUDENT
    else:
        with pytest.raises(NotAllowed):
            await book.end(ender, grant.id, now=NOON)
        assert await role_of(register, holder) is role


async def test_invitation_gives_its_role_until_the_end_of_the_term(
    book: RoleBook, register: Register, admin: Person, student: Person
) -> None:
    kept = await book.accept(await invite(book, admin), student, now=NOON)
    last_moment = NOON + 9 * A_DAY - timedelta(microseconds=1)

    assert (kept.role, kept.created_by, kept.term_until) == (
        Role.MEMBER,
        admin.id,
        NOON + 9 * A_DAY,
    )
    assert await role_of(register, student) is Role.MEMBER
    assert await role_of(register, student, last_moment) is Role.MEMBER
    assert await role_of(register, student, NOON + 9 * A_DAY) is Role.STUDENT


async def test_second_tap_of_the_same_person_changes_nothing(
    book: RoleBook, transactions: Transactions, admin: Person, student: Person
) -> None:
    token = await invite(book, admin)
    await book.accept(token, student, now=NOON)
    before = await grants(transactions), await book.audit(admin, now=NOON)
    again = await book.accept(token, student, now=NOON + 99 * A_DAY)

    assert again.used_by == student.id
    assert (await grants(transactions), await book.audit(admin, now=NOON)) == before


async def test_invitation_used_by_another_is_used(
    book: RoleBook, register: Register, transactions: Transactions, admin: Person, student: Person
) -> None:
    token = await invite(book, admin)
    await book.accept(token, student, now=NOON)
    late = await person(register, transactions, 3)

    with pytest.raises(InvitationUsed):
        await book.accept(token, late, now=NOON)
    assert await role_of(register, late) is Role.STUDENT


async def test_invitation_of_somebody_who_left_after_using_it_stays_used(
    book: RoleBook, register: Register, transactions: Transactions, admin: Person, student: Person
) -> None:
    token = await invite(book, admin)
    await book.accept(token, student, now=NOON)
    await register.forget(student, now=NOON)

    with pytest.raises(InvitationUsed):
        await book.accept(token, await person(register, transactions, 3), now=NOON)


async def test_invitation_runs_out_at_its_moment(
    book: RoleBook, register: Register, admin: Person, student: Person
) -> None:
    token = await invite(book, admin, days=3)
    with pytest.raises(InvitationExpired) as expired:
        await book.accept(token, student, now=NOON + 3 * A_DAY)

    assert expired.value.expired_at == NOON + 3 * A_DAY
    assert await role_of(register, student) is Role.STUDENT
    await book.accept(token, student, now=NOON + 3 * A_DAY - timedelta(microseconds=1))
    assert await role_of(register, student) is Role.MEMBER


@pytest.mark.parametrize("token", ["", "made-up", "é" * 64, "' OR 1=1 --"])
async def test_made_up_token_is_unknown(
    book: RoleBook, admin: Person, student: Person, token: str
) -> None:
    await invite(book, admin)
    with pytest.raises(InvitationUnknown):
        await book.accept(token, student, now=NOON)


async def test_of_many_at_the_same_moment_one_gets_the_role(
    book: RoleBook,
    register: Register,
    transactions: Transactions,
    replica: Transactions,
    admin: Person,
) -> None:
    books = [book, RoleBook(replica.begin, replica.look)] * 3
    people = [await person(register, transactions, 10 + each) for each in range(6)]
    token = await invite(book, admin)
    async with asyncio.timeout(15):
        outcomes = await asyncio.gather(
            *(each.accept(token, who, now=NOON) for each, who in zip(books, people, strict=True)),
            return_exceptions=True,
        )

    members = [each for each in await grants(transactions) if each.role is Role.MEMBER]
    assert sorted(type(each).__name__ for each in outcomes) == [
        *["InvitationUsed"] * 5,
        "KeptInvitation",
    ]
    assert [each.person_id for each in members] == [
        who.id
        for who, each in zip(people, outcomes, strict=True)
        if not isinstance(each, BaseException)
    ]


async def test_double_tap_at_the_same_moment_gives_the_role_once(
    book: RoleBook,
    transactions: Transactions,
    replica: Transactions,
    admin: Person,
    student: Person,
) -> None:
    other = RoleBook(replica.begin, replica.look)
    token = await invite(book, admin)
    async with asyncio.timeout(15):
        await asyncio.gather(*(each.accept(token, student, now=NOON) for each in [book, other] * 2))

    assert [each.role for each in await grants(transactions)] == [Role.ADMIN, Role.MEMBER]


async def test_role_ended_before_or_run_out_cannot_be_ended(
    book: RoleBook, register: Register, transactions: Transactions, admin: Person
) -> None:
    await person(register, transactions, 2, Role.MEMBER)
    await person(register, transactions, 3, Role.MEMBER, until=NOON + A_DAY)
    _, ended, run_out = await grants(transactions)
    await book.end(admin, ended.id, now=NOON)

    for grant, now in ((ended, NOON), (run_out, NOON + A_DAY)):
        with pytest.raises(GrantEnded):
            await book.end(admin, grant.id, now=now)


async def test_last_admin_stays(
    book: RoleBook, register: Register, transactions: Transactions, admin: Person
) -> None:
    [only] = await grants(transactions)
    with pytest.raises(LastAdmin):
        await book.end(admin, only.id, now=NOON)

    await person(register, transactions, 3, Role.ADMIN)
    await book.end(admin, only.id, now=NOON)
    assert await role_of(register, admin) is Role.STUDENT


async def test_two_admins_who_end_each_other_at_once_leave_one(
    book: RoleBook,
    register: Register,
    transactions: Transactions,
    replica: Transactions,
    admin: Person,
) -> None:
    other = await person(register, transactions, 3, Role.ADMIN)
    first, second = await grants(transactions)
    beside = RoleBook(replica.begin, replica.look)
    async with asyncio.timeout(15):
        await asyncio.gather(
            book.end(admin, second.id, now=NOON),
            beside.end(other, first.id, now=NOON),
            return_exceptions=True,
        )

    assert [each.role for each in await grants(transactions)] == [Role.ADMIN]


async def test_admins_of_the_settings_make_the_last_grant_endable(
    engine: AsyncEngine, register: Register
) -> None:
    me = TelegramId(1)
    doors = Transactions(engine, admin_ids=frozenset({me}))
    book = RoleBook(doors.begin, doors.look, admin_ids=frozenset({me}))
    await person(register, doors, 2, Role.ADMIN)
    boss = await person(register, doors, me)
    [grant] = await grants(doors)

    assert await book.has_admin(now=NOON)
    assert await book.open_claim(now=NOON) is None
    await book.end(boss, grant.id, now=NOON)
    assert await grants(doors) == []


async def test_permission_is_read_again_in_the_transaction(
    book: RoleBook, register: Register, transactions: Transactions, admin: Person
) -> None:
    """The caller's picture of themselves is older than the end of their role."""
    secretary = await person(register, transactions, 3, Role.SECRETARY, until=NOON + A_DAY)
    await person(register, transactions, 4, Role.MEMBER)
    grant = (await grants(transactions))[2]
    assert secretary.role is Role.SECRETARY

    late = NOON + A_DAY
    for deed in (
        book.invite(secretary, Role.MEMBER, valid_for=A_DAY, term_until=None, now=late),
        book.end(secretary, grant.id, now=late),
        book.holders(secretary, now=late),
        book.audit(secretary, now=late),
    ):
        with pytest.raises(NotAllowed):
            await deed


async def test_somebody_forgotten_may_do_nothing(
    book: RoleBook, register: Register, admin: Person
) -> None:
    await register.forget(admin, now=NOON)

    with pytest.raises(NotAllowed):
        await invite(book, admin)


async def test_holders_are_listed_highest_first(
    book: RoleBook, register: Register, transactions: Transactions, admin: Person
) -> None:
    for number, role in enumerate((Role.MEMBER, Role.SECRETARY, Role.MEMBER), start=3):
        await person(register, transactions, number, role)

    assert [(each.name, each.role) for each in await book.holders(admin, now=NOON)] == [
        ("1号", Role.ADMIN),
        ("4号", Role.SECRETARY),
        ("3号", Role.MEMBER),
        ("5号", Role.MEMBER),
    ]


async def test_claim_makes_the_first_admin_once(
    book: RoleBook, register: Register, transactions: Transactions, student: Person
) -> None:
    code = await book.open_claim(now=NOON)
    assert code is not None
    assert await book.open_claim(now=NOON) == code
    await book.claim_admin(code, student, now=NOON)
    await book.claim_admin(code, student, now=NOON)

    assert await role_of(register, student) is Role.ADMIN
    assert [each.role for each in await grants(transactions)] == [Role.ADMIN]
    assert await book.has_admin(now=NOON)
    assert await book.open_claim(now=NOON) is None
    with pytest.raises(ClaimClosed):
        await book.claim_admin(code, await person(register, transactions, 3), now=NOON)


async def test_claimed_code_does_not_work_again_when_the_admin_is_gone(
    book: RoleBook, register: Register, transactions: Transactions, student: Person
) -> None:
    code = await book.open_claim(now=NOON)
    assert code is not None
    await book.claim_admin(code, student, now=NOON)
    await register.forget(student, now=NOON)

    with pytest.raises(ClaimClosed):
        await book.claim_admin(code, await person(register, transactions, 3), now=NOON)


@pytest.mark.parametrize("code", ["", "wrong", "é"])
@pytest.mark.parametrize("opened", [True, False])
async def test_wrong_code_claims_nothing(
    book: RoleBook, register: Register, student: Person, code: str, *, opened: bool
) -> None:
    if opened:
        await book.open_claim(now=NOON)

    with pytest.raises(ClaimClosed):
        await book.claim_admin(code, student, now=NOON)
    assert await role_of(register, student) is Role.STUDENT


async def test_claim_closes_when_an_admin_came_another_way(
    book: RoleBook, register: Register, transactions: Transactions, student: Person
) -> None:
    code = await book.open_claim(now=NOON)
    assert code is not None
    await person(register, transactions, 3, Role.ADMIN)

    with pytest.raises(ClaimClosed):
        await book.claim_admin(code, student, now=NOON)


async def test_of_two_claims_at_the_same_moment_one_wins(
    book: RoleBook, register: Register, transactions: Transactions
) -> None:
    people = [await person(register, transactions, number) for number in (1, 2, 3, 4)]
    code = await book.open_claim(now=NOON)
    assert code is not None
    async with asyncio.timeout(15):
        outcomes = await asyncio.gather(
            *(book.claim_admin(code, each, now=NOON) for each in people), return_exceptions=True
        )

    assert sorted(type(each).__name__ for each in outcomes) == [*["ClaimClosed"] * 3, "NoneType"]
    assert [each.role for each in await grants(transactions)] == [Role.ADMIN]


async def test_every_deed_is_in_the_audit_log(
    book: RoleBook, transactions: Transactions, student: Person, register: Register
) -> None:
    code = await book.open_claim(now=NOON)
    assert code is not None
    boss = await person(register, transactions, 1)
    await book.claim_admin(code, boss, now=NOON)
    await book.accept(await invite(book, boss), student, now=NOON)
    await book.end(boss, (await grants(transactions))[1].id, now=NOON)
    records = [record for _, record in await book.audit(boss, now=NOON)]

    assert [(each.deed, each.actor, each.about) for each in records] == [
        (Deed.ROLE_ENDED, boss.id, student.id),
        (Deed.INVITATION_USED, student.id, student.id),
        (Deed.INVITED, boss.id, None),
        (Deed.ADMIN_CLAIMED, boss.id, boss.id),
        (Deed.JOINED, boss.id, None),
        (Deed.JOINED, student.id, None),
    ]
    assert [each.details for each in records[:3]] == [
        {"role": "member"},
        {"role": "member", "invitation": 1},
        {"role": "member"},
    ]


async def test_audit_log_is_read_page_by_page(book: RoleBook, admin: Person) -> None:
    for _ in range(AUDIT_PAGE):
        await invite(book, admin)
    first = await book.audit(admin, now=NOON)
    second = await book.audit(admin, now=NOON, before=first[-1][0])

    assert len(first) == AUDIT_PAGE
    assert [record.deed for _, record in second] == [Deed.JOINED]
