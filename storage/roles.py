"""The rows of roles and invitations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import Grant, GrantId, Invitation, KeptInvitation, PersonId, Role
from storage.tables import INVITATIONS, PEOPLE, ROLE_GRANTS

_ROLES_CHANGE = 7_103_946_282  # beside the number in storage.migrate


class SqlRoles:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self) -> None:
        """Until this transaction ends, no other that asks the same changes roles."""
        if self._connection.dialect.name == "postgresql":
            # SQLite has one writer at a time anyway. Not the table's own lock: deleting a person
            # needs the table after the person, giving a role the person after the table
            await self._connection.execute(
                text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ROLES_CHANGE}
            )

    async def grant(
        self,
        person_id: PersonId,
        role: Role,
        *,
        by: PersonId | None,
        now: datetime,
        until: datetime | None,
    ) -> None:
        await self._connection.execute(
            insert(ROLE_GRANTS).values(
                person_id=person_id, role=role, granted_by=by, granted_at=now, until=until
            )
        )

    async def active(self, *, now: datetime) -> Sequence[Grant]:
        rows = await self._connection.execute(
            select(ROLE_GRANTS, PEOPLE.c.name)
            .join(PEOPLE, PEOPLE.c.id == ROLE_GRANTS.c.person_id)
            .where(ROLE_GRANTS.c.ended_at.is_(None))
            .where(or_(ROLE_GRANTS.c.until.is_(None), ROLE_GRANTS.c.until > now))
            .order_by(ROLE_GRANTS.c.id)
        )
        return [_grant(row) for row in rows]

    async def end(self, grant_id: GrantId, *, by: PersonId, now: datetime) -> None:
        await self._connection.execute(
            update(ROLE_GRANTS)
            .where(ROLE_GRANTS.c.id == grant_id, ROLE_GRANTS.c.ended_at.is_(None))
            .values(ended_at=now, ended_by=by)
        )

    async def add_invitation(
        self, invitation: Invitation, token_hash: str, *, by: PersonId, now: datetime
    ) -> None:
        await self._connection.execute(
            insert(INVITATIONS).values(
                token_hash=token_hash,
                role=invitation.role,
                created_by=by,
                created_at=now,
                expires_at=invitation.expires_at,
                term_until=invitation.term_until,
            )
        )

    async def invitation(self, token_hash: str) -> KeptInvitation | None:
        row = (
            await self._connection.execute(
                select(INVITATIONS).where(INVITATIONS.c.token_hash == token_hash)
            )
        ).one_or_none()
        return None if row is None else _invitation(row)

    async def use_invitation(self, invitation_id: int, *, by: PersonId, now: datetime) -> None:
        """Note who used it; an invitation that was used before stays with the one who did."""
        await self._connection.execute(
            update(INVITATIONS)
            .where(INVITATIONS.c.id == invitation_id, INVITATIONS.c.used_at.is_(None))
            .values(used_at=now, used_by=by)
        )


def _grant(row: Any) -> Grant:
    return Grant(
        id=GrantId(row.id),
        person_id=PersonId(row.person_id),
        name=row.name,
        role=Role(row.role),
        granted_at=row.granted_at,
        until=row.until,
    )


def _invitation(row: Any) -> KeptInvitation:
    return KeptInvitation(
        id=row.id,
        role=Role(row.role),
        expires_at=row.expires_at,
        term_until=row.term_until,
        used_at=row.used_at,
        used_by=row.used_by,
        created_by=row.created_by,
    )
