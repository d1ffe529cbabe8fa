"""The letters of notices, looked after many at once."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.notices.model import NoticeId, about
from branch.outbox.enclosures import captioned
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate, Mail
from branch.people.model import PersonId
from storage.letter_rows import enclosed, numbers_in
from storage.letter_tables import LETTERS
from storage.notice_tables import NOTICE_RECEIPTS
from storage.outbox import SqlOutbox
from storage.tables import PEOPLE
from texts.language import Language

_CLEARED: Final[dict[str, Any]] = {
    "attempts": 0,
    "doubts": 0,
    "claimed_at": None,
    "settled_at": None,
    "reason": None,
}


class SqlMails:
    def __init__(self, connection: AsyncConnection, outbox: SqlOutbox) -> None:
        self._connection = connection
        self._outbox = outbox

    async def fates(self, about: str, kind: LetterKind) -> Mapping[Fate, int]:
        rows = await self._connection.execute(
            select(LETTERS.c.fate, func.count())
            .where(LETTERS.c.about == about, LETTERS.c.kind == kind)
            .group_by(LETTERS.c.fate)
        )
        return {Fate(fate): number for fate, number in rows}

    async def next_at(self, about: str) -> datetime | None:
        found = await self._connection.execute(
            select(func.min(LETTERS.c.try_at)).where(*_of(about, Fate.WAITING))
        )
        moment: datetime | None = found.scalar_one()
        return moment

    async def settled_since(self, about: str, *, since: datetime) -> int:
        counted = await self._connection.execute(
            select(func.count()).where(*_of(about, Fate.DELIVERED), LETTERS.c.settled_at >= since)
        )
        return int(counted.scalar_one())

    async def hold(self, about: str) -> int:
        return await self._change(about, [Fate.WAITING], fate=Fate.HELD)

    async def release(self, about: str, *, now: datetime) -> int:
        due = case((LETTERS.c.try_at < now, now), else_=LETTERS.c.try_at)
        return await self._change(about, [Fate.HELD], fate=Fate.WAITING, try_at=due)

    async def call_back(self, about: str, *, now: datetime) -> int:
        # one that somebody is carrying now may arrive: its carrier will say so
        fate = case(
            (LETTERS.c.claimed_at.is_(None), Fate.CANCELLED.value), else_=Fate.UNKNOWN.value
        )
        return await self._change(
            about, [Fate.WAITING, Fate.HELD], fate=fate, settled_at=now, reason="cancelled"
        )

    async def again(
        self, about: str, fates: Sequence[Fate], *, now: datetime, until: datetime
    ) -> int:
        return await self._change(
            about, fates, fate=Fate.WAITING, try_at=now, useful_until=until, **_CLEARED
        )

    async def refuse(self, reasons: Mapping[str, str], *, now: datetime) -> None:
        """They cannot be written as they should be: by key, and why."""
        for key, reason in reasons.items():
            await self._connection.execute(
                update(LETTERS)
                .where(LETTERS.c.key == key)
                .values(fate=Fate.REFUSED, settled_at=now, reason=reason)
            )

    async def has_arrived(self, key: str, message_id: int, *, now: datetime) -> bool:
        """Of one nobody knew about: its reader has it before them."""
        known = await self._connection.execute(
            update(LETTERS)
            .where(LETTERS.c.key == key, LETTERS.c.fate == Fate.UNKNOWN)
            .values(fate=Fate.DELIVERED, settled_at=now, message_id=message_id)
        )
        return known.rowcount > 0

    async def arriving_with(
        self, people: Sequence[PersonId], *, now: datetime
    ) -> AbstractSet[tuple[PersonId, datetime]]:
        """When these get other notices that wait for a later time."""
        rows = await self._connection.execute(
            select(LETTERS.c.person_id, LETTERS.c.due_at).where(
                LETTERS.c.person_id.in_(people),
                LETTERS.c.fate == Fate.WAITING,
                LETTERS.c.kind == LetterKind.NOTICE,
                LETTERS.c.due_at > now,
            )
        )
        return {(PersonId(person), due) for person, due in rows if person is not None}

    async def again_to_returned(self, about: str, *, now: datetime, until: datetime) -> int:
        there = select(PEOPLE.c.id).where(PEOPLE.c.unreachable_since.is_(None))
        changed = await self._connection.execute(
            update(LETTERS)
            .where(*_of(about, Fate.UNREACHABLE), LETTERS.c.person_id.in_(there))
            .values(fate=Fate.WAITING, try_at=now, useful_until=until, **_CLEARED)
        )
        self._outbox.written = self._outbox.written or changed.rowcount > 0
        return changed.rowcount

    async def take_as_delivered(self, about: str, *, now: datetime) -> int:
        return await self._change(about, [Fate.UNKNOWN], fate=Fate.DELIVERED, settled_at=now)

    async def of(self, about: str, people: Sequence[PersonId]) -> Mapping[PersonId, Mail]:
        mails = await self._mails(
            LETTERS.c.about == about,
            LETTERS.c.kind == LetterKind.NOTICE,
            LETTERS.c.person_id.in_(people),
        )
        return {each.person: each for each in mails}

    async def rewrite(self, bodies: Mapping[str, str]) -> None:
        if bodies:
            await self._connection.execute(
                update(LETTERS)
                .where(LETTERS.c.key == bindparam("its_key"), LETTERS.c.claimed_at.is_(None))
                .values(body=bindparam("its_body")),
                [{"its_key": key, "its_body": body} for key, body in bodies.items()],
            )

    async def count_unacknowledged(self, notice: NoticeId) -> int:
        said = select(NOTICE_RECEIPTS.c.person_id).where(NOTICE_RECEIPTS.c.notice_id == notice)
        counted = await self._connection.execute(
            select(func.count()).where(
                *_of(about(notice), Fate.DELIVERED, Fate.UNKNOWN), LETTERS.c.person_id.not_in(said)
            )
        )
        return int(counted.scalar_one())

    async def unacknowledged(self, notice: NoticeId) -> Sequence[Mail]:
        said = select(NOTICE_RECEIPTS.c.person_id).where(NOTICE_RECEIPTS.c.notice_id == notice)
        return await self._mails(
            *_of(about(notice), Fate.DELIVERED, Fate.UNKNOWN), LETTERS.c.person_id.not_in(said)
        )

    async def _mails(self, *where: Any) -> Sequence[Mail]:
        rows = await self._connection.execute(
            select(LETTERS, PEOPLE.c.language)
            .join(PEOPLE, PEOPLE.c.id == LETTERS.c.person_id)
            .where(*where)
            .order_by(LETTERS.c.id)
        )
        return [_mail(row) for row in rows]

    async def _change(self, about: str, fates: Sequence[Fate], **values: Any) -> int:
        changed = await self._connection.execute(
            update(LETTERS).where(*_of(about, *fates)).values(**values)
        )
        self._outbox.written = self._outbox.written or changed.rowcount > 0
        return changed.rowcount


def _of(about: str, *fates: Fate) -> tuple[Any, ...]:
    return (
        LETTERS.c.about == about,
        LETTERS.c.kind == LetterKind.NOTICE,
        LETTERS.c.fate.in_(fates),
    )


def _mail(row: Any) -> Mail:
    first = () if row.message_id is None else (row.message_id,)
    return Mail(
        key=row.key,
        person=PersonId(row.person_id),
        language=Language(row.language),
        fate=Fate(row.fate),
        under_way=row.claimed_at is not None,
        captioned=captioned(row.body, enclosed(row.enclosures)),
        messages=(*first, *numbers_in(row.more)),
        settled_at=row.settled_at,
    )
