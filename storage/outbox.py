"""The rows of letters: written once, claimed by one, kept with what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.outbox.chats import ChatId
from branch.outbox.enclosures import Enclosure
from branch.outbox.kinds import LetterKind, Priority
from branch.outbox.model import Claim, Fate, Letter, Place, Settled
from branch.outbox.ports import Standing, Told
from branch.people.model import PersonId
from storage.letter_rows import claim_of, enclosed, enclosures_of, row_of
from storage.letter_settling import write_down
from storage.letter_tables import CHATS, LETTERS
from storage.posts import SqlPosts
from storage.tables import PEOPLE
from texts.language import Language

_AT_ONCE: Final = 500
_AFTER_ANY_PREFIX: Final = "\U0010ffff"
_WAITING = LETTERS.c.fate == Fate.WAITING
# the index for claims covers only what waits, and is found only by these very words
_TO_TRY = LETTERS.c.fate == literal(Fate.WAITING.value, literal_execute=True)
_FAILED = (Fate.UNREACHABLE, Fate.REFUSED, Fate.EXPIRED, Fate.UNKNOWN)
AGAIN_IS_USEFUL_FOR: Final = timedelta(days=365)
_ANEW = ("body", "buttons", "enclosures", "due_at", "useful_until", "try_at", "fate", "priority")
_CLEARED = {"attempts": 0, "doubts": 0, "claimed_at": None, "settled_at": None, "reason": None}


class SqlOutbox:
    """`written` says whether this transaction has put letters on their way."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.written = False

    async def put(self, letters: Iterable[Letter]) -> int:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        insert = dialect.insert(LETTERS)
        statement = insert.on_conflict_do_update(
            index_elements=[LETTERS.c.key],
            set_={name: insert.excluded[name] for name in _ANEW} | _CLEARED,
            where=LETTERS.c.fate == Fate.CANCELLED,
        ).returning(LETTERS.c.id)
        rows, new = [row_of(letter) for letter in letters], 0
        for start in range(0, len(rows), _AT_ONCE):
            written = await self._connection.execute(statement, rows[start : start + _AT_ONCE])
            new += len(written.all())
        self.written = self.written or new > 0
        return new

    async def cancel(
        self,
        kind: LetterKind,
        *,
        now: datetime,
        about_prefix: str | None = None,
        keys: Iterable[str] = (),
    ) -> int:
        meant: list[ColumnElement[bool]] = [LETTERS.c.key.in_(list(keys))]
        if about_prefix is not None:
            end = about_prefix + _AFTER_ANY_PREFIX
            meant.append(and_(LETTERS.c.about >= about_prefix, LETTERS.c.about < end))
        # one that somebody is carrying now may arrive: its carrier will say so
        fate = case(
            (LETTERS.c.claimed_at.is_(None), Fate.CANCELLED.value), else_=Fate.UNKNOWN.value
        )
        called_back = await self._connection.execute(
            update(LETTERS)
            .where(_WAITING, LETTERS.c.kind == kind, or_(*meant))
            .values(fate=fate, settled_at=now, reason="cancelled")
        )
        return called_back.rowcount

    async def delivered(self, *, kind: LetterKind, about: str) -> Sequence[PersonId]:
        return await self._people(kind, about, Fate.DELIVERED)

    async def told(self, *, kind: LetterKind, about: str) -> Sequence[PersonId]:
        return await self._people(kind, about, Fate.DELIVERED, Fate.UNKNOWN)

    async def waiting(self, *, kind: LetterKind, about: str) -> Sequence[PersonId]:
        return await self._people(kind, about, Fate.WAITING)

    async def last_told(self, kinds: Sequence[LetterKind], *, about_prefix: str) -> Sequence[Told]:
        rows = await self._connection.execute(
            select(LETTERS.c.person_id, LETTERS.c.about, PEOPLE.c.language)
            .join(PEOPLE, PEOPLE.c.id == LETTERS.c.person_id)
            .where(
                LETTERS.c.about >= about_prefix, LETTERS.c.about < about_prefix + _AFTER_ANY_PREFIX
            )
            .where(LETTERS.c.kind.in_(kinds), LETTERS.c.fate.in_([Fate.DELIVERED, Fate.UNKNOWN]))
            .order_by(LETTERS.c.settled_at, LETTERS.c.id)
        )
        last = {
            row.person_id: Told(
                person=PersonId(row.person_id), language=Language(row.language), about=row.about
            )
            for row in rows
        }
        return list(last.values())

    async def waiting_keys(
        self, kind: LetterKind, *, to: PersonId | None = None
    ) -> Sequence[tuple[str, PersonId]]:
        query = select(LETTERS.c.key, LETTERS.c.person_id).where(_WAITING, LETTERS.c.kind == kind)
        if to is not None:
            query = query.where(LETTERS.c.person_id == to)
        rows = await self._connection.execute(query)
        return [(row.key, PersonId(row.person_id)) for row in rows]

    async def fates(self, *, kind: LetterKind, about: str) -> Sequence[tuple[PersonId, Fate]]:
        rows = await self._connection.execute(
            select(LETTERS.c.person_id, LETTERS.c.fate)
            .where(LETTERS.c.about == about, LETTERS.c.kind == kind)
            .order_by(LETTERS.c.id)
        )
        return [(PersonId(row.person_id), Fate(row.fate)) for row in rows if row.person_id]

    async def standings(self, keys: Sequence[str]) -> Mapping[str, Standing]:
        rows = await self._connection.execute(
            select(LETTERS.c.key, LETTERS.c.fate, LETTERS.c.settled_at, LETTERS.c.reason).where(
                LETTERS.c.key.in_(keys)
            )
        )
        return {
            row.key: Standing(fate=Fate(row.fate), at=row.settled_at, reason=row.reason)
            for row in rows
        }

    async def enclose(self, key: str, enclosure: Enclosure) -> bool:
        at_home = and_(LETTERS.c.key == key, _WAITING, LETTERS.c.claimed_at.is_(None))
        found = await self._connection.execute(
            select(LETTERS.c.enclosures).where(at_home).with_for_update()
        )
        row = found.one_or_none()
        if row is None:
            return False
        inside = enclosed(row.enclosures)
        if enclosure not in inside:
            await self._connection.execute(
                update(LETTERS)
                .where(at_home)
                .values(enclosures=enclosures_of([*inside, enclosure]))
            )
        return True

    async def send_again(self, key: str, *, now: datetime) -> bool:
        again = await self._connection.execute(
            update(LETTERS)
            .where(LETTERS.c.key == key, LETTERS.c.fate.in_(_FAILED))
            .values(
                fate=Fate.WAITING,
                try_at=now,
                useful_until=now + AGAIN_IS_USEFUL_FOR,
                **_CLEARED,
            )
        )
        self.written = self.written or again.rowcount > 0
        return again.rowcount > 0

    async def next_try(self, priorities: Sequence[Priority]) -> datetime | None:
        each = [
            select(func.min(LETTERS.c.try_at).label("at")).where(_TO_TRY, LETTERS.c.priority == one)
            for one in priorities
        ]
        earliest = union_all(*each).subquery()
        found = await self._connection.execute(select(func.min(earliest.c.at)))
        moment: datetime | None = found.scalar_one()
        return moment

    async def claim(
        self, priorities: Sequence[Priority], *, now: datetime, until: datetime, limit: int
    ) -> Sequence[Claim]:
        claims: list[Claim] = []
        for priority in sorted(priorities):
            if len(claims) < limit:
                claims += await self._due(priority, now, limit - len(claims))
        if claims:
            await self._connection.execute(
                update(LETTERS)
                .where(LETTERS.c.id.in_([claim.id for claim in claims]))
                .values(
                    try_at=until,
                    claimed_at=now,
                    attempts=LETTERS.c.attempts + 1,
                    doubts=LETTERS.c.doubts + case((LETTERS.c.claimed_at.is_not(None), 1), else_=0),
                )
            )
        return claims

    async def renew(self, claims: Iterable[Claim], *, until: datetime) -> None:
        for claim in claims:
            await self._connection.execute(
                update(LETTERS).where(_still_ours(claim)).values(try_at=until)
            )

    async def settle(self, settled: Iterable[Settled]) -> None:
        """Write what has happened, also over what was thought meanwhile.

        But only the present carrier puts a letter back.
        """
        await write_down(self._connection, settled)

    async def revive(self, person_id: PersonId, *, now: datetime) -> int:
        """Put on their way what waited for this person's return; how many."""
        return await self._revive(LETTERS.c.person_id == person_id, now)

    async def revive_in(self, chat: ChatId, *, now: datetime) -> int:
        """The same for a group that we were put out of."""
        return await self._revive(LETTERS.c.chat_id == chat, now)

    async def _revive(self, whose: ColumnElement[bool], now: datetime) -> int:
        kinds = [kind for kind in LetterKind if kind.waits_for_return]
        revived = await self._connection.execute(
            update(LETTERS)
            .where(whose, LETTERS.c.fate == Fate.UNREACHABLE)
            .where(LETTERS.c.kind.in_(kinds), LETTERS.c.useful_until > now)
            .values(fate=Fate.WAITING, try_at=now, **_CLEARED)
        )
        self.written = self.written or revived.rowcount > 0
        return revived.rowcount

    async def prune(self, kind: LetterKind, *, before: datetime) -> int:
        """Delete letters of the kind that were due before the moment; how many."""
        gone = await self._connection.execute(
            delete(LETTERS).where(LETTERS.c.kind == kind, LETTERS.c.due_at < before)
        )
        return gone.rowcount

    async def _people(self, kind: LetterKind, about: str, *fates: Fate) -> Sequence[PersonId]:
        rows = await self._connection.execute(
            select(LETTERS.c.person_id)
            .where(LETTERS.c.about == about, LETTERS.c.kind == kind, LETTERS.c.fate.in_(fates))
            .distinct()
            .order_by(LETTERS.c.person_id)
        )
        return [PersonId(each) for each in rows.scalars() if each]

    async def _due(self, priority: Priority, now: datetime, limit: int) -> list[Claim]:
        rows = await self._connection.execute(
            select(
                LETTERS,
                PEOPLE.c.telegram_id,
                PEOPLE.c.unreachable_since,
                CHATS.c.telegram_id.label("group_id"),
                CHATS.c.lost_at,
                CHATS.c.has_topics,
            )
            .join(PEOPLE, PEOPLE.c.id == LETTERS.c.person_id, isouter=True)
            .join(CHATS, CHATS.c.id == LETTERS.c.chat_id, isouter=True)
            .where(_TO_TRY, LETTERS.c.priority == priority, LETTERS.c.try_at <= now)
            .order_by(LETTERS.c.try_at)
            .limit(limit)
            .with_for_update(of=LETTERS, skip_locked=True)
        )
        return [claim_of(row, await self._place(row)) for row in rows]

    async def _place(self, row: Any) -> Place | None:
        if row.chat_id is None:
            return None
        posts = SqlPosts(self._connection)
        return await posts.place(row.about, group=row.group_id, has_topics=bool(row.has_topics))


def _still_ours(claim: Claim) -> ColumnElement[bool]:
    """Nobody else has taken the letter since, and it has not been called back."""
    return and_(
        LETTERS.c.id == claim.id,
        LETTERS.c.attempts == claim.attempt,
        LETTERS.c.claimed_at.is_not(None),
        LETTERS.c.fate.in_([Fate.WAITING, Fate.HELD]),
    )
