"""The rows of what is left of theme days: minutes, pictures, ratings and remarks of nobody."""

import secrets
from typing import Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind
from branch.people.model import PersonId
from branch.theme_days.afterwards import RATINGS, Feedback, Minutes
from branch.theme_days.model import ThemeDayId
from storage.dialects import insert_into
from storage.events import note
from storage.theme_day_tables import (
    DAY_FEEDBACK_GIVEN,
    DAY_PHOTOS,
    DAY_RATINGS,
    DAY_REMARKS,
    THEME_DAYS,
)

_BITS: Final = 62
"""Two of the same in a department's life are not to be expected; one would be refused."""


class SqlLeavings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def minutes(self, day: ThemeDayId) -> Minutes:
        text = await self._connection.scalar(
            select(THEME_DAYS.c.minutes).where(THEME_DAYS.c.id == day)
        )
        photos = await self._connection.scalars(
            select(DAY_PHOTOS.c.file_id)
            .where(DAY_PHOTOS.c.day_id == day)
            .order_by(DAY_PHOTOS.c.place)
        )
        return Minutes(day=day, text=text or "", photos=tuple(photos))

    async def write_minutes(self, minutes: Minutes) -> None:
        await self._connection.execute(
            update(THEME_DAYS).where(THEME_DAYS.c.id == minutes.day).values(minutes=minutes.text)
        )
        await self._connection.execute(delete(DAY_PHOTOS).where(DAY_PHOTOS.c.day_id == minutes.day))
        for place, photo in enumerate(minutes.photos):
            await self._connection.execute(
                insert(DAY_PHOTOS).values(day_id=minutes.day, place=place, file_id=photo)
            )

    async def rate(self, day: ThemeDayId, person: PersonId, rating: int) -> bool:
        given = await self._connection.execute(
            insert_into(self._connection, DAY_FEEDBACK_GIVEN)
            .values(day_id=day, person_id=person)
            .on_conflict_do_nothing()
        )
        if not given.rowcount:
            return False
        await self._connection.execute(
            insert(DAY_RATINGS).values(id=secrets.randbits(_BITS), day_id=day, rating=rating)
        )
        # of nobody, and at the time of the day: when it was said could tell who has said it
        begun = await self._connection.execute(
            select(THEME_DAYS.c.starts_at).where(THEME_DAYS.c.id == day)
        )
        await note(
            self._connection,
            Kind.DAY_RATED,
            at=begun.scalar_one(),
            about=f"day:{day}",
            value=float(rating),
        )
        return True

    async def has_rated(self, day: ThemeDayId, person: PersonId) -> bool:
        row = DAY_FEEDBACK_GIVEN.c
        found = await self._connection.scalar(
            select(row.day_id).where(row.day_id == day, row.person_id == person)
        )
        return found is not None

    async def remark(self, day: ThemeDayId, words: str) -> None:
        await self._connection.execute(
            insert(DAY_REMARKS).values(id=secrets.randbits(_BITS), day_id=day, words=words)
        )

    async def feedback(self, day: ThemeDayId, *, asked: int) -> Feedback:
        rows = await self._connection.execute(
            select(DAY_RATINGS.c.rating, func.count().label("number"))
            .where(DAY_RATINGS.c.day_id == day)
            .group_by(DAY_RATINGS.c.rating)
        )
        counted = {each.rating: each.number for each in rows}
        remarks = await self._connection.scalars(
            select(DAY_REMARKS.c.words)
            .where(DAY_REMARKS.c.day_id == day)
            .order_by(DAY_REMARKS.c.id)
        )
        return Feedback(
            counts=tuple(counted.get(each, 0) for each in RATINGS),
            remarks=list(remarks),
            asked=asked,
        )
