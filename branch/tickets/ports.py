"""What tickets ask of the database."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from branch.outbox.chats import Chats
from branch.outbox.ports import Outbox, Posts
from branch.people.model import Person, PersonId
from branch.people.ports import Audit, People
from branch.tickets.canned_model import CannedShelf
from branch.tickets.duties import Duties, Load
from branch.tickets.model import Gist, Pseudonym, Subject, Ticket, TicketId
from branch.tickets.records import Event, Reveal, RevealId, Sought
from branch.tickets.thread import Line, Part, Side


class NewTicket(Struct, frozen=True, kw_only=True):
    """A ticket to be opened; `message_id` is of the message (or tap) that sends it."""

    asker: PersonId | None
    pseudonym: Pseudonym | None
    message_id: int
    gist: str
    intake: int | None
    subject: Subject | None
    urgent: bool
    promised_at: datetime


class Tickets(Protocol):
    async def add(self, new: NewTicket, *, now: datetime) -> tuple[Ticket, bool]:
        """The ticket of this message, and whether it is new."""
        ...

    async def get(self, ticket_id: TicketId) -> Ticket | None: ...

    async def save(self, ticket: Ticket) -> bool:
        """Write it as its next version; False if somebody else has written it since."""
        ...

    async def say_again(self, ticket_id: TicketId, gist: str) -> None:
        """The beginning of the question has changed."""
        ...

    async def by_message(self, asker: PersonId, message_id: int) -> Ticket | None:
        """The ticket that this message of theirs has opened, named or not."""
        ...

    async def is_of(self, ticket_id: TicketId, asker: PersonId) -> bool: ...
    async def count_waiting(self, asker: PersonId) -> int: ...
    async def count_since(self, asker: PersonId, *, since: datetime) -> int: ...
    async def said_since(self, asker: PersonId, *, since: datetime) -> Sequence[datetime]:
        """When they have written into their tickets since then, the earliest first."""
        ...

    async def of(
        self, asker: PersonId, *, limit: int, offset: int = 0
    ) -> tuple[Sequence[Ticket], int]:
        """Theirs, named or not, the newest first, and how many there are."""
        ...

    async def before(self, ticket: Ticket, *, limit: int) -> Sequence[Ticket]:
        """What the same name, or the same pseudonym, has asked before; the newest first."""
        ...

    async def found(
        self, sought: Sought, *, limit: int, offset: int
    ) -> tuple[Sequence[Ticket], int]:
        """A page of what is sought, and how many there are in all."""
        ...

    async def count(self, sought: Sought) -> int: ...
    async def answered(self, *, limit: int) -> Sequence[Gist]:
        """What was answered, the newest first."""
        ...

    async def waiting(self, *, limit: int) -> Sequence[Gist]:
        """What waits for an answer, the oldest first."""
        ...

    async def all_closed(self) -> bool: ...
    async def loads(self, *, since: datetime) -> Mapping[PersonId, Load]:
        """What each member has in hand, and has answered since then."""
        ...

    async def late(self, *, now: datetime, limit: int) -> Sequence[Ticket]:
        """What is overdue and nobody has been told so yet."""
        ...

    async def held_by_others_than_members(self, *, now: datetime) -> Sequence[Ticket]:
        """Those in the hands of somebody who answers none any more."""
        ...

    async def silent_since(self, moment: datetime, *, limit: int) -> Sequence[Ticket]:
        """Answered before then, and nothing came after."""
        ...


class Thread(Protocol):
    async def add(
        self, ticket: TicketId, side: Side, part: Part, *, author: PersonId | None, now: datetime
    ) -> Line | None:
        """The new line; None where this message has come before."""
        ...

    async def of(self, ticket: TicketId, *, notes: bool) -> Sequence[Line]: ...
    async def asked(self, asker: PersonId, message_id: int) -> Line | None:
        """The line that this message of theirs has become."""
        ...

    async def written(self, author: PersonId, message_id: int, *, chat: int | None) -> Line | None:
        """The line that a member's message has become."""
        ...

    async def in_group(self, chat: int, message_id: int) -> Line | None:
        """The line that a member's message in the group has become."""
        ...

    async def edit(self, line: Line, text: str, *, at: datetime) -> bool:
        """Say it anew and keep what it said before; False where this edit has come before."""
        ...


class Identities(Protocol):
    """Who is behind a pseudonym. Only what delivers, and a reveal that two agreed to, may ask."""

    async def pseudonym_of(self, person: PersonId) -> Pseudonym:
        """Theirs, for ever the same; drawn by lot when it is first needed."""
        ...

    async def behind(self, pseudonym: Pseudonym, *, now: datetime) -> Person | None: ...


class Records(Protocol):
    async def add(self, event: Event) -> None: ...
    async def of(self, ticket: TicketId) -> Sequence[Event]: ...
    async def answered_with(self, ticket: TicketId) -> Sequence[TicketId]:
        """Those that were answered together with it, with the same words."""
        ...

    async def mute(
        self, ticket: Ticket, *, by: PersonId, until: datetime, reason: str, now: datetime
    ) -> None:
        """Who asked it, by name or by pseudonym as the ticket has it."""
        ...

    async def unmute(self, ticket: Ticket, *, now: datetime) -> bool: ...
    async def muted_until(
        self, person: PersonId, *, anonymous: bool, now: datetime
    ) -> datetime | None: ...
    async def ticket_muted_until(self, ticket: Ticket, *, now: datetime) -> datetime | None: ...
    async def ask_reveal(
        self, ticket: TicketId, *, by: PersonId, reason: str, now: datetime
    ) -> RevealId | None:
        """None where it is asked for already."""
        ...

    async def reveal(self, reveal: RevealId) -> Reveal | None: ...
    async def decide_reveal(
        self, reveal: RevealId, *, by: PersonId, granted: bool, now: datetime
    ) -> bool:
        """False where it was decided before."""
        ...


class TicketWork(Protocol):
    @property
    def tickets(self) -> Tickets: ...
    @property
    def ticket_thread(self) -> Thread: ...
    @property
    def ticket_identities(self) -> Identities: ...
    @property
    def ticket_records(self) -> Records: ...
    @property
    def ticket_duties(self) -> Duties: ...
    @property
    def canned_replies(self) -> CannedShelf: ...
    @property
    def people(self) -> People: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def posts(self) -> Posts: ...
    @property
    def chats(self) -> Chats: ...


Begin = Callable[[], AbstractAsyncContextManager[TicketWork]]
