"""The rows of roles and invitations."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from branch.people.model import Grant, Invitation, KeptInvitation, Role
from storage.work import Transactions
from tests.storage.newcomers import NOON, newcomer

A_DAY = timedelta(days=1)
INVITATION = Invitation(
    token="never stored", role=Role.MEMBER, expires_at=NOON + A_DAY, term_until=NOON + 9 * A_DAY
)


async def test_active_roles_are_those_not_ended_and_not_run_out(transactions: Transactions) -> None:
    holder = await newcomer(transactions, name="赵党员")
    async with transactions.begin() as work:
        for role, until in (
            (Role.MEMBER, None),
            (Role.SECRETARY, NOON + A_DAY),
            (Role.ADMIN, NOON),
        ):
            await work.roles.grant(holder.id, role, by=holder.id, now=NOON, until=until)
        member, secretary = await work.roles.active(now=NOON)
        await work.roles.end(member.id, by=holder.id, now=NOON)
        left = await work.roles.active(now=NOON)
        tomorrow = await work.roles.active(now=NOON + A_DAY)

    assert secretary == Grant(
        id=secretary.id,
        person_id=holder.id,
        name="赵党员",
        role=Role.SECRETARY,
        granted_at=NOON,
        until=NOON + A_DAY,
    )
    assert (left, tomorrow) == ([secretary], [])


async def test_invitation_is_kept_without_its_token(transactions: Transactions) -> None:
    maker = await newcomer(transactions)
    async with transactions.begin() as work:
        await work.roles.add_invitation(INVITATION, "hash", by=maker.id, now=NOON)
        kept = await work.roles.invitation("hash")
        exported = await work.people.everything_about(maker)

    assert kept == KeptInvitation(
        id=1,
        role=Role.MEMBER,
        expires_at=NOON + A_DAY,
        term_until=NOON + 9 * A_DAY,
        used_at=None,
        used_by=None,
        created_by=maker.id,
    )
    assert INVITATION.token not in str(exported)


async def test_unknown_hash_is_no_invitation(transactions: Transactions) -> None:
    async with transactions.look() as work:
        assert await work.roles.invitation("hash") is None


async def test_used_invitation_stays_with_the_one_who_used_it(transactions: Transactions) -> None:
    first = await newcomer(transactions, 5_001)
    second = await newcomer(transactions, 5_002)
    async with transactions.begin() as work:
        await work.roles.add_invitation(INVITATION, "hash", by=first.id, now=NOON)
        await work.roles.use_invitation(1, by=first.id, now=NOON)
        await work.roles.use_invitation(1, by=second.id, now=NOON + A_DAY)
        kept = await work.roles.invitation("hash")

    assert kept is not None
    assert (kept.used_by, kept.used_at) == (first.id, NOON)


async def test_two_invitations_cannot_share_a_hash(transactions: Transactions) -> None:
    maker = await newcomer(transactions)

    with pytest.raises(DBAPIError, match=r"(?i)unique"):  # noqa: PT012 -- the fault may come at the end
        async with transactions.begin() as work:
            for _ in range(2):
                await work.roles.add_invitation(INVITATION, "hash", by=maker.id, now=NOON)


async def test_invitation_outlives_its_maker(transactions: Transactions) -> None:
    maker = await newcomer(transactions)
    async with transactions.begin() as work:
        await work.roles.add_invitation(INVITATION, "hash", by=maker.id, now=NOON)
        await work.roles.use_invitation(1, by=maker.id, now=NOON)
        await work.people.forget(maker)
        kept = await work.roles.invitation("hash")

    assert kept is not None
    assert (kept.created_by, kept.used_by, kept.used_at) == (None, None, NOON)
