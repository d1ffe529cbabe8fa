"""Who is behind a pseudonym: the one table that knows."""

import secrets
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import Person, PersonId
from branch.tickets.model import Pseudonym
from branch.tickets.pseudonyms import ROUND
from storage.dialects import insert_into
from storage.people import SqlPeople
from storage.ticket_tables import TICKET_IDENTITIES

DRAWS_A_ROUND: Final = 20
"""As many names are drawn before a number is put behind them."""


class SqlIdentities:
    def __init__(self, connection: AsyncConnection, people: SqlPeople) -> None:
        self._connection = connection
        self._people = people

    async def pseudonym_of(self, person: PersonId) -> Pseudonym:
        draws = 0
        while (theirs := await self._of(person)) is None:
            drawn = secrets.randbelow(ROUND) + draws // DRAWS_A_ROUND * ROUND
            draws += 1
            await self._connection.execute(
                insert_into(self._connection, TICKET_IDENTITIES)
                .values(pseudonym=drawn, person_id=person)
                .on_conflict_do_nothing()
            )
        return theirs

    async def behind(self, pseudonym: Pseudonym, *, now: datetime) -> Person | None:
        person = await self._connection.scalar(
            select(TICKET_IDENTITIES.c.person_id).where(TICKET_IDENTITIES.c.pseudonym == pseudonym)
        )
        return None if person is None else await self._people.by_id(PersonId(person), now=now)

    async def _of(self, person: PersonId) -> Pseudonym | None:
        found = await self._connection.scalar(
            select(TICKET_IDENTITIES.c.pseudonym).where(TICKET_IDENTITIES.c.person_id == person)
        )
        return None if found is None else Pseudonym(found)
