"""A member says what they take, and whether they are away."""

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from branch.people.model import Person, Role
from branch.people.permission import demand
from branch.tickets.duties import Duty
from branch.tickets.errors import TextDoesNotFit
from branch.tickets.model import Subject
from branch.tickets.ports import Begin

MOST_WORDS: Final = 20
LONGEST_WORD: Final = 30


class DutyBook:
    """Each says it of themselves."""

    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def mine(self, member: Person, *, now: datetime) -> Duty:
        """Raises NotAllowed."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            return await work.ticket_duties.of(member.id)

    async def toggle(self, member: Person, subject: Subject, *, now: datetime) -> Duty:
        """Take the subject, or no longer. Raises NotAllowed."""
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            duty = (await work.ticket_duties.of(member.id)).toggled(subject)
            await work.ticket_duties.save(duty)
            return duty

    async def know(self, member: Person, words: tuple[str, ...], *, now: datetime) -> Duty:
        """Which schools and majors they know, in the place of what they said before.

        Raises NotAllowed, TextDoesNotFit.
        """
        if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
            raise TextDoesNotFit
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            duty = replace(
                await work.ticket_duties.of(member.id), words=tuple(dict.fromkeys(words))
            )
            await work.ticket_duties.save(duty)
            return duty

    async def be_away(self, member: Person, until: datetime | None, *, now: datetime) -> Duty:
        """Until then, or not any more. Raises NotAllowed."""
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            duty = replace(await work.ticket_duties.of(member.id), away_until=until)
            await work.ticket_duties.save(duty)
            return duty
