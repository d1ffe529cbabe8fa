"""A member says that a ticket is not for them, and whoever comes next is told."""

from datetime import datetime

from branch.people.model import Person, Role
from branch.people.permission import demand
from branch.tickets.changing import by, change, current
from branch.tickets.delivering import asker_of
from branch.tickets.errors import TicketOver
from branch.tickets.model import TicketId, TicketState
from branch.tickets.ports import Begin
from branch.tickets.records import Move
from branch.tickets.telling import Telling


class Declining:
    def __init__(self, begin: Begin, telling: Telling) -> None:
        self._begin = begin
        self._telling = telling

    async def decline(self, member: Person, ticket_id: TicketId, *, now: datetime) -> int:
        """Not for them: whoever comes next is told instead; how many that are.

        Raises NotAllowed, TicketGone, TicketOver.
        """
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            ticket = (await current(work, ticket_id, now=now)).put_back_by(member.id)
            if not ticket.waits:
                raise TicketOver
            await change(
                work,
                ticket_id,
                lambda each: each.put_back_by(member.id),
                None,
                now=now,
            )
            await work.ticket_records.add(by(member, ticket_id, Move.DECLINED, now))
            if ticket.state is not TicketState.OPEN:
                return 0  # another has it
            besides = await asker_of(work, ticket, now=now)
            return await self._telling.next(work, ticket, besides=besides, now=now)
