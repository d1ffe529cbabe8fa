"""What becomes of papers: proposed by who looks after the call, let out by another, all at once."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from branch.papers.access import call_to_run, record, runs
from branch.papers.decision_letters import DecisionLetters
from branch.papers.errors import (
    CallGone,
    CallMovedOn,
    NeedsAnother,
    NotAllDecided,
    NothingHere,
    PaperFixed,
    PaperGone,
    TooLong,
)
from branch.papers.model import REVISED_WITHIN, Call, CallId, PaperFile, Submission, SubmissionId
from branch.papers.moves import Award, Move, State, Verdict, moved
from branch.papers.ports import Begin, Entry, PaperWork
from branch.papers.reviewing import all_in
from branch.papers.reviews import LONGEST_WORDS, Proposal, Review
from branch.people.errors import NotAllowed
from branch.people.model import Deed, Person, Role
from branch.people.permission import demand
from texts.telegram_html import units


class Case(Struct, frozen=True, kw_only=True):
    """A paper with what its reviewers say and what is proposed for it.

    `open_still`: it waits to be decided.
    """

    entry: Entry
    reviews: Sequence[Review]
    proposal: Proposal | None
    open_still: bool

    @property
    def submission(self) -> Submission:
        return self.entry.submission

    def totals(self) -> list[int | None]:
        return [each.total() for each in self.reviews if each.counts]

    def complete(self) -> bool:
        return all_in(self.reviews)


class Docket(Struct, frozen=True, kw_only=True):
    """`may_release`: whether this person could let out what is proposed."""

    call: Call
    cases: Sequence[Case]
    may_release: bool

    def waiting(self) -> Sequence[Case]:
        """What would be let out now."""
        return [each for each in self.cases if each.open_still and each.proposal is not None]

    def lacking(self) -> int:
        """How many are under review and have no proposal."""
        return sum(
            each.proposal is None and each.submission.state is State.UNDER_REVIEW
            for each in self.cases
        )


class DecisionBook:
    """Each raises NotAllowed and CallGone."""

    def __init__(self, begin: Begin, look: Begin, letters: DecisionLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def docket(self, member: Person, call_id: CallId, *, now: datetime) -> Docket:
        async with self._look() as work:
            call, present = await call_to_run(work, member, call_id, now)
            return await _docket(work, call, present, now)

    async def case(
        self, member: Person, number: SubmissionId, *, now: datetime
    ) -> tuple[Call, Case]:
        """Raises PaperGone."""
        async with self._look() as work:
            call, _, case = await _case(work, member, number, now)
            return call, case

    async def newest(
        self, member: Person, number: SubmissionId, *, now: datetime
    ) -> tuple[Submission, PaperFile]:
        """The file as it was handed in. Raises PaperGone."""
        async with self._look() as work:
            _, _, case = await _case(work, member, number, now)
            if case.entry.newest is None:
                raise PaperGone
            return case.submission, case.entry.newest

    async def usual_words(
        self, member: Person, number: SubmissionId, verdict: Verdict, award: Award, *, now: datetime
    ) -> str:
        """What such a letter says if nobody writes anything else, in its reader's language."""
        _, case = await self.case(member, number, now=now)
        return self._letters.usual_words(verdict, award, case.entry.language)

    async def propose(
        self,
        member: Person,
        number: SubmissionId,
        verdict: Verdict,
        award: Award,
        words: str,
        *,
        now: datetime,
    ) -> Call:
        """In the place of what was proposed before. Raises PaperGone, PaperFixed, NeedsAnother."""
        if units(words) > LONGEST_WORDS:
            raise TooLong(LONGEST_WORDS)
        async with self._begin() as work:
            call, present, case = await _case(work, member, number, now, lock=True)
            if not case.open_still:
                raise PaperFixed
            if case.submission.author == present.id:
                raise NeedsAnother
            proposal = Proposal(
                submission=number,
                round=case.submission.round,
                verdict=verdict,
                award=award if verdict is Verdict.ACCEPT else Award.NONE,
                words=words,
                by=present.id,
                at=now,
            )
            await work.reviews.propose(proposal)
            # whoever looks at the list sees another one from now on
            if not await work.calls.save(call):
                raise CallMovedOn
            await self._tell_who_releases(work, call, present, now)
            return call

    async def release(self, member: Person, call_id: CallId, *, version: int, now: datetime) -> int:
        """States change and letters go out, all together and once; how many.

        `version` is the one of the list that was looked at. Raises CallMovedOn, NothingHere,
        NotAllDecided, NeedsAnother.
        """
        async with self._begin() as work:
            present = await demand(work, member, Role.SECRETARY, now=now)
            call, _ = await call_to_run(work, member, call_id, now, lock=True)
            docket = await _docket(work, call, present, now)
            if not docket.waiting():
                raise NothingHere
            if call.version != version:
                raise CallMovedOn
            if docket.lacking():
                raise NotAllDecided(docket.lacking())
            if not docket.may_release:
                raise NeedsAnother
            if not await work.calls.save(call):
                raise CallMovedOn
            for case in docket.waiting():
                await self._let_out(work, call, case, now)
            await record(work, Deed.PAPERS_RELEASED, present, call.id, now)
            return len(docket.waiting())

    async def publish(self, member: Person, call_id: CallId, *, now: datetime) -> int:
        """What is accepted is published; how many. Raises NothingHere."""
        async with self._begin() as work:
            call, _ = await call_to_run(work, member, call_id, now, lock=True)
            accepted = [
                each
                for each in await work.submissions.of_call(call.id)
                if each.submission.state is State.ACCEPTED
            ]
            if not accepted:
                raise NothingHere
            for entry in accepted:
                after = replace(entry.submission, state=moved(State.ACCEPTED, Move.PUBLISH))
                await _save(work, after, now)
                letter = self._letters.published(call, after, entry.language, now=now)
                await work.outbox.put([letter])
            return len(accepted)

    async def _let_out(self, work: PaperWork, call: Call, case: Case, now: datetime) -> None:
        submission, proposal = case.submission, case.proposal
        assert proposal is not None
        state = moved(submission.state, proposal.verdict.move)
        after = replace(submission, state=state, award=proposal.award, revise_until=None)
        if proposal.verdict is Verdict.REVISE:
            until = (now + REVISED_WITHIN).replace(second=0, microsecond=0)
            after = replace(after, round=submission.round + 1, revise_until=until)
        await _save(work, after, now)
        await work.reviews.release(submission.id, proposal.round, now=now)
        comments = [each.comment for each in case.reviews if each.counts and each.comment]
        letter = self._letters.decided(
            call, after, proposal, case.entry.language, comments=comments, now=now
        )
        await work.outbox.put([letter])

    async def _tell_who_releases(
        self, work: PaperWork, call: Call, proposer: Person, now: datetime
    ) -> None:
        docket = await _docket(work, call, proposer, now)
        if docket.lacking():
            return
        by = {each.proposal.by for each in docket.waiting() if each.proposal}
        secretaries = await work.people.holding(Role.SECRETARY, now=now)
        await work.outbox.put(
            self._letters.to_release(
                call, each.id, each.language, number=len(docket.waiting()), now=now
            )
            for each in secretaries
            if each.id not in by
        )


