"""The rows of theme days and of who comes; a day is locked while its places are given out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, literal, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate
from branch.people.model import PersonId
from branch.theme_days.model import (
    Answer,
    Attendant,
    Counts,
    DayAudience,
    DayPlan,
    DayState,
    Reason,
    SeriesId,
    SignUp,
    ThemeDay,
    ThemeDayId,
)
from branch.theme_days.ports import Told
from storage.dialects import insert_into
from storage.events import note
from storage.letter_tables import LETTERS
from storage.notice_tables import NOTICES
from storage.tables import PEOPLE
from storage.theme_day_tables import SIGN_UPS, THEME_DAYS
from texts.language import Language

_ORDER = {Answer.GOING: 0, Answer.OFFERED: 1, Answer.WAITING: 2, Answer.CANNOT: 3}


class SqlThemeDays:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, plan: DayPlan, *, key: str, author: PersonId | None, now: datetime
    ) -> tuple[ThemeDayId, bool]:
        added = await self._connection.execute(
            insert_into(self._connection, THEME_DAYS)
            .values(
                key=key,
                author_id=author,
                created_at=now,
                state=DayState.OPEN,
                version=0,
                minutes="",
                **_planned(plan),
            )
            .on_conflict_do_nothing()
        )
        found = await self._connection.execute(
            select(THEME_DAYS.c.id).where(THEME_DAYS.c.key == key)
        )
        return ThemeDayId(found.scalar_one()), added.rowcount > 0

    async def get(self, day: ThemeDayId) -> ThemeDay | None:
        found = await self._connection.execute(select(THEME_DAYS).where(THEME_DAYS.c.id == day))
        row = found.one_or_none()
        return None if row is None else day_of(row)

    async def lock(self, day: ThemeDayId) -> ThemeDay | None:
        found = await self._connection.execute(
            select(THEME_DAYS).where(THEME_DAYS.c.id == day).with_for_update()
        )
        row = found.one_or_none()
        return None if row is None else day_of(row)

    async def save(self, day: ThemeDay) -> bool:
        saved = await self._connection.execute(
            update(THEME_DAYS)
            .where(THEME_DAYS.c.id == day.id, THEME_DAYS.c.version == day.version)
            .values(state=day.state, version=day.version + 1, **_planned(day.plan))
        )
        return saved.rowcount > 0

    async def starting(
        self, since: datetime, until: datetime | None = None, *, limit: int | None = None
    ) -> Sequence[ThemeDay]:
        query = (
            select(THEME_DAYS)
            .where(THEME_DAYS.c.starts_at > since)
            .order_by(THEME_DAYS.c.starts_at, THEME_DAYS.c.id)
            .limit(limit)
        )
        if until is not None:
            query = query.where(THEME_DAYS.c.starts_at <= until)
        return [day_of(row) for row in await self._connection.execute(query)]

    async def begun(
        self, since: datetime, until: datetime, *, limit: int | None = None
    ) -> Sequence[ThemeDay]:
        query = (
            select(THEME_DAYS)
            .where(
                THEME_DAYS.c.starts_at.between(since, until), THEME_DAYS.c.state == DayState.OPEN
            )
            .order_by(THEME_DAYS.c.starts_at.desc(), THEME_DAYS.c.id.desc())
            .limit(limit)
        )
        return [day_of(row) for row in await self._connection.execute(query)]

    async def of_series(self, series: SeriesId) -> Sequence[ThemeDay]:
        query = (
            select(THEME_DAYS)
            .where(THEME_DAYS.c.series_id == series)
            .order_by(THEME_DAYS.c.starts_at, THEME_DAYS.c.id)
        )
        return [day_of(row) for row in await self._connection.execute(query)]


class SqlSignUps:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, day: ThemeDayId, person: PersonId) -> SignUp | None:
        found = await self._connection.execute(
            select(SIGN_UPS).where(SIGN_UPS.c.day_id == day, SIGN_UPS.c.person_id == person)
        )
        row = found.one_or_none()
        if row is None:
            return None
        return SignUp(answer=Answer(row.answer), at=row.at, until=row.until)

    async def put(
        self,
        day: ThemeDayId,
        person: PersonId,
        answer: Answer,
        *,
        now: datetime,
        until: datetime | None = None,
        reason: Reason | None = None,
    ) -> None:
        values = {"answer": answer, "at": now, "until": until, "reason": reason}
        await self._connection.execute(
            insert_into(self._connection, SIGN_UPS)
            .values(day_id=day, person_id=person, **values)
            .on_conflict_do_update(
                index_elements=[SIGN_UPS.c.day_id, SIGN_UPS.c.person_id], set_=values
            )
        )
        if answer is Answer.GOING:
            about = f"day:{day}"
            await note(self._connection, Kind.DAY_SIGNED_UP, at=now, about=about, person=person)

    async def say_why(self, day: ThemeDayId, person: PersonId, reason: Reason) -> None:
        await self._connection.execute(
            update(SIGN_UPS)
            .where(SIGN_UPS.c.day_id == day, SIGN_UPS.c.person_id == person)
            .values(reason=reason)
        )

    async def counts(self, day: ThemeDayId) -> Counts:
        rows = await self._connection.execute(
            select(SIGN_UPS.c.answer, func.count())
            .where(SIGN_UPS.c.day_id == day)
            .group_by(SIGN_UPS.c.answer)
        )
        found = {str(answer): number for answer, number in rows}
        return Counts(**{str(each): found.get(each, 0) for each in Answer})

    async def all(self, day: ThemeDayId) -> Sequence[Attendant]:
        order = case(_ORDER, value=SIGN_UPS.c.answer)
        rows = await self._connection.execute(
            select(SIGN_UPS, PEOPLE.c.name, PEOPLE.c.class_name, PEOPLE.c.language)
            .join(PEOPLE, PEOPLE.c.id == SIGN_UPS.c.person_id)
            .where(SIGN_UPS.c.day_id == day)
            .order_by(order, SIGN_UPS.c.at, SIGN_UPS.c.person_id)
        )
        return [_attendant(row) for row in rows]

    async def lapsed(self, *, now: datetime) -> Sequence[tuple[ThemeDayId, PersonId]]:
        rows = await self._connection.execute(
            select(SIGN_UPS.c.day_id, SIGN_UPS.c.person_id)
            .where(SIGN_UPS.c.answer == Answer.OFFERED, SIGN_UPS.c.until <= now)
            .order_by(SIGN_UPS.c.day_id, SIGN_UPS.c.until)
        )
        return [(ThemeDayId(day), PersonId(person)) for day, person in rows]

    async def first_offer_ends(self) -> datetime | None:
        ends = select(func.min(SIGN_UPS.c.until)).where(SIGN_UPS.c.answer == Answer.OFFERED)
        found: datetime | None = await self._connection.scalar(ends)
        return found

    async def told(self, day: ThemeDayId) -> Sequence[Told]:
        answered = select(SIGN_UPS.c.person_id).where(SIGN_UPS.c.day_id == day)
        about = select(literal("notice:") + func.cast(NOTICES.c.id, LETTERS.c.about.type)).where(
            NOTICES.c.theme_day_id == day
        )
        announced = select(LETTERS.c.person_id).where(
            LETTERS.c.about.in_(about),
            LETTERS.c.kind == LetterKind.NOTICE,
            or_(LETTERS.c.fate == Fate.DELIVERED, LETTERS.c.fate == Fate.UNKNOWN),
        )
        rows = await self._connection.execute(
            select(PEOPLE.c.id, PEOPLE.c.language)
            .where(PEOPLE.c.id.in_(union(answered, announced)))
            .order_by(PEOPLE.c.id)
        )
        return [Told(person=PersonId(each), language=Language(spoken)) for each, spoken in rows]


def _planned(plan: DayPlan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "starts_at": plan.starts_at,
        "place": plan.place,
        "speakers": plan.speakers,
        "capacity": plan.capacity,
        "audience": plan.audience,
        "leads": ",".join(map(str, plan.leads)),
        "cover": plan.cover,
        "series_id": plan.series,
    }


def day_of(row: Any) -> ThemeDay:
    return ThemeDay(
        id=ThemeDayId(row.id),
        plan=DayPlan(
            title=row.title,
            starts_at=row.starts_at,
            place=row.place,
            speakers=row.speakers,
            capacity=row.capacity,
            audience=DayAudience(row.audience),
            leads=tuple(int(each) for each in row.leads.split(",") if each),
            cover=row.cover,
            series=None if row.series_id is None else SeriesId(row.series_id),
        ),
        state=DayState(row.state),
        author=None if row.author_id is None else PersonId(row.author_id),
        version=row.version,
    )


def _attendant(row: Any) -> Attendant:
    return Attendant(
        person=PersonId(row.person_id),
        name=row.name,
        class_name=row.class_name,
        language=Language(row.language),
        answer=Answer(row.answer),
        at=row.at,
        reason=Reason(row.reason) if row.reason else None,
    )
