"""Who may do what, and until when: invitations, terms, the first admin, and the audit log."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from branch.people.errors import (
    ClaimClosed,
    GrantEnded,
    InvitationExpired,
    InvitationUnknown,
    InvitationUsed,
    LastAdmin,
    NotAllowed,
)
from branch.people.model import (
    AuditRecord,
    Deed,
    Grant,
    GrantId,
    Invitation,
    KeptInvitation,
    Person,
    Role,
    TelegramId,
)
from branch.people.ports import Begin, PeopleWork

TOKEN_BYTES = 16
AUDIT_PAGE = 10


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class RoleBook:
    """Every grant and end of a role, each in one transaction with its audit record."""

    def __init__(
        self, begin: Begin, look: Begin, *, admin_ids: frozenset[TelegramId] = frozenset()
    ) -> None:
        self._begin = begin
        self._look = look
        self._admin_ids = admin_ids
        self._claim_code: str | None = None

    async def invite(
        self,
        by: Person,
        role: Role,
        *,
        valid_for: timedelta,
        term_until: datetime | None,
        now: datetime,
    ) -> Invitation:
        """Make a one-time link's token. Raises NotAllowed."""
        invitation = Invitation(
            token=secrets.token_urlsafe(TOKEN_BYTES),
            role=role,
            expires_at=now + valid_for,
            term_until=term_until,
        )
        async with self._begin() as work:
            await work.roles.lock()
            await self._demand(work, by, role, now)
            token_hash = hash_of(invitation.token)
            await work.roles.add_invitation(invitation, token_hash, by=by.id, now=now)
            await work.audit.add(
                AuditRecord(at=now, actor=by.id, deed=Deed.INVITED, details={"role": role})
            )
        return invitation

    async def accept(self, token: str, person: Person, *, now: datetime) -> KeptInvitation:
        """Give `person` the invitation's role; the same person's second tap changes nothing.

        Raises InvitationUnknown, InvitationUsed, InvitationExpired.
        """
        async with self._begin() as work:
            await work.roles.lock()
            invitation = await work.roles.invitation(hash_of(token))
            if invitation is None:
                raise InvitationUnknown
            if invitation.used_by == person.id:
                return invitation
            if invitation.used_at is not None:
                raise InvitationUsed
            if invitation.expires_at <= now:
                raise InvitationExpired(invitation.expires_at)
            await work.roles.use_invitation(invitation.id, by=person.id, now=now)
            await work.roles.grant(
                person.id,
                invitation.role,
                by=invitation.created_by,
                now=now,
                until=invitation.term_until,
            )
            await work.audit.add(
                AuditRecord(
                    at=now,
                    actor=person.id,
                    deed=Deed.INVITATION_USED,
                    about=person.id,
                    details={"role": invitation.role, "invitation": invitation.id},
                )
            )
            return invitation

    async def holders(self, by: Person, *, now: datetime) -> Sequence[Grant]:
        """All roles in force, highest first. Raises NotAllowed."""
        async with self._look() as work:
            await self._demand(work, by, Role.MEMBER, now)
            grants = await work.roles.active(now=now)
        return sorted(grants, key=lambda grant: (-grant.role.rank, grant.granted_at))

    async def end(self, by: Person, grant_id: GrantId, *, now: datetime) -> Grant:
        """Take a role back. Raises NotAllowed, GrantEnded, LastAdmin."""
        async with self._begin() as work:
            await work.roles.lock()
            active = await work.roles.active(now=now)
            grant = next((grant for grant in active if grant.id == grant_id), None)
            if grant is None:
                raise GrantEnded
            await self._demand(work, by, grant.role, now)
            admins = [other for other in active if other.role is Role.ADMIN]
            if grant.role is Role.ADMIN and len(admins) == 1 and not self._admin_ids:
                raise LastAdmin
            await work.roles.end(grant_id, by=by.id, now=now)
            await work.audit.add(
                AuditRecord(
                    at=now,
                    actor=by.id,
                    deed=Deed.ROLE_ENDED,
                    about=grant.person_id,
                    details={"role": grant.role},
                )
            )
            return grant

    async def has_admin(self, *, now: datetime) -> bool:
        if self._admin_ids:
            return True
        async with self._look() as work:
            return any(grant.role is Role.ADMIN for grant in await work.roles.active(now=now))

    async def open_claim(self, *, now: datetime) -> str | None:
        """A code with which the first admin claims the bot; None if there is one already.

        It is good once, and until this process ends: the next start prints another.
        """
        if self._claim_code is None and not await self.has_admin(now=now):
            self._claim_code = secrets.token_urlsafe(TOKEN_BYTES)
        return self._claim_code

    async def claim_admin(self, code: str, person: Person, *, now: datetime) -> None:
        """Make the first admin. Raises ClaimClosed once there is one (who claims again is fine)."""
        async with self._begin() as work:
            await work.roles.lock()
            admins = [g for g in await work.roles.active(now=now) if g.role is Role.ADMIN]
            if any(grant.person_id == person.id for grant in admins):
                return
            if admins or not self._opens_claim(code):
                raise ClaimClosed
            await work.roles.grant(person.id, Role.ADMIN, by=None, now=now, until=None)
            await work.audit.add(
                AuditRecord(at=now, actor=person.id, deed=Deed.ADMIN_CLAIMED, about=person.id)
            )
        self._claim_code = None

    async def audit(
        self, by: Person, *, now: datetime, before: int | None = None
    ) -> Sequence[tuple[int, AuditRecord]]:
        """The newest records older than `before`, newest first. Raises NotAllowed."""
        async with self._look() as work:
            await self._demand(work, by, Role.MEMBER, now)
            return await work.audit.latest(limit=AUDIT_PAGE, before=before)

    def _opens_claim(self, code: str) -> bool:
        # as long as no code was given out, none is right: not even an empty one
        return self._claim_code is not None and secrets.compare_digest(
            code.encode(), self._claim_code.encode()
        )

    async def _demand(self, work: PeopleWork, by: Person, role: Role, now: datetime) -> None:
        """The role is read again here: a button, or a term, may be older than its end."""
        present = await work.people.by_id(by.id, now=now)
        if present is None or role not in present.role.may_invite:
            raise NotAllowed
