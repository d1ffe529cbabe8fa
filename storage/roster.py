"""The rows of rosters, of who says that they are whom, and the secret that hides the numbers."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.outcomes.model import ClaimId, RosterEntry, RosterId
from branch.outcomes.ports import Claim, NewEntry
from branch.outcomes.rates import OnRoster
from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.outcome_tables import ROSTER, ROSTER_CLAIMS, SECRETS, WRONG_NUMBERS

_BYTES = 32
_AT_ONCE = 500
_WAITING, _GRANTED, _REFUSED = "waiting", "granted", "refused"


class SqlSecrets:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, name: str, *, now: datetime) -> bytes:
        known = select(SECRETS.c.value).where(SECRETS.c.name == name)
        value = (await self._connection.execute(known)).scalar_one_or_none()
        if value is None:
            await self._connection.execute(
                insert_into(self._connection, SECRETS)
                .values(name=name, value=secrets.token_hex(_BYTES), made_at=now)
                .on_conflict_do_nothing()
            )
            value = (await self._connection.execute(known)).scalar_one()
        return bytes.fromhex(value)


class SqlRoster:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self, cohorts: Sequence[int]) -> Sequence[RosterEntry]:
        rows = await self._connection.execute(
            select(ROSTER).where(ROSTER.c.cohort.in_(cohorts)).order_by(ROSTER.c.id)
        )
        return [_entry(row) for row in rows]

    async def counts(self) -> Mapping[int, tuple[int, int]]:
        rows = await self._connection.execute(
            select(ROSTER.c.cohort, func.count(), func.count(ROSTER.c.person_id))
            .group_by(ROSTER.c.cohort)
            .order_by(ROSTER.c.cohort)
        )
        return {cohort: (number, linked) for cohort, number, linked in rows}

    async def add(self, entries: Sequence[NewEntry], *, source: str, now: datetime) -> int:
        added = 0
        for start in range(0, len(entries), _AT_ONCE):
            values = [
                {
                    "cohort": each.cohort,
                    "student_key": each.key,
                    "class_name": each.class_name,
                    "name": each.name,
                    "imported_at": now,
                    "source": source,
                }
                for each in entries[start : start + _AT_ONCE]
            ]
            done = await self._connection.execute(
                insert_into(self._connection, ROSTER).values(values).on_conflict_do_nothing()
            )
            added += done.rowcount
        return added

    async def change(self, entries: Sequence[RosterEntry]) -> None:
        if not entries:
            return
        table: Any = ROSTER
        # the name of somebody who was forgotten stays empty
        name = case((table.c.name == "", table.c.name), else_=bindparam("new_name"))
        await self._connection.execute(
            update(table)
            .where(table.c.id == bindparam("entry"))
            .values(class_name=bindparam("new_class"), name=name),
            [
                {"entry": each.id, "new_class": each.class_name, "new_name": each.name}
                for each in entries
            ],
        )

    async def by_key(self, key: str) -> Sequence[RosterEntry]:
        rows = await self._connection.execute(
            select(ROSTER).where(ROSTER.c.student_key == key).order_by(ROSTER.c.cohort.desc())
        )
        return [_entry(row) for row in rows]

    async def get(self, entry: RosterId) -> RosterEntry | None:
        return await self._one(ROSTER.c.id == entry)

    async def of(self, person: PersonId) -> RosterEntry | None:
        return await self._one(ROSTER.c.person_id == person)

    async def link(self, entry: RosterId, person: PersonId) -> bool:
        if await self.of(person) is not None:
            return False
        done = await self._connection.execute(
            update(ROSTER)
            .where(ROSTER.c.id == entry, ROSTER.c.person_id.is_(None))
            .values(person_id=person)
        )
        return done.rowcount > 0

    async def unlink(self, entry: RosterId) -> None:
        await self._connection.execute(
            update(ROSTER).where(ROSTER.c.id == entry).values(person_id=None)
        )

    async def on_roster(self) -> Sequence[OnRoster]:
        rows = await self._connection.execute(
            select(ROSTER.c.id, ROSTER.c.cohort, ROSTER.c.class_name)
        )
        return [OnRoster(RosterId(number), cohort, name) for number, cohort, name in rows]

    async def _one(self, condition: Any) -> RosterEntry | None:
        found = await self._connection.execute(select(ROSTER).where(condition))
        row = found.one_or_none()
        return None if row is None else _entry(row)


class SqlRosterClaims:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, entry: RosterId, person: PersonId, *, now: datetime) -> None:
        again = {"made_at": now, "state": _WAITING, "settled_at": None}
        await self._connection.execute(
            insert_into(self._connection, ROSTER_CLAIMS)
            .values(roster_id=entry, person_id=person, **again)
            .on_conflict_do_update(
                index_elements=[ROSTER_CLAIMS.c.roster_id, ROSTER_CLAIMS.c.person_id],
                set_=again,
            )
        )

    async def waiting(self) -> Sequence[Claim]:
        has_a_row = select(ROSTER.c.person_id).where(ROSTER.c.person_id.is_not(None))
        query = (
            _claims()
            .where(ROSTER_CLAIMS.c.state == _WAITING, ROSTER_CLAIMS.c.person_id.not_in(has_a_row))
            .order_by(ROSTER_CLAIMS.c.id)
        )
        return [_claim(row) for row in await self._connection.execute(query)]

    async def lock(self, claim: ClaimId) -> Claim | None:
        found = await self._connection.execute(
            _claims()
            .where(ROSTER_CLAIMS.c.id == claim, ROSTER_CLAIMS.c.state == _WAITING)
            .with_for_update()
        )
        row = found.one_or_none()
        return None if row is None else _claim(row)

    async def settle(self, claim: ClaimId, *, granted: bool, now: datetime) -> None:
        await self._connection.execute(
            update(ROSTER_CLAIMS)
            .where(ROSTER_CLAIMS.c.id == claim)
            .values(state=_GRANTED if granted else _REFUSED, settled_at=now)
        )

    async def of(self, person: PersonId) -> Claim | None:
        found = await self._connection.execute(
            _claims()
            .where(ROSTER_CLAIMS.c.person_id == person, ROSTER_CLAIMS.c.state == _WAITING)
            .order_by(ROSTER_CLAIMS.c.id)
        )
        row = found.first()
        return None if row is None else _claim(row)

    async def wrong_numbers(self, person: PersonId, *, since: datetime) -> int:
        counted = await self._connection.execute(
            select(func.count())
            .select_from(WRONG_NUMBERS)
            .where(WRONG_NUMBERS.c.person_id == person, WRONG_NUMBERS.c.at > since)
        )
        return int(counted.scalar_one())

    async def note_wrong_number(self, person: PersonId, *, now: datetime) -> None:
        await self._connection.execute(insert(WRONG_NUMBERS).values(person_id=person, at=now))


def _claims() -> Any:
    return select(
        ROSTER,
        ROSTER_CLAIMS.c.id.label("claim_id"),
        ROSTER_CLAIMS.c.person_id.label("claimant"),
        ROSTER_CLAIMS.c.made_at,
    ).join(ROSTER, ROSTER.c.id == ROSTER_CLAIMS.c.roster_id)


def _claim(row: Any) -> Claim:
    return Claim(
        id=ClaimId(row.claim_id),
        entry=_entry(row),
        person=PersonId(row.claimant),
        made_at=row.made_at,
    )


def _entry(row: Any) -> RosterEntry:
    return RosterEntry(
        id=RosterId(row.id),
        cohort=row.cohort,
        class_name=row.class_name,
        key=row.student_key,
        name=row.name or None,
        person=None if row.person_id is None else PersonId(row.person_id),
        forgotten=row.name == "",
    )
