"""The rows of series of theme days, written with a version check."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.dates.recurrence import Recurrence
from branch.people.model import PersonId
from branch.theme_days.model import SeriesId
from branch.theme_days.series import Series, SeriesPlan
from storage.dialects import insert_into
from storage.theme_day_tables import DAY_SERIES


class SqlDaySeries:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, plan: SeriesPlan, *, author: PersonId, now: datetime) -> SeriesId | None:
        added = await self._connection.execute(
            insert_into(self._connection, DAY_SERIES)
            .values(author_id=author, created_at=now, ended=0, version=0, **_planned(plan))
            .on_conflict_do_nothing()
            .returning(DAY_SERIES.c.id)
        )
        number = added.scalar_one_or_none()
        return None if number is None else SeriesId(number)

    async def get(self, series: SeriesId) -> Series | None:
        return await self._one(select(DAY_SERIES).where(DAY_SERIES.c.id == series))

    async def lock(self, series: SeriesId) -> Series | None:
        return await self._one(
            select(DAY_SERIES).where(DAY_SERIES.c.id == series).with_for_update()
        )

    async def save(self, series: Series) -> bool:
        saved = await self._connection.execute(
            update(DAY_SERIES)
            .where(DAY_SERIES.c.id == series.id, DAY_SERIES.c.version == series.version)
            .values(
                planned_until=series.planned_until,
                ended=int(series.ended),
                version=series.version + 1,
                **_planned(series.plan),
            )
        )
        return saved.rowcount > 0

    async def named(self, name: str) -> SeriesId | None:
        number = await self._connection.scalar(
            select(DAY_SERIES.c.id).where(DAY_SERIES.c.name == name)
        )
        return None if number is None else SeriesId(number)

    async def going_on(self) -> Sequence[Series]:
        rows = await self._connection.execute(
            select(DAY_SERIES)
            .where(DAY_SERIES.c.ended == 0)
            .order_by(DAY_SERIES.c.name, DAY_SERIES.c.id)
        )
        return [_series(row) for row in rows]

    async def _one(self, query: Any) -> Series | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _series(row)


def _planned(plan: SeriesPlan) -> dict[str, Any]:
    recurrence = plan.recurrence
    return {
        "name": plan.name,
        "description": plan.description,
        "logo": plan.logo,
        "recurrence": recurrence and msgspec.json.encode(recurrence).decode(),
        "recurs_as": plan.recurs_as,
        "place": plan.place,
        "capacity": plan.capacity,
    }


def _series(row: Any) -> Series:
    return Series(
        id=SeriesId(row.id),
        plan=SeriesPlan(
            name=row.name,
            description=row.description,
            logo=row.logo,
            recurrence=row.recurrence and msgspec.json.decode(row.recurrence, type=Recurrence),
            recurs_as=row.recurs_as,
            place=row.place,
            capacity=row.capacity,
        ),
        author=None if row.author_id is None else PersonId(row.author_id),
        created_at=row.created_at,
        planned_until=row.planned_until,
        ended=bool(row.ended),
        version=row.version,
    )
