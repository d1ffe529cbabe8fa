"""People's rows, and everything that points to them."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.people.model import (
    CONSENT_VERSION,
    Person,
    PersonId,
    Role,
    Sender,
    TelegramId,
)
from storage.tables import Base, PersonRow, RoleGrantRow, TalkRow
from texts.language import Language

_PEOPLE = PersonRow.__table__


class SqlPeople:
    def __init__(self, connection: AsyncConnection, admin_ids: frozenset[TelegramId]) -> None:
        self._connection = connection
        self._admin_ids = admin_ids

    async def by_telegram(self, telegram_id: TelegramId, *, now: datetime) -> Person | None:
        return await self._one(PersonRow.telegram_id == telegram_id, now)

    async def by_id(self, person_id: PersonId, *, now: datetime) -> Person | None:
        return await self._one(PersonRow.id == person_id, now)

    async def add(self, sender: Sender, *, language: Language, now: datetime) -> PersonId:
        added = await self._connection.execute(
            insert(PersonRow)
            .values(
                telegram_id=sender.telegram_id,
                name=sender.name,
                language=language,
                consented_at=now,
                consent_version=CONSENT_VERSION,
            )
            .returning(PersonRow.id)
        )
        return PersonId(added.scalar_one())

    async def change(self, person_id: PersonId, **values: Any) -> None:
        await self._connection.execute(
            update(PersonRow).where(PersonRow.id == person_id).values(**values)
        )

    async def forget(self, person: Person) -> None:
        await self._connection.execute(
            delete(TalkRow).where(TalkRow.telegram_id == person.telegram_id)
        )
        await self._connection.execute(delete(PersonRow).where(PersonRow.id == person.id))

    async def everything_about(self, person: Person) -> dict[str, Any]:
        """All rows that belong to the person, by table: whatever dies with `people.id`."""
        kept: dict[str, Any] = {}
        for table in Base.metadata.sorted_tables:
            owner = _owner_column(table)
            if table is TalkRow.__table__:
                condition = TalkRow.telegram_id == person.telegram_id
            elif table is _PEOPLE:
                condition = PersonRow.id == person.id
            elif owner is not None:
                condition = owner == person.id
            else:
                continue
            rows = await self._connection.execute(select(table).where(condition))
            kept[table.name] = [_plain(row._mapping) for row in rows]  # noqa: SLF001 -- SQLAlchemy's public name
        return kept

    async def _one(self, condition: Any, now: datetime) -> Person | None:
        in_force = and_(
            RoleGrantRow.person_id == PersonRow.id,
            RoleGrantRow.ended_at.is_(None),
            or_(RoleGrantRow.until.is_(None), RoleGrantRow.until > now),
        )
        rows = (
            await self._connection.execute(
                select(_PEOPLE, RoleGrantRow.role.label("granted"))
                .join(RoleGrantRow, in_force, isouter=True)
                .where(condition)
            )
        ).all()
        if not rows:
            return None
        roles = {Role(row.granted) for row in rows if row.granted}
        return person_of(rows[0], roles, self._admin_ids)


def _owner_column(table: Table) -> Any:
    """The column whose foreign key deletes the row together with its person, if there is one."""
    for column in table.columns:
        for key in column.foreign_keys:
            if key.column is _PEOPLE.c.id and key.ondelete == "CASCADE":
                return column
    return None


def _plain(row: Any) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
    }


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
        consented_at=row.consented_at,
        consent_version=row.consent_version,
        unreachable_since=row.unreachable_since,
    )
