"""Which ticket a message belongs to: a reply to it, or a topic of the group, finds it for ever."""

from datetime import datetime

from branch.people.model import Person
from branch.tickets.letters import about, ticket_in
from branch.tickets.model import TicketId
from branch.tickets.ports import Begin


class TicketFinder:
    """Gives a number only; whoever shows or changes the ticket checks who may."""

    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def by_reply(self, person: Person, message_id: int) -> TicketId | None:
        """Of the message that this person replies to in private: ours, or their own."""
        async with self._look() as work:
            spoke_of = await work.posts.spoke_of(message_id, person=person.id)
            if spoke_of is not None:
                return ticket_in(spoke_of)
            line = await work.ticket_thread.asked(person.id, message_id)
            line = line or await work.ticket_thread.written(person.id, message_id, chat=None)
            return None if line is None else line.ticket

    async def in_group(
        self, chat: int, *, reply_to: int | None = None, thread: int | None = None
    ) -> TicketId | None:
        """Of the message that is replied to in a group, or else of the topic."""
        async with self._look() as work:
            spoke_of = None
            if reply_to is not None:
                spoke_of = await work.posts.spoke_of(reply_to, chat=chat)
                line = await work.ticket_thread.in_group(chat, reply_to)
                if spoke_of is None and line is not None:
                    return line.ticket
            if spoke_of is None and thread is not None:
                spoke_of = await work.posts.thread_is_of(chat, thread)
            return None if spoke_of is None else ticket_in(spoke_of)

    async def remember(
        self,
        ticket_id: TicketId,
        message_id: int,
        *,
        person: Person | None = None,
        chat: int | None = None,
        thread: int | None = None,
        now: datetime,
    ) -> None:
        """A message of ours about it that was no letter: a reply to it is to find it too."""
        async with self._begin() as work:
            await work.posts.remember(
                about(ticket_id),
                message_id,
                person=None if person is None else person.id,
                chat=chat,
                thread=thread,
                now=now,
            )
