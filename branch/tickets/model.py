"""A ticket, its states and the moves between them; nothing here touches a database."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from msgspec import Struct
from msgspec.structs import replace

from branch.people.model import PersonId
from branch.tickets.errors import NothingToJudge, TicketOver, TicketTaken

TicketId = NewType("TicketId", int)
Pseudonym = NewType("Pseudonym", int)
"""Says nothing about who it is; `branch/tickets/pseudonyms.py` gives it a name."""

HELD_FOR: Final = timedelta(hours=24)
"""A ticket that a member took and let lie may be taken by another after this."""
BEST, WORST = 5, 1


class TicketState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    CLOSED = "closed"


WAITING: Final = (TicketState.OPEN, TicketState.CLAIMED)


class Subject(StrEnum):
    """What a ticket is about, as members share the work."""

    CHOOSING = "choosing"
    REGISTRATION = "registration"
    PREPARING = "preparing"
    EXAM = "exam"
    RE_EXAM = "re_exam"
    ADJUSTMENT = "adjustment"
    RECOMMENDATION = "recommendation"
    OTHER = "other"


class Gist(Struct, frozen=True):
    """A ticket and the beginning of what it asks, as plain text."""

    ticket: TicketId
    text: str


class ClosedBy(StrEnum):
    ASKER = "asker"
    MEMBER = "member"
    SILENCE = "silence"


class Rating(Struct, frozen=True):
    """What an answer was worth to who asked: 1 to 5, and why."""

    stars: int
    reason: str | None
    at: datetime

    def __post_init__(self) -> None:
        if not WORST <= self.stars <= BEST:
            raise ValueError(self.stars)


class Ticket(Struct, frozen=True, kw_only=True):
    """`asker` is None for an anonymous one, and `pseudonym` for a named one.

    `member` has it in hand, or has answered it. `gist` is the beginning of the question, as plain
    text. By `promised_at` an answer is expected. `version` counts the writes.
    """

    id: TicketId
    asker: PersonId | None
    asker_name: str | None = None
    pseudonym: Pseudonym | None = None
    intake: int | None = None
    subject: Subject | None = None
    gist: str
    asked_at: datetime
    promised_at: datetime
    state: TicketState = TicketState.OPEN
    urgent: bool = False
    tags: tuple[str, ...] = ()
    member: PersonId | None = None
    member_name: str | None = None
    claimed_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: ClosedBy | None = None
    snoozed_until: datetime | None = None
    rating: Rating | None = None
    version: int = 1

    @property
    def anonymous(self) -> bool:
        return self.asker is None

    @property
    def waits(self) -> bool:
        return self.state in WAITING

    def sleeps(self, now: datetime) -> bool:
        """Whether it was put aside until later."""
        return self.waits and self.snoozed_until is not None and now < self.snoozed_until

    def overdue(self, now: datetime) -> bool:
        return self.waits and self.promised_at < now and not self.sleeps(now)

    def claimed_by(self, member: PersonId, *, now: datetime) -> "Ticket":
        """Raises TicketTaken while another member has it, TicketOver once it is done."""
        self._demand_waiting()
        if self.member == member and self.state is TicketState.CLAIMED:
            return self
        if self._is_held(now):
            raise TicketTaken(self.member_name)
        return replace(
            self, state=TicketState.CLAIMED, member=member, claimed_at=now, snoozed_until=None
        )

    def put_back_by(self, member: PersonId) -> "Ticket":
        """Open again; as it is, where the member does not have it any more."""
        if self.state is not TicketState.CLAIMED or self.member != member:
            return self
        return self.released()

    def released(self) -> "Ticket":
        """Nobody's any more, because who had it has left; as it is, where nobody had it."""
        if self.state is not TicketState.CLAIMED:
            return self
        return replace(self, state=TicketState.OPEN, member=None, member_name=None, claimed_at=None)

    def transferred_by(self, member: PersonId, to: PersonId, *, now: datetime) -> "Ticket":
        """From who has it, or from nobody, to another. Raises TicketTaken, TicketOver."""
        if self.state is TicketState.CLAIMED and self.member == to:
            return self
        claimed = self.claimed_by(member, now=now)
        return replace(claimed, member=to, member_name=None, claimed_at=now, snoozed_until=None)

    def answered_by(self, member: PersonId, *, now: datetime) -> "Ticket":
        """Answered, or answered further by the same member.

        Raises TicketTaken where somebody else has it, TicketOver where it is done.
        """
        if self.state is TicketState.ANSWERED and self.member == member:
            return replace(self, answered_at=now)
        claimed = self.claimed_by(member, now=now)
        return replace(claimed, state=TicketState.ANSWERED, answered_at=now, snoozed_until=None)

    def snoozed_by(self, member: PersonId, *, until: datetime, now: datetime) -> "Ticket":
        """Out of the lists until then. Raises TicketTaken, TicketOver."""
        self._demand_waiting()
        if self.member != member and self._is_held(now):
            raise TicketTaken(self.member_name)
        return replace(self, snoozed_until=until)

    def woken(self) -> "Ticket":
        return self if self.snoozed_until is None else replace(self, snoozed_until=None)

    def added_to(self, *, now: datetime, promised_at: datetime) -> "Ticket":
        """Who asked has said more: what was done waits anew, with who answered it."""
        if self.waits:
            return self.woken()
        return self.reopened(now=now, promised_at=promised_at)

    def reopened(
        self, *, now: datetime, promised_at: datetime, by: PersonId | None = None
    ) -> "Ticket":
        """With the member who reopens it, or who had it; as it is, where it waits already."""
        if self.waits:
            return self
        member = self.member if by is None else by
        return replace(
            self,
            state=TicketState.OPEN if member is None else TicketState.CLAIMED,
            member=member,
            claimed_at=None if member is None else now,
            promised_at=promised_at,
            closed_at=None,
            closed_by=None,
        )

    def closed(self, by: ClosedBy, *, now: datetime) -> "Ticket":
        """As it is, where it is closed already."""
        if self.state is TicketState.CLOSED:
            return self
        return replace(
            self, state=TicketState.CLOSED, closed_at=now, closed_by=by, snoozed_until=None
        )

    def rated(self, stars: int, reason: str | None, *, now: datetime) -> "Ticket":
        """Judged, and so done with; the last word counts. Raises NothingToJudge."""
        if self.answered_at is None or self.waits:
            raise NothingToJudge
        if self.rating and (self.rating.stars, self.rating.reason) == (stars, reason):
            return self
        judged = replace(self, rating=Rating(stars, reason, now))
        return judged.closed(ClosedBy.ASKER, now=now)

    def marked(
        self,
        *,
        urgent: bool | None = None,
        tags: tuple[str, ...] | None = None,
        subject: Subject | None = None,
    ) -> "Ticket":
        """With another urgency, other tags, another subject; as it is, where nothing differs."""
        marked = replace(
            self,
            urgent=self.urgent if urgent is None else urgent,
            tags=self.tags if tags is None else tags,
            subject=self.subject if subject is None else subject,
        )
        return self if marked == self else marked

    def _is_held(self, now: datetime) -> bool:
        taken = self.state is TicketState.CLAIMED and self.member is not None
        return taken and self.claimed_at is not None and now - self.claimed_at < HELD_FOR

    def _demand_waiting(self) -> None:
        if not self.waits:
            raise TicketOver
