"""Who is told of a ticket that nobody has in hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from branch.people.model import Person, PersonId
from branch.tickets.model import Ticket
from branch.tickets.ports import TicketWork


class Readers(Protocol):
    async def of(
        self,
        work: TicketWork,
        ticket: Ticket,
        *,
        besides: PersonId | None,
        again: bool = False,
        now: datetime,
    ) -> Sequence[Person]:
        """Members who are to read of it; never who has asked it (`besides`).

        Not who has had a letter about it, unless `again`. Where the members' group hears of it,
        only the one whom it fits best, if it fits anybody.
        """
        ...

    async def next(
        self, work: TicketWork, ticket: Ticket, *, besides: PersonId | None, now: datetime
    ) -> Sequence[Person]:
        """Whoever comes after those who have had a letter about it; one, or nobody."""
        ...