async def paper_cases(work: PaperWork, call: Call, now: datetime) -> Sequence[Case]:
    """Everything that anybody has begun for the call."""
    reviews = await work.reviews.of_call(call.id)
    proposals = await work.reviews.proposals(call.id)
    return [
        Case(
            entry=entry,
            reviews=reviews.get(entry.submission.id, ()),
            proposal=proposals.get(entry.submission.id),
            open_still=_open_still(entry.submission, now),
        )
        for entry in await work.submissions.of_call(call.id)
    ]


async def _docket(work: PaperWork, call: Call, person: Person, now: datetime) -> Docket:
    not_here = (State.DRAFT, State.SUBMITTED, State.WITHDRAWN)
    cases = [
        each for each in await paper_cases(work, call, now) if each.submission.state not in not_here
    ]
    by = {each.proposal.by for each in cases if each.open_still and each.proposal}
    may_release = person.role.covers(Role.SECRETARY) and person.id not in by
    return Docket(call=call, cases=cases, may_release=may_release)


async def _case(
    work: PaperWork, member: Person, number: SubmissionId, now: datetime, *, lock: bool = False
) -> tuple[Call, Person, Case]:
    """Raises NotAllowed, CallGone, PaperGone."""
    present = await demand(work, member, Role.MEMBER, now=now)
    submission = await work.submissions.get(number)
    if submission is None:
        raise PaperGone
    call = await (work.calls.lock if lock else work.calls.get)(submission.call)
    if call is None:
        raise CallGone
    if not runs(call, present):
        raise NotAllowed
    docket = await _docket(work, call, present, now)
    case = next((each for each in docket.cases if each.submission.id == number), None)
    if case is None:
        raise PaperGone
    return call, present, case


def _open_still(submission: Submission, now: datetime) -> bool:
    """Under review, or never come back in the time that it had."""
    if submission.state is State.TO_REVISE:
        return submission.revise_until is None or submission.revise_until <= now
    return submission.state is State.UNDER_REVIEW


async def _save(work: PaperWork, submission: Submission, now: datetime) -> None:
    if not await work.submissions.save(submission, now=now):
        raise CallMovedOn
