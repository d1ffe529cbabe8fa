"""Who is told of a ticket that nobody has in hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from branch.people.model import Person, PersonId, Role
from branch.tickets.model import Ticket
from branch.tickets.ports import TicketWork


class Readers(Protocol):
    async def of(
        self, work: TicketWork, ticket: Ticket, *, besides: PersonId | None, now: datetime
    ) -> Sequence[Person]:
        """Members who read of it; never who has asked it (`besides`)."""
        ...


class EveryMember:
    """Everybody who answers and can be reached; nobody, where their group hears of it."""

    async def of(
        self,
        work: TicketWork,
        ticket: Ticket,  # noqa: ARG002 -- the signature of Readers
        *,
        besides: PersonId | None,
        now: datetime,
    ) -> Sequence[Person]:
        chat = await work.chats.desk()
        if chat is not None and chat.lost_at is None:
            return []
        members = await work.people.holding(Role.MEMBER, now=now)
        return [each for each in members if each.id != besides and each.unreachable_since is None]
