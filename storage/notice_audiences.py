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
from storage.calendar_tables import ReminderSubscriptionRow
from storage.events import note
from storage.letter_tables import LetterRow
from storage.notice_tables import NoticeReaderRow, NoticeReceiptRow, PersonTagRow, ReadingWishRow
from storage.reading import wishes_of
from storage.tables import PersonRow, RoleGrantRow
from storage.theme_day_tables import SignUpRow
from texts.language import Language

_COLUMNS: Final = {
    "intakes": PersonRow.intake,
    "cohorts": PersonRow.cohort,
    "classes": PersonRow.class_name,
}

_READERS: Final = select(
    PersonRow.__table__,
    ReadingWishRow.off,
    ReadingWishRow.gathering,
    ReadingWishRow.muted_until,
).join(ReadingWishRow, ReadingWishRow.person_id == PersonRow.id, isouter=True)


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
                func.count().filter(and_(not_(off), PersonRow.unreachable_since.is_not(None))),
                func.count().filter(and_(not_(off), _resting(now, urgent=urgent))),
            )
            .select_from(PersonRow)
            .join(ReadingWishRow, ReadingWishRow.person_id == PersonRow.id, isouter=True)
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
            select(literal(notice), PersonRow.id)
            .join(ReadingWishRow, ReadingWishRow.person_id == PersonRow.id, isouter=True)
            .where(self._of(audience, now), not_(_off(kind, urgent=urgent)))
            .order_by(PersonRow.id)
        )
        frozen = await self._connection.execute(
            insert(NoticeReaderRow).from_select(["notice_id", "person_id"], who)
        )
        await note(self._connection, Kind.NOTICE_SENT, at=now, about=about(notice), path=Path.CLOCK)
        return frozen.rowcount

    async def frozen(
        self, notice: NoticeId, *, after: int, limit: int, before: int | None = None
    ) -> Sequence[Reader]:
        query = (
            _READERS.join(NoticeReaderRow, NoticeReaderRow.person_id == PersonRow.id)
            .where(NoticeReaderRow.notice_id == notice, NoticeReaderRow.person_id > after)
            .order_by(NoticeReaderRow.person_id)
            .limit(limit)
        )
        if before is not None:
            query = query.where(NoticeReaderRow.person_id <= before)
        return [_reader(row) for row in await self._connection.execute(query)]

    async def first(self, audience: Audience, *, now: datetime) -> Reader | None:
        found = await self._connection.execute(
            _READERS.where(self._of(audience, now)).order_by(PersonRow.id).limit(1)
        )
        row = found.one_or_none()
        return None if row is None else _reader(row)

    async def values(self, respect: str, *, now: datetime) -> Sequence[tuple[Any, int]]:
        if respect == "tags":
            column: Any = PersonTagRow.tag
            query = select(column, func.count())
        elif respect == "sign_ups":
            column = SignUpRow.day_id
            query = select(column, func.count()).where(SignUpRow.answer == Answer.GOING)
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
        table = PersonRow.__table__.c
        rows = await self._connection.execute(
            select(*(func.count().filter(table[each].is_(None)) for each in wanted))
            .select_from(PersonRow)
            .join(ReadingWishRow, ReadingWishRow.person_id == PersonRow.id, isouter=True)
            .where(self._of(audience, now), not_(_off(kind, urgent=urgent)))
        )
        return {name: number for name, number in zip(wanted, rows.one(), strict=True) if number}

    async def longest(
        self, audience: Audience, columns: Iterable[str], *, now: datetime
    ) -> Mapping[str, str]:
        table, found = PersonRow.__table__.c, {}
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
            LetterRow.person_id == NoticeReaderRow.person_id,
            LetterRow.about == about(notice),
            LetterRow.kind == LetterKind.NOTICE,
        )
        said = and_(
            NoticeReceiptRow.person_id == NoticeReaderRow.person_id,
            NoticeReceiptRow.notice_id == notice,
        )
        rows = await self._connection.execute(
            select(
                PersonRow.__table__,
                LetterRow.fate,
                LetterRow.settled_at,
                LetterRow.reason,
                NoticeReceiptRow.at.label("receipt_at"),
            )
            .select_from(NoticeReaderRow)
            .join(PersonRow, PersonRow.id == NoticeReaderRow.person_id)
            .join(LetterRow, of_it, isouter=True)
            .join(NoticeReceiptRow, said, isouter=True)
            .where(NoticeReaderRow.notice_id == notice)
            .order_by(PersonRow.class_name, PersonRow.name, PersonRow.id)
        )
        return [_line(row) for row in rows]

    async def _count(self, condition: ColumnElement[bool]) -> int:
        counted = await self._connection.execute(
            select(func.count()).select_from(PersonRow).where(condition)
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
            named.append([_any(PersonTagRow.person_id, PersonTagRow.tag.in_(group.tags))])
        named.append([_silent_about(NoticeId(each)) for each in group.unacknowledged])
        if group.sign_ups:
            going = and_(SignUpRow.day_id.in_(group.sign_ups), SignUpRow.answer == Answer.GOING)
            named.append([_any(SignUpRow.person_id, going)])
        if group.reminded:
            row = ReminderSubscriptionRow
            named.append([_any(row.person_id, row.paused_at.is_(None))])
        return [some for some in named if some]

    def _has_role(self, role: Role, now: datetime) -> ColumnElement[bool]:
        if role is Role.STUDENT:
            return not_(self._has_role(Role.MEMBER, now))
        granted = _any(
            RoleGrantRow.person_id,
            RoleGrantRow.role.in_([each for each in Role if each.covers(role)]),
            RoleGrantRow.ended_at.is_(None),
            or_(RoleGrantRow.until.is_(None), RoleGrantRow.until > now),
        )
        return or_(granted, PersonRow.telegram_id.in_(self._admin_ids))


def _any(person: Any, *where: Any) -> ColumnElement[bool]:
    return exists().where(person == PersonRow.id, *where)


def _silent_about(notice: NoticeId) -> ColumnElement[bool]:
    """They have got the notice, or may have, and have not said so."""
    got = _any(
        LetterRow.person_id,
        LetterRow.about == about(notice),
        LetterRow.kind == LetterKind.NOTICE,
        LetterRow.fate.in_([Fate.DELIVERED, Fate.UNKNOWN]),
    )
    return and_(got, not_(_any(NoticeReceiptRow.person_id, NoticeReceiptRow.notice_id == notice)))


def _off(kind: NoticeKind, *, urgent: bool) -> ColumnElement[bool]:
    """They have switched off what is of the kind."""
    if urgent:
        return literal(1) == literal(0)
    kinds = literal(" ") + func.coalesce(ReadingWishRow.off, "") + literal(" ")
    return kinds.contains(f" {kind} ")


def _resting(now: datetime, *, urgent: bool) -> ColumnElement[bool]:
    if urgent:
        return literal(1) == literal(0)
    gathering = func.coalesce(ReadingWishRow.gathering, "at_once") != "at_once"
    return or_(gathering, func.coalesce(ReadingWishRow.muted_until > now, False))


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
