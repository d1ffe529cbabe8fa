"""The links from keys of events to people: cut where somebody has long done nothing here."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import OF_THEIR_OWN
from branch.people.model import PersonId
from storage.event_tables import EVENT_KEYS, EVENTS

_THEIRS = EVENTS.c.who == EVENT_KEYS.c.key


class SqlEventLinks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def unseen(self, *, since: datetime) -> Sequence[PersonId]:
        """Who has events from before that moment, and has done nothing from it on."""
        rows = await self._connection.execute(
            select(EVENT_KEYS.c.person_id).where(
                exists().where(_THEIRS, EVENTS.c.at < since),
                ~exists().where(_THEIRS, EVENTS.c.kind.in_(OF_THEIR_OWN), EVENTS.c.at >= since),
            )
        )
        return [PersonId(person) for person in rows.scalars()]

    async def cut(self, people: Sequence[PersonId]) -> None:
        """Give them other keys: what was until now is nobody's, what comes is theirs again."""
        if not people:
            return
        await self._connection.execute(
            update(EVENT_KEYS)
            .where(EVENT_KEYS.c.person_id == bindparam("whose"))
            .values(key=bindparam("drawn"))
            .execution_options(synchronize_session=False),
            [{"whose": person, "drawn": secrets.token_hex(16)} for person in people],
        )
