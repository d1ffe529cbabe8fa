"""A ticket, its states and the moves between them; nothing here touches a database."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from branch.people.model import PersonId
from branch.tickets.errors import TicketOver, TicketTaken
from texts.telegram_html import units

TicketId = NewType("TicketId", int)

LONGEST_QUESTION: Final = 1000
LONGEST_ANSWER: Final = 2500
HELD_FOR: Final = timedelta(hours=24)
"""A ticket that a member took and let lie may be taken by another after this."""


class TicketState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    CLOSED = "closed"


WAITING: Final = (TicketState.OPEN, TicketState.CLAIMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """`member` has it in hand, or has answered it; `version` counts the writes."""

    id: TicketId
    asker: PersonId
    question: str
    asked_at: datetime
    state: TicketState = TicketState.OPEN
    member: PersonId | None = None
    member_name: str | None = None
    claimed_at: datetime | None = None
    answer: str | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 1

    @property
    def waits(self) -> bool:
        return self.state in WAITING

    def claimed_by(self, member: PersonId, *, now: datetime) -> "Ticket":
        """Raises TicketTaken while another member has it, TicketOver once it is done."""
        self._demand_waiting()
        if self.member == member and self.state is TicketState.CLAIMED:
            return self
        if self._is_held(now):
            raise TicketTaken(self.member_name)
        return replace(self, state=TicketState.CLAIMED, member=member, claimed_at=now)

    def put_back_by(self, member: PersonId) -> "Ticket":
        """Open again; as it is, where the member does not have it any more."""
        if self.state is not TicketState.CLAIMED or self.member != member:
            return self
        return replace(self, state=TicketState.OPEN, member=None, claimed_at=None)

    def answered_by(self, member: PersonId, answer: str, *, now: datetime) -> "Ticket":
        """Raises TicketTaken where somebody else has it, TicketOver where it is done."""
        claimed = self.claimed_by(member, now=now)
        return replace(claimed, state=TicketState.ANSWERED, answer=answer, answered_at=now)

    def closed(self, *, now: datetime) -> "Ticket":
        """As it is, where it is closed already."""
        if self.state is TicketState.CLOSED:
            return self
        return replace(self, state=TicketState.CLOSED, closed_at=now)

    def _is_held(self, now: datetime) -> bool:
        taken = self.state is TicketState.CLAIMED and self.member is not None
        return taken and self.claimed_at is not None and now - self.claimed_at < HELD_FOR

    def _demand_waiting(self) -> None:
        if not self.waits:
            raise TicketOver


def fits(text: str, longest: int) -> bool:
    """Whether it leaves room for the rest of the message that will carry it."""
    return 0 < units(text) <= longest
