"""Who somebody is to the branch: a person, a role with its term, an invitation, an audit record."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NewType

from msgspec import Struct

from texts.language import Language

PersonId = NewType("PersonId", int)
TelegramId = NewType("TelegramId", int)
GrantId = NewType("GrantId", int)

CONSENT_VERSION = 3
"""Raised when what we keep changes, so that people are asked again."""


class Role(StrEnum):
    STUDENT = "student"
    MEMBER = "member"
    SECRETARY = "secretary"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        return list(Role).index(self)

    def covers(self, other: "Role") -> bool:
        """Whether everything `other` may do, this role may do as well."""
        return self.rank >= other.rank

    @property
    def may_invite(self) -> tuple["Role", ...]:
        """The roles that a holder of this one may give, and take back."""
        match self:
            case Role.ADMIN:
                return (Role.MEMBER, Role.SECRETARY, Role.ADMIN)
            case Role.SECRETARY:
                return (Role.MEMBER,)
            case _:
                return ()


class Sender(Struct, frozen=True, kw_only=True):
    """Who an update comes from, as Telegram names them; perhaps nobody we know."""

    telegram_id: TelegramId
    name: str
    language_code: str | None = None


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who has agreed that we keep something about them."""

    id: PersonId
    telegram_id: TelegramId
    name: str
    language: Language
    role: Role
    cohort: int | None = None
    intake: int | None = None
    class_name: str | None = None
    consented_at: datetime
    consent_version: int = CONSENT_VERSION
    unreachable_since: datetime | None = None


class Grant(Struct, frozen=True, kw_only=True):
    """A role somebody holds, from when and until when (None: until it is taken back)."""

    id: GrantId
    person_id: PersonId
    name: str
    role: Role
    granted_at: datetime
    until: datetime | None


class Invitation(Struct, frozen=True, kw_only=True):
    """A link that makes one person a holder of `role`, once, before `expires_at`.

    `token` is known only at the moment of making; what is kept is its hash.
    """

    token: str
    role: Role
    expires_at: datetime
    term_until: datetime | None


class KeptInvitation(Struct, frozen=True, kw_only=True):
    """An invitation as it is kept: without the token, with what became of it."""

    id: int
    role: Role
    expires_at: datetime
    term_until: datetime | None
    used_at: datetime | None
    used_by: PersonId | None
    created_by: PersonId | None


class Deed(StrEnum):
    """What the audit log knows; nothing else can be written there."""

    JOINED = "joined"
    FORGOTTEN = "forgotten"
    EXPORTED = "exported"
    INVITED = "invited"
    INVITATION_USED = "invitation_used"
    ADMIN_CLAIMED = "admin_claimed"
    ROLE_GRANTED = "role_granted"
    ROLE_ENDED = "role_ended"
    ENTRY_ADDED = "entry_added"
    ENTRY_EDITED = "entry_edited"
    ENTRY_CHECKED = "entry_checked"
    ENTRY_RETIRED = "entry_retired"
    ENTRY_RESTORED = "entry_restored"
    ENTRIES_IMPORTED = "entries_imported"
    DATE_CHANGED = "date_changed"
    DATE_UNDONE = "date_undone"
    DESK_BOUND = "desk_bound"
    DESK_UNBOUND = "desk_unbound"
    ASKER_MUTED = "asker_muted"
    ASKER_UNMUTED = "asker_unmuted"
    REVEAL_ASKED = "reveal_asked"
    REVEALED = "revealed"
    REVEAL_REFUSED = "reveal_refused"
    NOTICE_SENT = "notice_sent"
    NOTICE_APPROVED = "notice_approved"
    NOTICE_REFUSED = "notice_refused"
    NOTICE_CANCELLED = "notice_cancelled"
    NOTICE_CORRECTED = "notice_corrected"
    NOTICE_RECALLED = "notice_recalled"
    THEME_DAY_PLANNED = "theme_day_planned"
    THEME_DAY_CHANGED = "theme_day_changed"
    THEME_DAY_CANCELLED = "theme_day_cancelled"
    SERIES_BEGUN = "series_begun"
    SERIES_CHANGED = "series_changed"
    SERIES_ENDED = "series_ended"
    ATTENDANCE_MARKED = "attendance_marked"
    ATTENDANCE_UNMARKED = "attendance_unmarked"
    MINUTES_WRITTEN = "minutes_written"
    ACHIEVEMENT_CONFIRMED = "achievement_confirmed"
    ACHIEVEMENT_REFUSED = "achievement_refused"
    ACHIEVEMENTS_IMPORTED = "achievements_imported"
    CALL_OPENED = "call_opened"
    CALL_CHANGED = "call_changed"
    CALL_CLOSED = "call_closed"
    REVIEW_STARTED = "review_started"
    PAPERS_RELEASED = "papers_released"
    ROSTER_IMPORTED = "roster_imported"
    ROSTER_CLAIM_SETTLED = "roster_claim_settled"
    OUTCOME_VERIFIED = "outcome_verified"
    OUTCOME_REFUSED = "outcome_refused"
    OUTCOMES_IMPORTED = "outcomes_imported"
    OUTCOMES_FROZEN = "outcomes_frozen"


class AuditRecord(Struct, frozen=True, kw_only=True):
    """One thing done with power. Holds ids, never names: so somebody can be forgotten."""

    at: datetime
    actor: PersonId | None
    deed: Deed
    about: PersonId | None = None
    details: Mapping[str, str | int] | None = None
