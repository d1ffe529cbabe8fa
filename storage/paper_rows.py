"""Reads the rows of calls and of what is handed in, and writes what a call is."""

from typing import Any

from branch.papers.model import (
    Call,
    CallId,
    CallPlan,
    CallState,
    FileKind,
    NewFile,
    Paper,
    PaperFile,
    Readers,
    Submission,
    SubmissionId,
)
from branch.papers.moves import Award, State
from branch.papers.ports import Entry
from branch.people.model import PersonId
from texts.language import Language


def planned(plan: CallPlan) -> dict[str, Any]:
    return {
        "theme": plan.theme,
        "guidance": plan.guidance,
        "deadline": plan.deadline,
        "late_code": plan.late_code,
        "least": plan.least,
        "most": plan.most,
        "body_most": plan.body_most,
        "kinds": " ".join(plan.kinds),
        "largest": plan.largest,
        "readers": plan.readers,
        "own": "\n".join(plan.own),
    }


def call_of(row: Any) -> Call:
    return Call(
        id=CallId(row.id),
        plan=CallPlan(
            theme=row.theme,
            guidance=row.guidance,
            deadline=row.deadline,
            late_code=row.late_code,
            least=row.least,
            most=row.most,
            body_most=row.body_most,
            kinds=tuple(FileKind(each) for each in row.kinds.split()),
            largest=row.largest,
            readers=Readers(row.readers),
            own=tuple(row.own.splitlines()),
        ),
        state=CallState(row.state),
        author=None if row.author_id is None else PersonId(row.author_id),
        created_at=row.created_at,
        review_from=row.review_from,
        version=row.version,
    )


def submission_of(row: Any) -> Submission:
    return Submission(
        id=SubmissionId(row.id),
        call=CallId(row.call_id),
        author=PersonId(row.author_id),
        paper=Paper(
            title=row.title,
            coauthors=row.coauthors,
            abstract=row.abstract,
            keywords=row.keywords,
            own1=row.own1,
            own2=row.own2,
            own3=row.own3,
        ),
        state=State(row.state),
        receipt=row.receipt,
        submitted_at=row.submitted_at,
        late=row.late_at is not None,
        revise_until=row.revise_until,
        award=Award(row.award),
        round=row.round,
        reviewed=row.reviewed,
        version=row.version,
    )


def entry_of(row: Any) -> Entry:
    return Entry(
        submission=submission_of(row),
        name=row.person_name,
        class_name=row.class_name,
        language=Language(row.language),
        newest=None if row.file_number is None else file_of(row._mapping, "file_"),  # noqa: SLF001 -- SQLAlchemy's public name
    )


def file_of(row: Any, prefix: str = "") -> PaperFile:
    return PaperFile(
        number=row[f"{prefix}number"],
        at=row[f"{prefix}at"],
        file=NewFile(
            file_id=row[f"{prefix}file_id"],
            unique_id=row[f"{prefix}unique_id"],
            name=row[f"{prefix}name"],
            size=row[f"{prefix}size"],
            kind=FileKind(row[f"{prefix}kind"]),
            digest=row[f"{prefix}digest"],
        ),
    )
