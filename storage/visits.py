"""Who is at the door: the person, and what they are in the middle of, read in one statement."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import Person, Role, TelegramId
from branch.people.talks import Talk
from storage.people import person_of
from storage.tables import PEOPLE, ROLE_GRANTS, TALKS

_me = select(bindparam("telegram_id", type_=BigInteger).label("me")).subquery()
_BY_TELEGRAM_ID = (
    select(
        PEOPLE,
        ROLE_GRANTS.c.role.label("granted"),
        *(column.label(f"talk_{column.name}") for column in TALKS.columns),
    )
    .select_from(_me)
    .join(PEOPLE, PEOPLE.c.telegram_id == _me.c.me, isouter=True)
    .join(
        ROLE_GRANTS,
        (ROLE_GRANTS.c.person_id == PEOPLE.c.id)
        & ROLE_GRANTS.c.ended_at.is_(None)
        & or_(ROLE_GRANTS.c.until.is_(None), ROLE_GRANTS.c.until > bindparam("now")),
        isouter=True,
    )
    .join(TALKS, TALKS.c.telegram_id == _me.c.me, isouter=True)
    .order_by(TALKS.c.opened_at, TALKS.c.name)
)


class SqlVisits:
    def __init__(self, connection: AsyncConnection, admin_ids: frozenset[TelegramId]) -> None:
        self._connection = connection
        self._admin_ids = admin_ids

    async def of(
        self, telegram_id: TelegramId, *, now: datetime
    ) -> tuple[Person | None, Sequence[Talk]]:
        """The person, if they have joined, and their open talks, the one they are in last."""
        found = await self._connection.execute(
            _BY_TELEGRAM_ID, {"telegram_id": telegram_id, "now": now}
        )
        rows = found.all()
        roles = {Role(row.granted) for row in rows if row.granted}
        person = None if rows[0].id is None else person_of(rows[0], roles, self._admin_ids)
        talks = {row.talk_name: row for row in rows if row.talk_name is not None}
        return person, [
            Talk(
                telegram_id=telegram_id,
                name=name,
                scene=row.talk_scene,
                draft=row.talk_draft,
                prompt_id=row.talk_prompt_id,
                opened_at=row.talk_opened_at,
                version=row.talk_version,
            )
            for name, row in talks.items()
        ]
