"""The rows of calls and of what is handed in; a call is locked while its papers move."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from branch.events.kinds import Kind
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
from storage.events import note
from storage.paper_rows import call_of, entry_of, file_of, planned, submission_of
from storage.paper_tables import PAPER_CALLS, PAPER_FILES, RECEIPT_YEARS, SUBMISSIONS
from storage.tables import PEOPLE

_NOTED: Final = {
    State.SUBMITTED: Kind.PAPER_SUBMITTED,
    State.ACCEPTED: Kind.PAPER_DECIDED,
    State.DECLINED: Kind.PAPER_DECIDED,
}


class SqlCalls:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, plan: CallPlan, *, key: str, author: PersonId, now: datetime
    ) -> tuple[CallId, bool]:
        added = await self._connection.execute(
            insert_into(self._connection, PAPER_CALLS)
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
        found = await self._connection.execute(
            select(PAPER_CALLS.c.id).where(PAPER_CALLS.c.key == key)
        )
        return CallId(found.scalar_one()), added.rowcount > 0

    async def get(self, call: CallId) -> Call | None:
        found = await self._connection.execute(select(PAPER_CALLS).where(PAPER_CALLS.c.id == call))
        row = found.one_or_none()
        return None if row is None else call_of(row)

    async def lock(self, call: CallId) -> Call | None:
        found = await self._connection.execute(
            select(PAPER_CALLS).where(PAPER_CALLS.c.id == call).with_for_update()
        )
        row = found.one_or_none()
        return None if row is None else call_of(row)

    async def save(self, call: Call) -> bool:
        saved = await self._connection.execute(
            update(PAPER_CALLS)
            .where(PAPER_CALLS.c.id == call.id, PAPER_CALLS.c.version == call.version)
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
            select(PAPER_CALLS).order_by(PAPER_CALLS.c.id.desc()).limit(limit)
        )
        return [call_of(row) for row in rows]

    async def ending(self, since: datetime, until: datetime) -> Sequence[Call]:
        rows = await self._connection.execute(
            select(PAPER_CALLS)
            .where(
                PAPER_CALLS.c.state == CallState.OPEN,
                PAPER_CALLS.c.deadline >= since,
                PAPER_CALLS.c.deadline <= until,
            )
            .order_by(PAPER_CALLS.c.deadline, PAPER_CALLS.c.id)
        )
        return [call_of(row) for row in rows]


class SqlSubmissions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, call: CallId, person: PersonId, *, now: datetime) -> Submission:
        await self._connection.execute(
            insert_into(self._connection, SUBMISSIONS)
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
            and_(SUBMISSIONS.c.call_id == call, SUBMISSIONS.c.author_id == person)
        )

    async def get(self, submission: SubmissionId) -> Submission | None:
        return await self._one(SUBMISSIONS.c.id == submission)

    async def save(self, submission: Submission, *, now: datetime) -> bool:
        paper, before = submission.paper, await self.get(submission.id)
        saved = await self._connection.execute(
            update(SUBMISSIONS)
            .where(SUBMISSIONS.c.id == submission.id, SUBMISSIONS.c.version == submission.version)
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
        if saved.rowcount and before is not None and before.state is not submission.state:
            await self._note(submission, now)
        return saved.rowcount > 0

    async def _note(self, submission: Submission, now: datetime) -> None:
        """What has become of it, for the figures."""
        kind = _NOTED.get(submission.state)
        if kind is None:
            return
        decided = kind is Kind.PAPER_DECIDED
        await note(
            self._connection,
            kind,
            at=now,
            about=f"paper:{submission.id}",
            person=submission.author,
            details={"decision": submission.state.value} if decided else None,
        )

    async def of_call(self, call: CallId) -> Sequence[Entry]:
        newest = (
            select(PAPER_FILES.c.submission_id, func.max(PAPER_FILES.c.number).label("number"))
            .group_by(PAPER_FILES.c.submission_id)
            .subquery()
        )
        file = PAPER_FILES
        rows = await self._connection.execute(
            select(
                SUBMISSIONS,
                PEOPLE.c.name.label("person_name"),
                PEOPLE.c.class_name,
                PEOPLE.c.language,
                *(column.label(f"file_{column.name}") for column in file.columns),
            )
            .join(PEOPLE, PEOPLE.c.id == SUBMISSIONS.c.author_id)
            .join(newest, newest.c.submission_id == SUBMISSIONS.c.id, isouter=True)
            .join(
                file,
                and_(file.c.submission_id == SUBMISSIONS.c.id, file.c.number == newest.c.number),
                isouter=True,
            )
            .where(SUBMISSIONS.c.call_id == call)
            .order_by(SUBMISSIONS.c.receipt.is_(None), SUBMISSIONS.c.receipt, SUBMISSIONS.c.id)
        )
        return [entry_of(row) for row in rows]

    async def by(self, person: PersonId) -> Sequence[Submission]:
        rows = await self._connection.execute(
            select(SUBMISSIONS)
            .where(SUBMISSIONS.c.author_id == person)
            .order_by(SUBMISSIONS.c.id.desc())
        )
        return [submission_of(row) for row in rows]

    async def revising(self, since: datetime, until: datetime) -> Sequence[Submission]:
        rows = await self._connection.execute(
            select(SUBMISSIONS)
            .where(
                SUBMISSIONS.c.state == State.TO_REVISE,
                SUBMISSIONS.c.revise_until > since,
                SUBMISSIONS.c.revise_until <= until,
            )
            .order_by(SUBMISSIONS.c.id)
        )
        return [submission_of(row) for row in rows]

    async def next_number(self, year: int) -> int:
        counted = await self._connection.execute(
            insert_into(self._connection, RECEIPT_YEARS)
            .values(year=year, last=1)
            .on_conflict_do_update(
                index_elements=[RECEIPT_YEARS.c.year], set_={"last": RECEIPT_YEARS.c.last + 1}
            )
            .returning(RECEIPT_YEARS.c.last)
        )
        return int(counted.scalar_one())

    async def files(self, submission: SubmissionId) -> Sequence[PaperFile]:
        rows = await self._connection.execute(
            select(PAPER_FILES)
            .where(PAPER_FILES.c.submission_id == submission)
            .order_by(PAPER_FILES.c.number)
        )
        return [file_of(row._mapping) for row in rows]  # noqa: SLF001 -- SQLAlchemy's public name

    async def add_file(
        self, submission: SubmissionId, number: int, file: NewFile, *, now: datetime
    ) -> None:
        await self._connection.execute(
            insert_into(self._connection, PAPER_FILES).values(
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
        found = await self._connection.execute(select(SUBMISSIONS).where(condition))
        row = found.one_or_none()
        return None if row is None else submission_of(row)
