"""People's rows, and everything that points to them."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind
from branch.people.model import (
    CONSENT_VERSION,
    Person,
    PersonId,
    Role,
    Sender,
    TelegramId,
)
from storage.events import give_key, note
from storage.kept_about import everything_about
from storage.outcome_tables import ROSTER
from storage.tables import PEOPLE, ROLE_GRANTS, TALKS
from texts.language import Language


class SqlPeople:
    def __init__(self, connection: AsyncConnection, admin_ids: frozenset[TelegramId]) -> None:
        self._connection = connection
        self._admin_ids = admin_ids

    async def by_telegram(self, telegram_id: TelegramId, *, now: datetime) -> Person | None:
        return await self._one(PEOPLE.c.telegram_id == telegram_id, now)

    async def by_id(self, person_id: PersonId, *, now: datetime) -> Person | None:
        return await self._one(PEOPLE.c.id == person_id, now)

    async def holding(self, least: Role, *, now: datetime) -> Sequence[Person]:
        granted = [role for role in Role if role.covers(least)]
        named = [PEOPLE.c.telegram_id.in_(self._admin_ids)] if self._admin_ids else []
        rows = await self._rows(or_(ROLE_GRANTS.c.role.in_(granted), *named), now)
        by_id: dict[int, list[Any]] = {}
        for row in rows:
            by_id.setdefault(row.id, []).append(row)
        people = [self._person(each) for each in by_id.values()]
        return [person for person in people if person.role.covers(least)]

    async def add(self, sender: Sender, *, language: Language, now: datetime) -> PersonId | None:
        """The new person's id; None if they are there already, and then they stay as they are."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        added = await self._connection.execute(
            dialect.insert(PEOPLE)
            .values(
                telegram_id=sender.telegram_id,
                name=sender.name,
                language=language,
                consented_at=now,
                consent_version=CONSENT_VERSION,
            )
            .on_conflict_do_nothing(index_elements=[PEOPLE.c.telegram_id])
            .returning(PEOPLE.c.id)
        )
        person_id = added.scalar_one_or_none()
        if person_id is None:
            return None
        await give_key(self._connection, PersonId(person_id))
        await note(self._connection, Kind.JOINED, at=now, person=person_id)
        return PersonId(person_id)

    async def change(self, person_id: PersonId, **values: Any) -> None:
        await self._connection.execute(
            update(PEOPLE).where(PEOPLE.c.id == person_id).values(**values)
        )

    async def forget(self, person: Person) -> None:
        await self._connection.execute(
            delete(TALKS).where(TALKS.c.telegram_id == person.telegram_id)
        )
        # the roster came from the department and keeps counting; whose row it was is gone with them
        await self._connection.execute(
            update(ROSTER).where(ROSTER.c.person_id == person.id).values(name="")
        )
        await self._connection.execute(delete(PEOPLE).where(PEOPLE.c.id == person.id))

    async def everything_about(self, person: Person) -> dict[str, Any]:
        return await everything_about(self._connection, person)

    async def _one(self, condition: Any, now: datetime) -> Person | None:
        rows = await self._rows(condition, now)
        return self._person(rows) if rows else None

    def _person(self, rows: Sequence[Any]) -> Person:
        roles = {Role(row.granted) for row in rows if row.granted}
        return person_of(rows[0], roles, self._admin_ids)

    async def _rows(self, condition: Any, now: datetime) -> Sequence[Any]:
        """People with each role they hold, a row for each."""
        in_force = and_(
            ROLE_GRANTS.c.person_id == PEOPLE.c.id,
            ROLE_GRANTS.c.ended_at.is_(None),
            or_(ROLE_GRANTS.c.until.is_(None), ROLE_GRANTS.c.until > now),
        )
        found = await self._connection.execute(
            select(PEOPLE, ROLE_GRANTS.c.role.label("granted"))
            .join(ROLE_GRANTS, in_force, isouter=True)
            .where(condition)
            .order_by(PEOPLE.c.id)
        )
        return found.all()


def person_of(row: Any, roles: AbstractSet[Role], admin_ids: frozenset[TelegramId]) -> Person:
    """The person of a `people` row, with the highest of the roles they hold."""
    held = {Role.STUDENT, *roles}
    if row.telegram_id in admin_ids:
        held.add(Role.ADMIN)
    return Person(
        id=PersonId(row.id),
        telegram_id=TelegramId(row.telegram_id),
        name=row.name,
        language=Language(row.language),
        role=max(held, key=lambda role: role.rank),
        cohort=row.cohort,
        intake=row.intake,
        class_name=row.class_name,
        consented_at=row.consented_at,
        consent_version=row.consent_version,
        unreachable_since=row.unreachable_since,
    )
