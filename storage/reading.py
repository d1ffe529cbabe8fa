"""The rows of what readers say and choose: receipts, wishes, lists."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind
from branch.notices.model import NoticeId, NoticeKind, about
from branch.notices.wishes import Gathering, Wishes
from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.events import note
from storage.notice_tables import NOTICE_READERS, NOTICE_RECEIPTS, PERSON_TAGS, READING_WISHES


class SqlReceipts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, notice: NoticeId, person: PersonId, *, now: datetime) -> bool:
        added = await self._connection.execute(
            insert_into(self._connection, NOTICE_RECEIPTS)
            .values(notice_id=notice, person_id=person, at=now)
            .on_conflict_do_nothing()
        )
        if not added.rowcount:
            return False
        kind = Kind.NOTICE_ACKNOWLEDGED
        await note(self._connection, kind, at=now, about=about(notice), person=person)
        return True

    async def count(self, notice: NoticeId) -> int:
        counted = await self._connection.execute(
            select(func.count()).where(NOTICE_RECEIPTS.c.notice_id == notice)
        )
        return int(counted.scalar_one())

    async def has(self, notice: NoticeId, person: PersonId) -> bool:
        found = await self._connection.execute(
            select(NOTICE_RECEIPTS.c.at).where(
                NOTICE_RECEIPTS.c.notice_id == notice, NOTICE_RECEIPTS.c.person_id == person
            )
        )
        return found.one_or_none() is not None

    async def lacking(self, person: PersonId, *, limit: int) -> Sequence[NoticeId]:
        said = select(NOTICE_RECEIPTS.c.notice_id).where(NOTICE_RECEIPTS.c.person_id == person)
        found = await self._connection.execute(
            select(NOTICE_READERS.c.notice_id)
            .where(NOTICE_READERS.c.person_id == person, NOTICE_READERS.c.notice_id.not_in(said))
            .order_by(NOTICE_READERS.c.notice_id.desc())
            .limit(limit)
        )
        return [NoticeId(each) for each in found.scalars()]


class SqlReadingWishes:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, person: PersonId) -> Wishes:
        found = await self._connection.execute(
            select(READING_WISHES).where(READING_WISHES.c.person_id == person)
        )
        row = found.one_or_none()
        return Wishes() if row is None else wishes_of(row.off, row.gathering, row.muted_until)

    async def save(self, person: PersonId, wishes: Wishes) -> None:
        values = {
            "off": " ".join(sorted(wishes.off)),
            "gathering": wishes.gathering,
            "muted_until": wishes.muted_until,
        }
        await self._connection.execute(
            insert_into(self._connection, READING_WISHES)
            .values(person_id=person, **values)
            .on_conflict_do_update(index_elements=[READING_WISHES.c.person_id], set_=values)
        )


class SqlTags:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, tag: str, people: Iterable[PersonId], *, now: datetime) -> int:
        new = 0
        for person in people:
            added = await self._connection.execute(
                insert_into(self._connection, PERSON_TAGS)
                .values(tag=tag, person_id=person, at=now)
                .on_conflict_do_nothing()
            )
            new += added.rowcount
        return new

    async def exists(self, tag: str) -> bool:
        found = await self._connection.execute(
            select(PERSON_TAGS.c.tag).where(PERSON_TAGS.c.tag == tag).limit(1)
        )
        return found.first() is not None

    async def drop(self, tag: str, person: PersonId) -> bool:
        dropped = await self._connection.execute(
            delete(PERSON_TAGS).where(PERSON_TAGS.c.tag == tag, PERSON_TAGS.c.person_id == person)
        )
        return dropped.rowcount > 0

    async def of(self, person: PersonId) -> Sequence[str]:
        tags = await self._connection.execute(
            select(PERSON_TAGS.c.tag)
            .where(PERSON_TAGS.c.person_id == person)
            .order_by(PERSON_TAGS.c.tag)
        )
        return list(tags.scalars())


def wishes_of(off: str | None, gathering: str | None, muted_until: datetime | None) -> Wishes:
    """As they are kept; None where somebody has chosen nothing."""
    return Wishes(
        off=frozenset(NoticeKind(each) for each in (off or "").split()),
        gathering=Gathering(gathering) if gathering else Gathering.AT_ONCE,
        muted_until=muted_until,
    )
