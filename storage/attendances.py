"""The rows of who was there, and of what stands at the doors of theme days."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind
from branch.people.model import PersonId
from branch.theme_days.attendance import Attendance, Way
from branch.theme_days.model import DayState, ThemeDay, ThemeDayId
from storage.dialects import insert_into
from storage.events import note
from storage.tables import PEOPLE
from storage.theme_day_tables import ATTENDANCES, THEME_DAYS
from storage.theme_days import day_of
from texts.language import Language


class SqlDoors:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def secret(self, day: ThemeDayId, *, otherwise: str) -> str:
        await self._connection.execute(
            update(THEME_DAYS)
            .where(THEME_DAYS.c.id == day, THEME_DAYS.c.door_secret.is_(None))
            .values(door_secret=otherwise)
        )
        found = await self._connection.execute(
            select(THEME_DAYS.c.door_secret).where(THEME_DAYS.c.id == day)
        )
        return str(found.scalar_one())

    async def show(self, day: ThemeDayId, *, chat: int, message: int) -> None:
        await self._connection.execute(
            update(THEME_DAYS)
            .where(THEME_DAYS.c.id == day)
            .values(door_chat=chat, door_message=message)
        )

    async def shown(self, since: datetime, until: datetime) -> Sequence[tuple[ThemeDay, int, int]]:
        rows = await self._connection.execute(
            select(THEME_DAYS).where(
                THEME_DAYS.c.door_message.is_not(None),
                THEME_DAYS.c.starts_at.between(since, until),
                THEME_DAYS.c.state == DayState.OPEN,
            )
        )
        return [(day_of(row), row.door_chat, row.door_message) for row in rows]


class SqlAttendances:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, day: ThemeDayId, person: PersonId, *, at: datetime, way: Way, by: PersonId | None
    ) -> bool:
        added = await self._connection.execute(
            insert_into(self._connection, ATTENDANCES)
            .values(day_id=day, person_id=person, at=at, way=way, marked_by=by)
            .on_conflict_do_nothing()
        )
        if not added.rowcount:
            return False
        await note(
            self._connection,
            Kind.DAY_ATTENDED,
            at=at,
            about=f"day:{day}",
            person=person,
            details={"way": way.value},
        )
        return True

    async def remove(self, day: ThemeDayId, person: PersonId) -> bool:
        removed = await self._connection.execute(
            delete(ATTENDANCES).where(
                ATTENDANCES.c.day_id == day, ATTENDANCES.c.person_id == person
            )
        )
        return removed.rowcount > 0

    async def has(self, day: ThemeDayId, person: PersonId) -> bool:
        found = await self._connection.scalar(
            select(ATTENDANCES.c.id).where(
                ATTENDANCES.c.day_id == day, ATTENDANCES.c.person_id == person
            )
        )
        return found is not None

    async def count(self, day: ThemeDayId) -> int:
        counted = await self._connection.execute(
            select(func.count()).select_from(ATTENDANCES).where(ATTENDANCES.c.day_id == day)
        )
        return int(counted.scalar_one())

    async def of(self, day: ThemeDayId) -> Sequence[Attendance]:
        rows = await self._connection.execute(
            select(ATTENDANCES, PEOPLE.c.name, PEOPLE.c.class_name, PEOPLE.c.language)
            .join(PEOPLE, PEOPLE.c.id == ATTENDANCES.c.person_id, isouter=True)
            .where(ATTENDANCES.c.day_id == day)
            .order_by(ATTENDANCES.c.at, ATTENDANCES.c.id)
        )
        return [
            Attendance(
                person=None if row.person_id is None else PersonId(row.person_id),
                name=row.name or "",
                class_name=row.class_name,
                language=None if row.language is None else Language(row.language),
                at=row.at,
                way=Way(row.way),
            )
            for row in rows
        ]

    async def by_day(
        self, days: Sequence[ThemeDayId]
    ) -> Sequence[tuple[ThemeDayId, PersonId | None]]:
        rows = await self._connection.execute(
            select(ATTENDANCES.c.day_id, ATTENDANCES.c.person_id)
            .where(ATTENDANCES.c.day_id.in_(days))
            .order_by(ATTENDANCES.c.id)
        )
        return [
            (ThemeDayId(day), None if person is None else PersonId(person)) for day, person in rows
        ]
