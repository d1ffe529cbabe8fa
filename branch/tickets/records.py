"""What is kept about tickets beside them: moves, mutes, asked-for reveals, lists."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from msgspec import Struct, field

from branch.people.model import PersonId
from branch.tickets.model import Pseudonym, Subject, TicketId

RevealId = NewType("RevealId", int)


class Move(StrEnum):
    OPENED = "opened"
    ADDED = "added"
    EDITED = "edited"
    CLAIMED = "claimed"
    PUT_BACK = "put_back"
    RELEASED = "released"
    TRANSFERRED = "transferred"
    ANSWERED = "answered"
    NOTED = "noted"
    SNOOZED = "snoozed"
    MARKED = "marked"
    CLOSED = "closed"
    REOPENED = "reopened"
    RATED = "rated"
    DECLINED = "declined"
    ESCALATED = "escalated"
    GROUPED = "grouped"


class Event(Struct, frozen=True, kw_only=True):
    """One move. `by` is the member; nobody, for who asked and for the clock."""

    ticket: TicketId
    move: Move
    at: datetime
    by: PersonId | None = None
    by_name: str | None = None
    to: PersonId | None = None
    detail: str | None = None


class Reveal(Struct, frozen=True, kw_only=True):
    """That somebody asks who is behind an anonymous ticket; another decides."""

    id: RevealId
    ticket: TicketId
    reason: str
    asked_by: PersonId | None
    asked_by_name: str | None
    asked_at: datetime
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    granted: bool = False


class Which(StrEnum):
    """The lists of the desk."""

    WAITING = "waiting"
    NEW = "new"
    OVERDUE = "overdue"
    SNOOZED = "snoozed"
    ANSWERED = "answered"
    CLOSED = "closed"
    ALL = "all"


class Sought(Struct, frozen=True, kw_only=True):
    """What a list is of; all that is given must hold. `words` stand in what was said."""

    which: Which = Which.ALL
    member: PersonId | None = None
    subject: Subject | None = None
    tag: str | None = None
    pseudonym: Pseudonym | None = None
    words: str = ""
    now: datetime | None = field(default=None)
