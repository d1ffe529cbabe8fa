"""Audiences as conditions on people: counted, frozen, and read back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, insert, literal, not_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind, Path
from branch.notices.audience import Audience, Group
from branch.notices.model import NoticeId, NoticeKind, Reach, about
from branch.notices.ports import Line, Reader
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate
from branch.people.model import PersonId, Role, TelegramId
from branch.theme_days.model import Answer
from storage.calendar_tables import REMINDER_SUBSCRIPTIONS
from storage.events import note
from storage.letter_tables import LETTERS
from storage.notice_tables import NOTICE_READERS, NOTICE_RECEIPTS, PERSON_TAGS, READING_WISHES
from storage.reading import wishes_of
from storage.tables import PEOPLE, ROLE_GRANTS
from storage.theme_day_tables import SIGN_UPS
from texts.language import Language

_COLUMNS: Final = {
    "intakes": PEOPLE.c.intake,
    "cohorts": PEOPLE.c.cohort,
    "classes": PEOPLE.c.class_name,
}

_READERS: Final = select(
    PEOPLE,
    READING_WISHES.c.off,
    READING_WISHES.c.gathering,
    READING_WISHES.c.muted_until,
).join(READING_WISHES, READING_WISHES.c.person_id == PEOPLE.c.id, isouter=True)


class SqlAudiences:
    def __init__(self, connection: AsyncConnection, admin_ids: frozenset[TelegramId]) -> None:
        self._connection = connection
        self._admin_ids = admin_ids

    async def reach(
        self, audience: Audience, *, kind: NoticeKind, urgent: bool, now: datetime
    ) -> Reach:
        off = _off(kind, urgent=urgent)
        counted = await self._connection.execute(
            select(
                func.count(),
                func.count().filter(off),
                func.count().filter(and_(not_(off), PEOPLE.c.unreachable_since.is_not(None))),
                func.count().filter(and_(not_(off), _resting(now, urgent=urgent))),
            )
            .select_from(PEOPLE)
            .join(READING_WISHES, READING_WISHES.c.person_id == PEOPLE.c.id, isouter=True)
            .where(self._of(audience, now))
        )
        people, switched_off, unreachable, resting = counted.one()
        return Reach(
            people=people, unreachable=unreachable, switched_off=switched_off, resting=resting
        )

    async def freeze(
        self, notice: NoticeId, audience: Audience, *, kind: NoticeKind, urgent: bool, now: datetime
    ) -> int:
        who = (
            select(literal(notice), PEOPLE.c.id)
            .join(READING_WISHES, READING_WISHES.c.person_id == PEOPLE.c.id, isouter=True)
            .where(self._of(audience, now), not_(_off(kind, urgent=urgent)))
            .order_by(PEOPLE.c.id)
        )
        frozen = await self._connection.execute(
            insert(NOTICE_READERS).from_select(["notice_id", "person_id"], who)
        )
        await note(self._connection, Kind.NOTICE_SENT, at=now, about=about(notice), path=Path.CLOCK)
        return frozen.rowcount

    async def frozen(
        self, notice: NoticeId, *, after: int, limit: int, before: int | None = None
    ) -> Sequence[Reader]:
        query = (
            _READERS.join(NOTICE_READERS, NOTICE_READERS.c.person_id == PEOPLE.c.id)
            .where(NOTICE_READERS.c.notice_id == notice, NOTICE_READERS.c.person_id > after)
            .order_by(NOTICE_READERS.c.person_id)
            .limit(limit)
        )
        if before is not None:
            query = query.where(NOTICE_READERS.c.person_id <= before)
        return [_reader(row) for row in await self._connection.execute(query)]

    async def first(self, audience: Audience, *, now: datetime) -> Reader | None:
        found = await self._connection.execute(
            _READERS.where(self._of(audience, now)).order_by(PEOPLE.c.id).limit(1)
        )
        row = found.one_or_none()
        return None if row is None else _reader(row)

    async def values(self, respect: str, *, now: datetime) -> Sequence[tuple[Any, int]]:
        if respect == "tags":
            column: Any = PERSON_TAGS.c.tag
            query = select(column, func.count())
        elif respect == "sign_ups":
            column = SIGN_UPS.c.day_id
            query = select(column, func.count()).where(SIGN_UPS.c.answer == Answer.GOING)
        elif respect == "roles":
            return [
                (role, await self._count(self._has_role(role, now)))
                for role in (Role.STUDENT, Role.MEMBER, Role.SECRETARY)
            ]
        else:
            column = _COLUMNS[respect]
            query = select(column, func.count()).where(column.is_not(None))
        rows = await self._connection.execute(query.group_by(column).order_by(column.desc()))
        return [(value, number) for value, number in rows]

    async def lacking(
        self,
        audience: Audience,
        columns: Iterable[str],
        *,
        kind: NoticeKind,
        urgent: bool,
        now: datetime,
    ) -> Mapping[str, int]:
        wanted = list(columns)
        if not wanted:
            return {}
        table = PEOPLE.c
        rows = await self._connection.execute(
            select(*(func.count().filter(table[each].is_(None)) for each in wanted))
            .select_from(PEOPLE)
            .join(READING_WISHES, READING_WISHES.c.person_id == PEOPLE.c.id, isouter=True)
            .where(self._of(audience, now), not_(_off(kind, urgent=urgent)))
        )
        return {name: number for name, number in zip(wanted, rows.one(), strict=True) if number}

    async def longest(
        self, audience: Audience, columns: Iterable[str], *, now: datetime
    ) -> Mapping[str, str]:
        table, found = PEOPLE.c, {}
        for name in columns:
            value = await self._connection.scalar(
                select(table[name])
                .where(self._of(audience, now), table[name].is_not(None))
                .order_by(func.length(table[name]).desc())
                .limit(1)
            )
            found[name] = "" if value is None else str(value)
        return found

    async def lines(self, notice: NoticeId) -> Sequence[Line]:
        of_it = and_(
            LETTERS.c.person_id == NOTICE_READERS.c.person_id,
            LETTERS.c.about == about(notice),
            LETTERS.c.kind == LetterKind.NOTICE,
        )
        said = and_(
            NOTICE_RECEIPTS.c.person_id == NOTICE_READERS.c.person_id,
            NOTICE_RECEIPTS.c.notice_id == notice,
        )
        rows = await self._connection.execute(
            select(
                PEOPLE,
                LETTERS.c.fate,
                LETTERS.c.settled_at,
                LETTERS.c.reason,
                NOTICE_RECEIPTS.c.at.label("receipt_at"),
            )
            .select_from(NOTICE_READERS)
            .join(PEOPLE, PEOPLE.c.id == NOTICE_READERS.c.person_id)
            .join(LETTERS, of_it, isouter=True)
            .join(NOTICE_RECEIPTS, said, isouter=True)
            .where(NOTICE_READERS.c.notice_id == notice)
            .order_by(PEOPLE.c.class_name, PEOPLE.c.name, PEOPLE.c.id)
        )
        return [_line(row) for row in rows]

    async def _count(self, condition: ColumnElement[bool]) -> int:
        counted = await self._connection.execute(
            select(func.count()).select_from(PEOPLE).where(condition)
        )
        return int(counted.scalar_one())

    def _of(self, audience: Audience, now: datetime) -> ColumnElement[bool]:
        wanted = and_(true(), *(or_(*some) for some in self._respects(audience.wanted, now)))
        out = [one for some in self._respects(audience.without, now) for one in some]
        return and_(wanted, not_(or_(*out))) if out else wanted

    def _respects(self, group: Group, now: datetime) -> list[list[ColumnElement[bool]]]:
        """For each respect that names something, the conditions of which one must hold."""
        named: list[list[ColumnElement[bool]]] = [[self._has_role(r, now) for r in group.roles]]
        for respect, column in _COLUMNS.items():
            values = getattr(group, respect)
            # of who has said nothing in this respect, it is not so
            named.append([func.coalesce(column.in_(values), False)] if values else [])
        if group.tags:
            named.append([_any(PERSON_TAGS.c.person_id, PERSON_TAGS.c.tag.in_(group.tags))])
        named.append([_silent_about(NoticeId(each)) for each in group.unacknowledged])
        if group.sign_ups:
            going = and_(SIGN_UPS.c.day_id.in_(group.sign_ups), SIGN_UPS.c.answer == Answer.GOING)
            named.append([_any(SIGN_UPS.c.person_id, going)])
        if group.reminded:
            row = REMINDER_SUBSCRIPTIONS.c
            named.append([_any(row.person_id, row.paused_at.is_(None))])
        return [some for some in named if some]

    def _has_role(self, role: Role, now: datetime) -> ColumnElement[bool]:
        if role is Role.STUDENT:
            return not_(self._has_role(Role.MEMBER, now))
        granted = _any(
            ROLE_GRANTS.c.person_id,
            ROLE_GRANTS.c.role.in_([each for each in Role if each.covers(role)]),
            ROLE_GRANTS.c.ended_at.is_(None),
            or_(ROLE_GRANTS.c.until.is_(None), ROLE_GRANTS.c.until > now),
        )
        return or_(granted, PEOPLE.c.telegram_id.in_(self._admin_ids))


def _any(person: Any, *where: Any) -> ColumnElement[bool]:
    return exists().where(person == PEOPLE.c.id, *where)


def _silent_about(notice: NoticeId) -> ColumnElement[bool]:
    """They have got the notice, or may have, and have not said so."""
    got = _any(
        LETTERS.c.person_id,
        LETTERS.c.about == about(notice),
        LETTERS.c.kind == LetterKind.NOTICE,
        LETTERS.c.fate.in_([Fate.DELIVERED, Fate.UNKNOWN]),
    )
    return and_(got, not_(_any(NOTICE_RECEIPTS.c.person_id, NOTICE_RECEIPTS.c.notice_id == notice)))


def _off(kind: NoticeKind, *, urgent: bool) -> ColumnElement[bool]:
    """They have switched off what is of the kind."""
    if urgent:
        return literal(1) == literal(0)
    kinds = literal(" ") + func.coalesce(READING_WISHES.c.off, "") + literal(" ")
    return kinds.contains(f" {kind} ")


def _resting(now: datetime, *, urgent: bool) -> ColumnElement[bool]:
    if urgent:
        return literal(1) == literal(0)
    gathering = func.coalesce(READING_WISHES.c.gathering, "at_once") != "at_once"
    return or_(gathering, func.coalesce(READING_WISHES.c.muted_until > now, False))


def _reader(row: Any) -> Reader:
    return Reader(
        id=PersonId(row.id),
        name=row.name,
        language=Language(row.language),
        cohort=row.cohort,
        intake=row.intake,
        class_name=row.class_name,
        wishes=wishes_of(row.off, row.gathering, row.muted_until),
    )


def _line(row: Any) -> Line:
    return Line(
        person=PersonId(row.id),
        name=row.name,
        cohort=row.cohort,
        intake=row.intake,
        class_name=row.class_name,
        fate=Fate(row.fate) if row.fate else None,
        at=row.settled_at,
        reason=row.reason,
        receipt_at=row.receipt_at,
    )
