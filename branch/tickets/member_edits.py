"""A member edits what they wrote into a ticket."""

from datetime import datetime

from branch.people.model import Person, Role
from branch.people.permission import demand
from branch.tickets.ports import Begin
from branch.tickets.thread import LONGEST_ANSWER, Line, Part, Side, check


class MemberEdits:
    def __init__(self, begin: Begin) -> None:
        self._begin = begin

    async def follow(
        self, member: Person, message_id: int, text: str, *, chat: int | None, now: datetime
    ) -> Line | None:
        """They edited a message in a ticket: a note follows, an answer has gone out as it was.

        None where it is no ticket's. Raises NotAllowed, TextDoesNotFit.
        """
        async with self._begin() as work:
            line = await work.ticket_thread.written(member.id, message_id, chat=chat)
            if line is not None and line.side is Side.NOTE and line.text != text:
                await demand(work, member, Role.MEMBER, now=now)
                check([Part(message_id=message_id, text=text)], longest=LONGEST_ANSWER)
                await work.ticket_thread.edit(line, text, at=now)
            return line
