"""What the ticket desk asks of the database."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from branch.outbox.ports import Outbox
from branch.people.model import PersonId
from branch.people.ports import People
from branch.tickets.model import Ticket, TicketId


class Tickets(Protocol):
    async def add(
        self, asker: PersonId, *, message_id: int, question: str, now: datetime
    ) -> tuple[Ticket, bool]:
        """The ticket of this message, and whether it is new."""
        ...

    async def get(self, ticket_id: TicketId) -> Ticket | None: ...

    async def save(self, ticket: Ticket) -> bool:
        """Write it as its next version; False if somebody else has written it since."""
        ...

    async def count_waiting(self, asker: PersonId) -> int: ...
    async def count_since(self, asker: PersonId, *, since: datetime) -> int: ...
    async def by_message(self, asker: PersonId, message_id: int) -> Ticket | None: ...
    async def of(self, asker: PersonId, *, limit: int) -> Sequence[Ticket]:
        """Theirs, the newest first."""
        ...

    async def waiting(self, *, limit: int, offset: int) -> tuple[Sequence[Ticket], int]:
        """Those without an answer, the oldest first, and how many there are."""
        ...


class TicketWork(Protocol):
    @property
    def tickets(self) -> Tickets: ...
    @property
    def people(self) -> People: ...
    @property
    def outbox(self) -> Outbox: ...


Begin = Callable[[], AbstractAsyncContextManager[TicketWork]]
