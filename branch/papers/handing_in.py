"""Papers are written a field at a time, handed in with a receipt, changed, taken back.

Everything that depends on the deadline is asked with the call locked: a deadline that somebody
moves at the same moment is either the old one or the new one, for both.
"""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from msgspec import Struct
from msgspec.structs import replace

from branch.outbox.kinds import LetterKind
from branch.papers.access import call_to_read, may_read
from branch.papers.checking import (
    check_abstract,
    check_length,
    demand_code,
    demand_new,
    demand_writable,
)
from branch.papers.errors import (
    CallClosed,
    CallMovedOn,
    DeadlineOver,
    NothingNew,
    NotYetWhole,
    PaperFixed,
    PaperGone,
    WordsOff,
)
from branch.papers.file_kinds import checked_size
from branch.papers.giving_out import ask_again
from branch.papers.letters import PaperLetters, reminder_keys
from branch.papers.model import (
    Call,
    CallId,
    NewFile,
    PaperField,
    PaperFile,
    Submission,
    lacking,
    receipt_of,
)
from branch.papers.moves import Move, State, moved
from branch.papers.ports import Begin, PaperWork
from branch.papers.reviewing import to_reviewers
from branch.people.model import Person, Role
from branch.people.permission import demand


class Mine(Struct, frozen=True, kw_only=True):
    """Somebody's paper of a call, as far as they have got."""

    call: Call
    submission: Submission | None
    files: Sequence[PaperFile] = ()

    @property
    def state(self) -> State | None:
        return self.submission.state if self.submission else None

    def lacking(self) -> Sequence[PaperField]:
        if self.submission is None:
            return []
        return lacking(self.submission.paper, len(self.files), self.call.plan)

    def next_field(self) -> PaperField | None:
        """What is to be asked next; None where every question has had its answer."""
        if self.submission is None:
            return PaperField.TITLE
        for field in self.call.plan.fields:
            given = self.submission.paper.answer(field)
            if (not self.files) if field is PaperField.FILE else given is None:
                return field
        return None

    def writable(self, now: datetime) -> bool:
        try:
            demand_writable(self.call, self.submission, now)
        except (CallClosed, DeadlineOver, PaperFixed):
            return False
        return True


