"""What a call for papers is, and what is handed in; nothing here touches a database."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from msgspec import Struct

from branch.papers.moves import Award, State
from branch.people.model import PersonId

CallId = NewType("CallId", int)
SubmissionId = NewType("SubmissionId", int)

LONGEST_THEME: Final = 60
LONGEST_GUIDANCE: Final = 1500
LONGEST_CODE: Final = 20
SHORTEST_CODE: Final = 4
LONGEST_TITLE: Final = 100
LONGEST_COAUTHORS: Final = 200
LONGEST_KEYWORDS: Final = 100
MOST_OWN: Final = 3
LONGEST_OWN_QUESTION: Final = 40
LONGEST_OWN_ANSWER: Final = 200
LONGEST_ABSTRACT: Final = 3500
"""Whatever a call says: what is longer does not fit onto a card."""
MOST_WORDS: Final = 100_000
LARGEST_FILE: Final = 20
"""In MiB: what a bot can fetch."""
MOST_VERSIONS: Final = 50
MINUTE: Final = timedelta(minutes=1)
LATE_FOR: Final = timedelta(days=3)
REVISED_WITHIN: Final = timedelta(days=7)


class CallState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Readers(StrEnum):
    """Whom a call is for."""

    MEMBERS = "members"
    EVERYBODY = "everybody"


class FileKind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    ODT = "odt"
    MD = "md"
    TXT = "txt"
    ZIP = "zip"


class PaperField(StrEnum):
    """In the order in which they are asked for; the own ones are questions of the call's."""

    TITLE = "title"
    COAUTHORS = "coauthors"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    OWN_FIRST = "own1"
    OWN_SECOND = "own2"
    OWN_THIRD = "own3"
    FILE = "file"


OWN_FIELDS: Final = (PaperField.OWN_FIRST, PaperField.OWN_SECOND, PaperField.OWN_THIRD)


class CallPlan(Struct, frozen=True, kw_only=True):
    """What its author says of it.

    `deadline` is a minute, and all of that minute counts. With `late_code` somebody may hand in up
    to three days later. An abstract has `least` to `most` words; the paper's body at most
    `body_most`, as far as it can be counted. `own` are questions that it asks besides.
    """

    theme: str
    deadline: datetime
    guidance: str = ""
    late_code: str | None = None
    least: int = 0
    most: int = 300
    body_most: int | None = None
    kinds: tuple[FileKind, ...] = (FileKind.PDF, FileKind.DOCX)
    largest: int = LARGEST_FILE
    readers: Readers = Readers.MEMBERS
    own: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[PaperField, ...]:
        """What is asked for, in this order."""
        asked = OWN_FIELDS[: len(self.own)]
        return tuple(each for each in PaperField if each not in OWN_FIELDS or each in asked)

    @property
    def own_fields(self) -> tuple[tuple[PaperField, str], ...]:
        """Each question of its own, and where its answer stands."""
        return tuple(zip(OWN_FIELDS, self.own, strict=False))

    @property
    def ends_at(self) -> datetime:
        """From this moment on it is too late."""
        return self.deadline.replace(second=0, microsecond=0) + MINUTE

    @property
    def late_until(self) -> datetime | None:
        return self.ends_at + LATE_FOR if self.late_code else None


class Call(Struct, frozen=True, kw_only=True):
    """`review_from` is since when its papers are with the reviewers."""

    id: CallId
    plan: CallPlan
    state: CallState
    author: PersonId | None
    created_at: datetime
    review_from: datetime | None
    version: int

    @property
    def about(self) -> str:
        """What letters speak of that are about it."""
        return f"call:{self.id}:"  # its end marks it off from call 10 and the like

    def takes(self, now: datetime) -> bool:
        """Whether anybody may hand in."""
        return self.state is CallState.OPEN and now < self.plan.ends_at

    def takes_late(self, now: datetime) -> bool:
        """Whether somebody with the late code may, who is too late otherwise."""
        until = self.plan.late_until
        return (
            self.state is CallState.OPEN and until is not None and self.plan.ends_at <= now < until
        )


class Paper(Struct, frozen=True, kw_only=True):
    """What its author has written. None is what has not been answered, "" what was left out."""

    title: str | None = None
    coauthors: str | None = None
    abstract: str | None = None
    keywords: str | None = None
    own1: str | None = None
    own2: str | None = None
    own3: str | None = None

    def answer(self, field: PaperField) -> str | None:
        """What stands there; of the file nothing."""
        return None if field is PaperField.FILE else getattr(self, field)


class Submission(Struct, frozen=True, kw_only=True):
    """`round` grows each time it comes back; `reviewed` is the version of the file last reviewed.

    `late`: it came in by the late code.
    """

    id: SubmissionId
    call: CallId
    author: PersonId
    paper: Paper
    state: State
    receipt: str | None = None
    submitted_at: datetime | None = None
    late: bool = False
    revise_until: datetime | None = None
    award: Award = Award.NONE
    round: int = 1
    reviewed: int = 0
    version: int = 0


class NewFile(Struct, frozen=True, kw_only=True):
    """A file as Telegram keeps it; `digest` is its SHA-256, where it could be fetched."""

    file_id: str
    unique_id: str
    name: str
    size: int
    kind: FileKind
    digest: str | None = None


class PaperFile(Struct, frozen=True, kw_only=True):
    """The `number`th version of a paper's file."""

    number: int
    at: datetime
    file: NewFile


def lacking(paper: Paper, files: int, plan: CallPlan) -> list[PaperField]:
    """What has to be there before it is handed in, and is not."""
    needed = (PaperField.TITLE, PaperField.ABSTRACT, *(field for field, _ in plan.own_fields))
    missing = [field for field in needed if not paper.answer(field)]
    return missing if files else [*missing, PaperField.FILE]


def receipt_of(year: int, number: int) -> str:
    """Such as `DJ2026-003`."""
    return f"DJ{year}-{number:03d}"


def neutral_name(submission: Submission, file: PaperFile) -> str:
    """A name for the file that says nothing of who wrote it."""
    return f"{submission.receipt or submission.id}-v{file.number}.{file.file.kind}"
