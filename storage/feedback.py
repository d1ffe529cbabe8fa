"""The rows of what people thought of an answer."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.tables import FEEDBACK


class SqlFeedback:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(
        self,
        person_id: PersonId,
        entry: str,
        *,
        given_at: datetime,
        verdict: str,
        **more: str | None,
    ) -> None:
        """Keep the person's last word on the entry; of what is not said anew, the old stays."""
        said = {"given_at": given_at, "verdict": verdict, **more}
        await self._connection.execute(
            insert_into(self._connection, FEEDBACK)
            .values(person_id=person_id, entry=entry, **said)
            .on_conflict_do_update(
                index_elements=[FEEDBACK.c.person_id, FEEDBACK.c.entry], set_=said
            )
        )
