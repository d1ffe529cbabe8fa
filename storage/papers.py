"""The rows of calls and of what is handed in; a call is locked while its papers move."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.papers.model import (
    Call,
    CallId,
    CallPlan,
    CallState,
    NewFile,
    PaperFile,
    Submission,
    SubmissionId,
)
from branch.papers.moves import Award, State
from branch.papers.ports import Entry
from branch.people.model import PersonId
from storage.dialects import insert_into
from storage.paper_rows import call_of, entry_of, file_of, planned, submission_of
from storage.paper_tables import CallRow, PaperFileRow, ReceiptYearRow, SubmissionRow
from storage.tables import PersonRow


class SqlCalls:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, plan: CallPlan, *, key: str, author: PersonId, now: datetime
    ) -> tuple[CallId, bool]:
        added = await self._connection.execute(
            insert_into(self._connection, CallRow)
            .values(
                key=key,
                author_id=author,
                created_at=now,
                state=CallState.OPEN,
                version=0,
                **planned(plan),
            )
            .on_conflict_do_nothing()
        )
        found = await self._connection.execute(select(CallRow.id).where(CallRow.key == key))
        return CallId(found.scalar_one()), added.rowcount > 0

    async def get(self, call: CallId) -> Call | None:
        found = await self._connection.execute(select(CallRow.__table__).where(CallRow.id == call))
        row = found.one_or_none()
        return None if row is None else call_of(row)

    async def lock(self, call: CallId) -> Call | None:
        found = await self._connection.execute(
            select(CallRow.__table__).where(CallRow.id == call).with_for_update()
        )
        row = found.one_or_none()
        return None if row is None else call_of(row)

    async def save(self, call: Call) -> bool:
        saved = await self._connection.execute(
            update(CallRow)
            .where(CallRow.id == call.id, CallRow.version == call.version)
            .values(
                state=call.state,
                review_from=call.review_from,
                version=call.version + 1,
                **planned(call.plan),
            )
        )
        return saved.rowcount > 0

    async def latest(self, *, limit: int) -> Sequence[Call]:
        rows = await self._connection.execute(
            select(CallRow.__table__).order_by(CallRow.id.desc()).limit(limit)
        )
        return [call_of(row) for row in rows]

    async def ending(self, since: datetime, until: datetime) -> Sequence[Call]:
        rows = await self._connection.execute(
            select(CallRow.__table__)
            .where(
                CallRow.state == CallState.OPEN,
                CallRow.deadline >= since,
                CallRow.deadline <= until,
            )
            .order_by(CallRow.deadline, CallRow.id)
        )
        return [call_of(row) for row in rows]


class SqlSubmissions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, call: CallId, person: PersonId, *, now: datetime) -> Submission:
        await self._connection.execute(
            insert_into(self._connection, SubmissionRow)
            .values(
                call_id=call,
                author_id=person,
                state=State.DRAFT,
                begun_at=now,
                award=Award.NONE,
                round=1,
                reviewed=0,
                version=0,
            )
            .on_conflict_do_nothing()
        )
        found = await self.of(call, person)
        assert found is not None, "it was there, or is now"
        return found

    async def of(self, call: CallId, person: PersonId) -> Submission | None:
        return await self._one(
            and_(SubmissionRow.call_id == call, SubmissionRow.author_id == person)
        )

    async def get(self, submission: SubmissionId) -> Submission | None:
        return await self._one(SubmissionRow.id == submission)

    async def save(self, submission: Submission) -> bool:
        paper = submission.paper
        saved = await self._connection.execute(
            update(SubmissionRow)
            .where(SubmissionRow.id == submission.id, SubmissionRow.version == submission.version)
            .values(
                title=paper.title,
                coauthors=paper.coauthors,
                abstract=paper.abstract,
                keywords=paper.keywords,
                own1=paper.own1,
                own2=paper.own2,
                own3=paper.own3,
                state=submission.state,
                receipt=submission.receipt,
                submitted_at=submission.submitted_at,
                late_at=submission.submitted_at if submission.late else None,
                revise_until=submission.revise_until,
                award=submission.award,
                round=submission.round,
                reviewed=submission.reviewed,
                version=submission.version + 1,
            )
        )
        return saved.rowcount > 0

    async def of_call(self, call: CallId) -> Sequence[Entry]:
        newest = (
            select(PaperFileRow.submission_id, func.max(PaperFileRow.number).label("number"))
            .group_by(PaperFileRow.submission_id)
            .subquery()
        )
        file = PaperFileRow.__table__
        rows = await self._connection.execute(
            select(
                SubmissionRow.__table__,
                PersonRow.name.label("person_name"),
                PersonRow.class_name,
                PersonRow.language,
                *(column.label(f"file_{column.name}") for column in file.columns),
            )
            .join(PersonRow, PersonRow.id == SubmissionRow.author_id)
            .join(newest, newest.c.submission_id == SubmissionRow.id, isouter=True)
            .join(
                file,
                and_(file.c.submission_id == SubmissionRow.id, file.c.number == newest.c.number),
                isouter=True,
            )
            .where(SubmissionRow.call_id == call)
            .order_by(SubmissionRow.receipt.is_(None), SubmissionRow.receipt, SubmissionRow.id)
        )
        return [entry_of(row) for row in rows]

    async def by(self, person: PersonId) -> Sequence[Submission]:
        rows = await self._connection.execute(
            select(SubmissionRow.__table__)
            .where(SubmissionRow.author_id == person)
            .order_by(SubmissionRow.id.desc())
        )
        return [submission_of(row) for row in rows]

    async def revising(self, since: datetime, until: datetime) -> Sequence[Submission]:
        rows = await self._connection.execute(
            select(SubmissionRow.__table__)
            .where(
                SubmissionRow.state == State.TO_REVISE,
                SubmissionRow.revise_until > since,
                SubmissionRow.revise_until <= until,
            )
            .order_by(SubmissionRow.id)
        )
        return [submission_of(row) for row in rows]

    async def next_number(self, year: int) -> int:
        counted = await self._connection.execute(
            insert_into(self._connection, ReceiptYearRow)
            .values(year=year, last=1)
            .on_conflict_do_update(
                index_elements=[ReceiptYearRow.year], set_={"last": ReceiptYearRow.last + 1}
            )
            .returning(ReceiptYearRow.last)
        )
        return int(counted.scalar_one())

    async def files(self, submission: SubmissionId) -> Sequence[PaperFile]:
        rows = await self._connection.execute(
            select(PaperFileRow.__table__)
            .where(PaperFileRow.submission_id == submission)
            .order_by(PaperFileRow.number)
        )
        return [file_of(row._mapping) for row in rows]  # noqa: SLF001 -- SQLAlchemy's public name

    async def add_file(
        self, submission: SubmissionId, number: int, file: NewFile, *, now: datetime
    ) -> None:
        await self._connection.execute(
            insert_into(self._connection, PaperFileRow).values(
                submission_id=submission,
                number=number,
                file_id=file.file_id,
                unique_id=file.unique_id,
                name=file.name,
                size=file.size,
                kind=file.kind,
                digest=file.digest,
                at=now,
            )
        )

    async def _one(self, condition: Any) -> Submission | None:
        found = await self._connection.execute(select(SubmissionRow.__table__).where(condition))
        row = found.one_or_none()
        return None if row is None else submission_of(row)
