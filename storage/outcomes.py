"""The rows of reports: each is added once, judged once, and never written over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind
from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.outcomes.model import (
    NewReport,
    OutcomeKind,
    OutcomeReport,
    ReportId,
    ReportState,
    RosterId,
)
from branch.outcomes.rates import Told
from branch.people.model import PersonId
from storage.events import note
from storage.outcome_tables import OUTCOME_DETAILS, OUTCOME_REPORTS

_CHAT = "chat"
_LATER = OUTCOME_REPORTS.alias().c


class SqlOutcomes:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self,
        report: NewReport,
        *,
        subject: str,
        roster: RosterId | None,
        cohort: int,
        person: PersonId,
        key: str,
        now: datetime,
    ) -> ReportId:
        added = await self._connection.execute(
            insert(OUTCOME_REPORTS)
            .values(
                subject=subject,
                roster_id=roster,
                cohort=cohort,
                person_id=person,
                kind=report.kind,
                state=ReportState.REPORTED,
                reported_at=now,
                source=_CHAT,
            )
            .returning(OUTCOME_REPORTS.c.id)
        )
        number = ReportId(added.scalar_one())
        await self._note(Kind.OUTCOME_REPORTED, number, now)
        evidence = report.evidence
        await self._connection.execute(
            insert(OUTCOME_DETAILS).values(
                report_id=number,
                person_id=person,
                key=key,
                target=report.target,
                evidence_kind=evidence and evidence.kind,
                evidence_file=evidence and evidence.file_id,
                evidence_name=evidence and evidence.name,
            )
        )
        return number

    async def with_key(self, key: str) -> OutcomeReport | None:
        return await self._one(_reports().where(OUTCOME_DETAILS.c.key == key))

    async def get(self, report: ReportId) -> OutcomeReport | None:
        return await self._one(_reports().where(OUTCOME_REPORTS.c.id == report))

    async def lock(self, report: ReportId) -> OutcomeReport | None:
        await self._connection.execute(
            select(OUTCOME_REPORTS.c.id).where(OUTCOME_REPORTS.c.id == report).with_for_update()
        )
        return await self.get(report)

    async def of(self, person: PersonId) -> Sequence[OutcomeReport]:
        query = _reports().where(OUTCOME_REPORTS.c.person_id == person)
        return await self._all(query.order_by(OUTCOME_REPORTS.c.id))

    async def standing(self, subject: str) -> OutcomeReport | None:
        query = (
            _reports()
            .where(
                OUTCOME_REPORTS.c.subject == subject,
                OUTCOME_REPORTS.c.state != ReportState.REFUSED,
            )
            .order_by(OUTCOME_REPORTS.c.id.desc())
            .limit(1)
        )
        return await self._one(query)

    async def judge(
        self,
        report: ReportId,
        state: ReportState,
        *,
        by: PersonId,
        reason: str | None,
        now: datetime,
    ) -> None:
        await self._connection.execute(
            update(OUTCOME_REPORTS)
            .where(OUTCOME_REPORTS.c.id == report)
            .values(state=state, judged_by=by, judged_at=now)
        )
        if state is ReportState.VERIFIED:
            await self._note(Kind.OUTCOME_VERIFIED, report, now)
        await self._connection.execute(
            update(OUTCOME_DETAILS)
            .where(OUTCOME_DETAILS.c.report_id == report)
            .values(reason=reason)
        )

    async def _note(self, kind: Kind, report: ReportId, now: datetime) -> None:
        """Of whom it speaks, not of who has verified it."""
        found = await self._connection.execute(
            select(OUTCOME_REPORTS.c.person_id, OUTCOME_REPORTS.c.kind).where(
                OUTCOME_REPORTS.c.id == report
            )
        )
        person, said = found.one()
        await note(
            self._connection,
            kind,
            at=now,
            about=f"outcome:{report}",
            person=person,
            details={"kind": said},
        )

    async def waiting(
        self, *, after: ReportId, but_of: PersonId, limit: int
    ) -> Sequence[OutcomeReport]:
        query = _reports().where(_waits(but_of), OUTCOME_REPORTS.c.id > after)
        return await self._all(query.order_by(OUTCOME_REPORTS.c.id).limit(limit))

    async def count_waiting(self, *, but_of: PersonId) -> int:
        counted = await self._connection.execute(
            select(func.count()).select_from(OUTCOME_REPORTS).where(_waits(but_of))
        )
        return int(counted.scalar_one())

    async def move(
        self, person: PersonId, *, of: str, to: str, roster: RosterId | None, cohort: int
    ) -> None:
        await self._connection.execute(
            update(OUTCOME_REPORTS)
            .where(OUTCOME_REPORTS.c.person_id == person, OUTCOME_REPORTS.c.subject == of)
            .values(subject=to, roster_id=roster, cohort=cohort)
        )

    async def told(self) -> Sequence[Told]:
        rows = await self._connection.execute(
            select(
                OUTCOME_REPORTS.c.id,
                OUTCOME_REPORTS.c.subject,
                OUTCOME_REPORTS.c.roster_id,
                OUTCOME_REPORTS.c.cohort,
                OUTCOME_REPORTS.c.kind,
                OUTCOME_REPORTS.c.state,
            ).order_by(OUTCOME_REPORTS.c.id)
        )
        return [
            Told(
                ReportId(row.id),
                row.subject,
                None if row.roster_id is None else RosterId(row.roster_id),
                row.cohort,
                OutcomeKind(row.kind),
                ReportState(row.state),
            )
            for row in rows
        ]

    async def _one(self, query: Any) -> OutcomeReport | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _report(row)

    async def _all(self, query: Any) -> Sequence[OutcomeReport]:
        return [_report(row) for row in await self._connection.execute(query)]


def _reports() -> Any:
    return select(
        OUTCOME_REPORTS,
        OUTCOME_DETAILS.c.target,
        OUTCOME_DETAILS.c.evidence_kind,
        OUTCOME_DETAILS.c.evidence_file,
        OUTCOME_DETAILS.c.evidence_name,
        OUTCOME_DETAILS.c.reason,
    ).join(OUTCOME_DETAILS, OUTCOME_DETAILS.c.report_id == OUTCOME_REPORTS.c.id, isouter=True)


def _waits(but_of: PersonId) -> Any:
    """Nobody has judged it, and nothing has taken its place."""
    later = and_(
        _LATER.subject == OUTCOME_REPORTS.c.subject,
        _LATER.id > OUTCOME_REPORTS.c.id,
        _LATER.state != ReportState.REFUSED,
    )
    return and_(
        OUTCOME_REPORTS.c.state == ReportState.REPORTED,
        or_(OUTCOME_REPORTS.c.person_id.is_(None), OUTCOME_REPORTS.c.person_id != but_of),
        ~exists().where(later).correlate(OUTCOME_REPORTS),
    )


def _report(row: Any) -> OutcomeReport:
    evidence = None
    if row.evidence_file is not None:
        kind = EnclosureKind(row.evidence_kind)
        evidence = Enclosure(kind, row.evidence_file, row.evidence_name)
    return OutcomeReport(
        id=ReportId(row.id),
        subject=row.subject,
        roster=None if row.roster_id is None else RosterId(row.roster_id),
        cohort=row.cohort,
        person=None if row.person_id is None else PersonId(row.person_id),
        kind=OutcomeKind(row.kind),
        state=ReportState(row.state),
        reported_at=row.reported_at,
        target=row.target,
        evidence=evidence,
        reason=row.reason,
    )
