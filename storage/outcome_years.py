"""The rows of history, frozen versions and corrections: each is added, none is changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.outcomes.model import HistoryYear
from branch.outcomes.ports import Correction, Freeze
from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.outcome_tables import OUTCOME_CORRECTIONS, OUTCOME_FREEZES, OUTCOME_HISTORY


class SqlOutcomeYears:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def history(self) -> Sequence[HistoryYear]:
        rows = await self._connection.execute(
            select(OUTCOME_HISTORY).order_by(OUTCOME_HISTORY.c.id)
        )
        return [
            HistoryYear(
                cohort=row.cohort,
                total=row.total,
                advanced=row.advanced,
                by_exam=row.by_exam,
                by_recommendation=row.by_recommendation,
                rate=row.rate,
                source=row.source,
                note=row.note,
            )
            for row in rows
        ]

    async def add_history(self, year: HistoryYear, *, by: PersonId | None, now: datetime) -> None:
        await self._connection.execute(
            insert(OUTCOME_HISTORY).values(
                cohort=year.cohort,
                total=year.total,
                advanced=year.advanced,
                by_exam=year.by_exam,
                by_recommendation=year.by_recommendation,
                rate=year.rate,
                source=year.source,
                note=year.note,
                imported_at=now,
                imported_by=by,
            )
        )

    async def frozen(self) -> Sequence[Freeze]:
        rows = await self._connection.execute(
            select(OUTCOME_FREEZES).order_by(OUTCOME_FREEZES.c.cohort, OUTCOME_FREEZES.c.version)
        )
        return [_freeze(row) for row in rows]

    async def last_frozen(self, cohort: int) -> Freeze | None:
        found = await self._connection.execute(
            select(OUTCOME_FREEZES)
            .where(OUTCOME_FREEZES.c.cohort == cohort)
            .order_by(OUTCOME_FREEZES.c.version.desc())
            .limit(1)
        )
        row = found.one_or_none()
        return None if row is None else _freeze(row)

    async def freeze(self, freeze: Freeze) -> bool:
        done = await self._connection.execute(
            insert_into(self._connection, OUTCOME_FREEZES)
            .values(
                cohort=freeze.cohort,
                version=freeze.version,
                frozen_at=freeze.at,
                frozen_by=freeze.by,
                digest=freeze.digest,
                figures=freeze.figures,
                standing=freeze.standing,
            )
            .on_conflict_do_nothing()
        )
        return done.rowcount > 0

    async def correct(self, correction: Correction) -> None:
        await self._connection.execute(
            insert(OUTCOME_CORRECTIONS).values(
                cohort=correction.cohort,
                at=correction.at,
                by_id=correction.by,
                what=correction.what,
                subject=correction.subject,
                before=correction.before,
                after=correction.after,
            )
        )

    async def corrections(self, cohort: int, *, since: datetime) -> Sequence[Correction]:
        rows = await self._connection.execute(
            select(OUTCOME_CORRECTIONS)
            .where(OUTCOME_CORRECTIONS.c.cohort == cohort, OUTCOME_CORRECTIONS.c.at > since)
            .order_by(OUTCOME_CORRECTIONS.c.id)
        )
        return [
            Correction(
                cohort=row.cohort,
                at=row.at,
                by=_person(row.by_id),
                what=row.what,
                subject=row.subject,
                before=row.before,
                after=row.after,
            )
            for row in rows
        ]


def _freeze(row: Any) -> Freeze:
    return Freeze(
        cohort=row.cohort,
        version=row.version,
        at=row.frozen_at,
        by=_person(row.frozen_by),
        digest=row.digest,
        figures=row.figures,
        standing=row.standing,
    )


def _person(number: int | None) -> PersonId | None:
    return None if number is None else PersonId(number)