class SubmissionDesk:
    """Each raises NotAllowed and CallGone."""

    def __init__(self, begin: Begin, look: Begin, letters: PaperLetters, *, zone: tzinfo) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters
        self._zone = zone

    async def open_to(self, person: Person, *, now: datetime) -> Sequence[Mine]:
        """The calls to which they can hand in, or have: these first in which they are at work."""
        async with self._look() as work:
            present = await demand(work, person, Role.STUDENT, now=now)
            theirs = {each.call: each for each in await work.submissions.by(present.id)}
            calls = [
                each
                for each in await work.calls.latest(limit=50)
                if may_read(each, present) or each.id in theirs
            ]
            found = [
                Mine(call=each, submission=theirs.get(each.id))
                for each in calls
                if each.takes(now) or each.takes_late(now) or _still_on(theirs.get(each.id))
            ]
        return sorted(found, key=lambda each: (not each.call.takes(now), each.call.plan.deadline))

    async def see(self, person: Person, call_id: CallId, *, now: datetime) -> Mine:
        async with self._look() as work:
            call, present = await call_to_read(work, person, call_id, now)
            return await _mine(work, call, present)

    async def write(
        self, person: Person, call_id: CallId, field: PaperField, text: str, *, now: datetime
    ) -> Mine:
        """Raises TooLong, WordsOff, and what `demand_writable` raises."""
        check_length(field, text)
        async with self._begin() as work:
            call, present = await call_to_read(work, person, call_id, now, lock=True)
            if field is PaperField.ABSTRACT:
                check_abstract(call, text)
            submission = await self._to_write(work, call, present, now)
            paper = replace(submission.paper, **{str(field): text})
            await _save(work, replace(submission, paper=paper), now)
            return await _mine(work, call, present)

    async def attach(
        self,
        person: Person,
        call_id: CallId,
        file: NewFile,
        *,
        words: int | None = None,
        now: datetime,
    ) -> Mine:
        """One more version of the file; `words` is how long it is, where that is known.

        Raises FileTooBig, FileEmpty, SameFile, TooManyVersions, WordsOff, and what
        `demand_writable` raises.
        """
        async with self._begin() as work:
            call, present = await call_to_read(work, person, call_id, now, lock=True)
            if file.kind not in call.plan.kinds:
                raise CallMovedOn
            checked_size(file.size, call.plan)
            most = call.plan.body_most
            if most is not None and words is not None and words > most:
                raise WordsOff("body", words, least=0, most=most)
            submission = await self._to_write(work, call, present, now)
            files = await work.submissions.files(submission.id)
            demand_new(file, files)
            await work.submissions.add_file(submission.id, len(files) + 1, file, now=now)
            await _save(work, submission, now)
            return await _mine(work, call, present)

    async def submit(
        self, person: Person, call_id: CallId, *, code: str | None = None, now: datetime
    ) -> Mine:
        """Handed in: a receipt the first time, the same one after that; twice is once.

        Raises NotYetWhole, WordsOff, CallClosed, DeadlineOver, WrongCode, NothingNew, PaperGone.
        """
        async with self._begin() as work:
            call, present = await call_to_read(work, person, call_id, now, lock=True)
            mine = await _mine(work, call, present)
            if mine.submission is None:
                raise PaperGone
            if mine.state in (State.SUBMITTED, State.UNDER_REVIEW):
                return mine
            if mine.lacking():
                raise NotYetWhole(mine.lacking())
            check_abstract(call, mine.submission.paper.abstract or "")
            if mine.state is State.TO_REVISE:
                after = _revised(mine, now)
            else:
                after = await self._handed_in(work, mine, code, now)
            await _save(work, after, now)
            await self._tell_reviewers(work, call, present, now)
            keys = reminder_keys(call, present.id)
            await work.outbox.cancel(LetterKind.PAPER_REMINDER, now=now, keys=keys)
            return await _mine(work, call, present)

    async def withdraw(self, person: Person, call_id: CallId, *, now: datetime) -> Mine:
        """Raises PaperGone, PaperFixed."""
        return await self._move(person, call_id, Move.WITHDRAW, now=now)

    async def take_up(self, person: Person, call_id: CallId, *, now: datetime) -> Mine:
        """What was withdrawn is a draft again. Raises PaperGone, PaperFixed, DeadlineOver."""
        return await self._move(person, call_id, Move.TAKE_UP, now=now)

    async def _move(self, person: Person, call_id: CallId, move: Move, *, now: datetime) -> Mine:
        async with self._begin() as work:
            call, present = await call_to_read(work, person, call_id, now, lock=True)
            submission = await work.submissions.of(call.id, present.id)
            if submission is None:
                raise PaperGone
            after = replace(submission, state=moved(submission.state, move))
            if move is Move.TAKE_UP:
                demand_writable(call, after, now)
            await _save(work, after, now)
            keys = reminder_keys(call, present.id)
            await work.outbox.cancel(LetterKind.PAPER_REMINDER, now=now, keys=keys)
            return await _mine(work, call, present)

    async def _tell_reviewers(
        self, work: PaperWork, call: Call, person: Person, now: datetime
    ) -> None:
        """What has come back goes to those who know it; what came late to two like the others."""
        mine = await _mine(work, call, person)
        if mine.submission is None:
            return
        if mine.state is State.UNDER_REVIEW:
            await ask_again(work, call, mine.submission, self._letters, now=now)
        elif call.review_from is not None:
            number = mine.files[-1].number
            await to_reviewers(work, call, mine.submission, number, self._letters, now=now)

    async def _to_write(
        self, work: PaperWork, call: Call, person: Person, now: datetime
    ) -> Submission:
        present = await work.submissions.of(call.id, person.id)
        demand_writable(call, present, now)
        return present or await work.submissions.begin(call.id, person.id, now=now)

    async def _handed_in(
        self, work: PaperWork, mine: Mine, code: str | None, now: datetime
    ) -> Submission:
        submission, call = mine.submission, mine.call
        assert submission is not None
        after = replace(submission, state=moved(submission.state, Move.SUBMIT), submitted_at=now)
        if not call.takes(now):
            demand_code(call, code, now)
            after = replace(after, late=True)
        if after.receipt is None:
            year = now.astimezone(self._zone).year
            number = await work.submissions.next_number(year)
            after = replace(after, receipt=receipt_of(year, number))
        return after


def _revised(mine: Mine, now: datetime) -> Submission:
    """Back to the reviewers. Raises DeadlineOver, NothingNew."""
    submission = mine.submission
    assert submission is not None
    demand_writable(mine.call, submission, now)
    newest = mine.files[-1].number
    if newest <= submission.reviewed:
        raise NothingNew
    state = moved(submission.state, Move.SUBMIT)
    return replace(submission, state=state, reviewed=newest, revise_until=None)


def _still_on(submission: Submission | None) -> bool:
    return submission is not None and submission.state in (
        State.SUBMITTED,
        State.UNDER_REVIEW,
        State.TO_REVISE,
    )


async def _mine(work: PaperWork, call: Call, person: Person) -> Mine:
    submission = await work.submissions.of(call.id, person.id)
    files = await work.submissions.files(submission.id) if submission else ()
    return Mine(call=call, submission=submission, files=files)


async def _save(work: PaperWork, submission: Submission, now: datetime) -> None:
    if not await work.submissions.save(submission, now=now):
        raise CallMovedOn
