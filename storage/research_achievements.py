"""The rows of achievements; unique keys see that each is recorded once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind as EventKind
from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.people.model import PersonId
from branch.research.achievement import (
    Achievement,
    AchievementId,
    AchievementState,
    Batch,
    BatchId,
    Claim,
    Kind,
    Level,
)
from storage.dialects import insert_into
from storage.events import note
from storage.research_tables import ACHIEVEMENTS, RESEARCH_IMPORTS
from storage.tables import PEOPLE

_RECORDING = 7_103_946_297  # any number, as long as nobody else locks it
_REPORTER = PEOPLE.alias("reporter")
_JUDGE = PEOPLE.alias("judge")
_ROWS = (
    select(
        ACHIEVEMENTS,
        _REPORTER.c.name.label("reporter_name"),
        _JUDGE.c.name.label("judge_name"),
    )
    .outerjoin(_REPORTER, _REPORTER.c.id == ACHIEVEMENTS.c.reporter_id)
    .outerjoin(_JUDGE, _JUDGE.c.id == ACHIEVEMENTS.c.judge_id)
)


class SqlAchievements:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self) -> None:
        if self._connection.dialect.name == "postgresql":
            # SQLite has one writer at a time anyway. Two files that hold the same in another order
            # would wait for each other's keys
            await self._connection.execute(
                text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _RECORDING}
            )

    async def add(
        self,
        claim: Claim,
        *,
        key: str,
        reporter: PersonId,
        now: datetime,
        batch: BatchId | None = None,
    ) -> tuple[AchievementId | None, bool]:
        added = await self._connection.execute(
            insert_into(self._connection, ACHIEVEMENTS)
            .values(
                key=key,
                reporter_id=reporter,
                at=now,
                batch_id=batch,
                state=AchievementState.CLAIMED,
                reason="",
                **_claimed(claim),
            )
            .on_conflict_do_nothing()
        )
        query = select(ACHIEVEMENTS.c.id).where(ACHIEVEMENTS.c.key == key)
        found = (await self._connection.execute(query)).scalar_one_or_none()
        return None if found is None else AchievementId(found), added.rowcount > 0

    async def same_as(self, claim: Claim) -> Achievement | None:
        same = ACHIEVEMENTS.c.title_key == claim.title_key
        if claim.doi is not None:
            same = or_(same, ACHIEVEMENTS.c.doi_key == claim.doi)
        query = _ROWS.where(same).order_by(ACHIEVEMENTS.c.id).limit(1)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _achievement(row)

    async def known(self) -> Mapping[str, AchievementId]:
        rows = await self._connection.execute(
            select(ACHIEVEMENTS.c.id, ACHIEVEMENTS.c.title_key, ACHIEVEMENTS.c.doi_key).where(
                ACHIEVEMENTS.c.state != AchievementState.REFUSED
            )
        )
        return {key: AchievementId(row.id) for row in rows for key in row[1:] if key}

    async def get(self, achievement: AchievementId) -> Achievement | None:
        query = _ROWS.where(ACHIEVEMENTS.c.id == achievement)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _achievement(row)

    async def judge(
        self,
        achievement: AchievementId,
        state: AchievementState,
        *,
        judge: PersonId,
        now: datetime,
        reason: str = "",
    ) -> bool:
        values = {"state": state, "judge_id": judge, "judged_at": now, "reason": reason}
        if state is AchievementState.REFUSED:
            values |= {"doi_key": None, "title_key": None}
        judged = await self._connection.execute(
            update(ACHIEVEMENTS)
            .where(
                ACHIEVEMENTS.c.id == achievement, ACHIEVEMENTS.c.state == AchievementState.CLAIMED
            )
            .values(**values)
        )
        if not judged.rowcount:
            return False
        if state is AchievementState.CONFIRMED:
            await self._note(now, ACHIEVEMENTS.c.id == achievement)
        return True

    async def _note(self, now: datetime, *which: Any) -> None:
        """Those that have just been confirmed, for the figures."""
        rows = await self._connection.execute(
            select(ACHIEVEMENTS.c.id, ACHIEVEMENTS.c.kind, ACHIEVEMENTS.c.reporter_id).where(*which)
        )
        for number, kind, reporter in rows.all():
            await note(
                self._connection,
                EventKind.ACHIEVEMENT_CONFIRMED,
                at=now,
                about=f"achievement:{number}",
                person=reporter,
                details={"kind": kind},
            )

    async def withdraw(self, achievement: AchievementId, *, of: PersonId) -> bool:
        gone = await self._connection.execute(
            delete(ACHIEVEMENTS).where(
                ACHIEVEMENTS.c.id == achievement,
                ACHIEVEMENTS.c.reporter_id == of,
                ACHIEVEMENTS.c.state == AchievementState.CLAIMED,
            )
        )
        return gone.rowcount > 0

    async def page(
        self, state: AchievementState, *, start: int, limit: int
    ) -> Sequence[Achievement]:
        waiting = state is AchievementState.CLAIMED
        query = (
            _ROWS.where(ACHIEVEMENTS.c.state == state)
            .order_by(ACHIEVEMENTS.c.id if waiting else ACHIEVEMENTS.c.id.desc())
            .offset(start)
            .limit(limit)
        )
        return [_achievement(row) for row in await self._connection.execute(query)]

    async def count(self, state: AchievementState) -> int:
        query = select(func.count()).where(ACHIEVEMENTS.c.state == state)
        return int((await self._connection.execute(query)).scalar_one())

    async def all(self) -> Sequence[Achievement]:
        query = _ROWS.where(ACHIEVEMENTS.c.state != AchievementState.REFUSED).order_by(
            ACHIEVEMENTS.c.year.desc(), ACHIEVEMENTS.c.kind, ACHIEVEMENTS.c.id
        )
        return [_achievement(row) for row in await self._connection.execute(query)]

    async def add_batch(
        self, file_name: str, *, key: str, importer: PersonId, now: datetime
    ) -> tuple[BatchId, bool]:
        added = await self._connection.execute(
            insert_into(self._connection, RESEARCH_IMPORTS)
            .values(key=key, importer_id=importer, file_name=file_name, at=now)
            .on_conflict_do_nothing()
        )
        found = await self._connection.execute(
            select(RESEARCH_IMPORTS.c.id).where(RESEARCH_IMPORTS.c.key == key)
        )
        return BatchId(found.scalar_one()), added.rowcount > 0

    async def batch(self, batch: BatchId) -> Batch | None:
        waiting = (
            select(func.count())
            .where(ACHIEVEMENTS.c.batch_id == batch)
            .where(ACHIEVEMENTS.c.state == AchievementState.CLAIMED)
            .scalar_subquery()
        )
        query = (
            select(RESEARCH_IMPORTS, PEOPLE.c.name, waiting.label("waiting"))
            .outerjoin(PEOPLE, PEOPLE.c.id == RESEARCH_IMPORTS.c.importer_id)
            .where(RESEARCH_IMPORTS.c.id == batch)
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        return Batch(
            id=BatchId(row.id),
            file_name=row.file_name,
            importer=None if row.importer_id is None else PersonId(row.importer_id),
            importer_name=row.name,
            at=row.at,
            waiting=row.waiting,
        )

    async def judge_batch(self, batch: BatchId, *, judge: PersonId, now: datetime) -> int:
        judged = await self._connection.execute(
            update(ACHIEVEMENTS)
            .where(
                ACHIEVEMENTS.c.batch_id == batch, ACHIEVEMENTS.c.state == AchievementState.CLAIMED
            )
            .values(state=AchievementState.CONFIRMED, judge_id=judge, judged_at=now)
        )
        await self._note(now, ACHIEVEMENTS.c.batch_id == batch, ACHIEVEMENTS.c.judged_at == now)
        return judged.rowcount


def _claimed(claim: Claim) -> dict[str, Any]:
    proof = claim.evidence
    return {
        "kind": claim.kind,
        "title": claim.title,
        "authors": "\n".join(claim.authors),
        "venue": claim.venue,
        "year": claim.year,
        "level": claim.level,
        "doi": claim.doi,
        "number": claim.number,
        "evidence_kind": proof.kind if proof else None,
        "evidence_file": proof.file_id if proof else None,
        "evidence_name": proof.name if proof else None,
        "doi_key": claim.doi,
        "title_key": claim.title_key,
    }


def _achievement(row: Any) -> Achievement:
    proof = None
    if row.evidence_file:
        kind = EnclosureKind(row.evidence_kind)
        proof = Enclosure(kind, row.evidence_file, row.evidence_name)
    return Achievement(
        id=AchievementId(row.id),
        claim=Claim(
            kind=Kind(row.kind),
            title=row.title,
            authors=tuple(row.authors.split("\n")) if row.authors else (),
            venue=row.venue,
            year=row.year,
            level=Level(row.level),
            doi=row.doi,
            number=row.number,
            evidence=proof,
        ),
        state=AchievementState(row.state),
        reporter=None if row.reporter_id is None else PersonId(row.reporter_id),
        reporter_name=row.reporter_name,
        judge_name=row.judge_name,
        at=row.at,
        reason=row.reason,
        batch=None if row.batch_id is None else BatchId(row.batch_id),
    )
