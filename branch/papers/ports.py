"""What calls for papers ask of the database."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from branch.outbox.ports import Outbox
from branch.papers.model import Call, CallId, CallPlan, NewFile, PaperFile, Submission, SubmissionId
from branch.papers.reviews import Proposal, Review, ReviewId
from branch.people.model import PersonId
from branch.people.ports import Audit, People
from texts.language import Language


class Entry(Struct, frozen=True, kw_only=True):
    """A paper with who wrote it; `newest` is the last version of its file."""

    submission: Submission
    name: str
    class_name: str | None
    language: Language
    newest: PaperFile | None


class Calls(Protocol):
    async def add(
        self, plan: CallPlan, *, key: str, author: PersonId, now: datetime
    ) -> tuple[CallId, bool]:
        """Its number, and whether it is new: one with the same key stays as it is."""
        ...

    async def get(self, call: CallId) -> Call | None: ...
    async def lock(self, call: CallId) -> Call | None:
        """The same; until this transaction ends nobody else changes it or its papers."""
        ...

    async def save(self, call: Call) -> bool:
        """Write it as its next version; False if it is not the latest."""
        ...

    async def latest(self, *, limit: int) -> Sequence[Call]:
        """The newest first, closed ones too."""
        ...

    async def ending(self, since: datetime, until: datetime) -> Sequence[Call]:
        """The open ones whose deadline lies between."""
        ...


class Submissions(Protocol):
    async def begin(self, call: CallId, person: PersonId, *, now: datetime) -> Submission:
        """The person's paper of this call; a new draft where there is none."""
        ...

    async def of(self, call: CallId, person: PersonId) -> Submission | None: ...
    async def get(self, submission: SubmissionId) -> Submission | None: ...
    async def save(self, submission: Submission, *, now: datetime) -> bool:
        """Write it as its next version; False if it is not the latest."""
        ...

    async def of_call(self, call: CallId) -> Sequence[Entry]:
        """By receipt, drafts last."""
        ...

    async def by(self, person: PersonId) -> Sequence[Submission]: ...
    async def revising(self, since: datetime, until: datetime) -> Sequence[Submission]:
        """What is to be revised, and by then."""
        ...

    async def next_number(self, year: int) -> int:
        """The next of the year's receipts; a number is never given twice."""
        ...

    async def files(self, submission: SubmissionId) -> Sequence[PaperFile]:
        """All versions, the first first."""
        ...

    async def add_file(
        self, submission: SubmissionId, number: int, file: NewFile, *, now: datetime
    ) -> None: ...


class Reviews(Protocol):
    async def ask(self, submission: SubmissionId, reviewer: PersonId, *, now: datetime) -> ReviewId:
        """Have one more review it."""
        ...

    async def get(self, review: ReviewId) -> Review | None: ...
    async def save(self, review: Review) -> None: ...
    async def of(self, submission: SubmissionId) -> Sequence[Review]:
        """In the order in which they were asked, also who has given it up."""
        ...

    async def of_call(self, call: CallId) -> Mapping[SubmissionId, Sequence[Review]]: ...
    async def by(self, reviewer: PersonId) -> Sequence[Review]:
        """Their reviews of papers that are under review, the oldest first."""
        ...

    async def waiting(self) -> Sequence[SubmissionId]:
        """What is under review and has not had its say from two."""
        ...

    async def in_hand(self) -> Mapping[PersonId, int]:
        """How many each still has to do."""
        ...

    async def propose(self, proposal: Proposal) -> None:
        """In the place of what was proposed before in the same round."""
        ...

    async def proposals(self, call: CallId) -> Mapping[SubmissionId, Proposal]:
        """The one of each paper's present round."""
        ...

    async def release(self, submission: SubmissionId, round_: int, *, now: datetime) -> None: ...


class PaperWork(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def submissions(self) -> Submissions: ...
    @property
    def reviews(self) -> Reviews: ...


Begin = Callable[[], AbstractAsyncContextManager[PaperWork]]
