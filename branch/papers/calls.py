"""Members open calls, change them, close them; whoever has begun a paper hears of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from branch.outbox.kinds import LetterKind
from branch.papers.access import call_to_read, call_to_run, may_read, record, runs
from branch.papers.errors import CallClosed, CallGone, CallMovedOn, ReviewBegun, TimeIsPast
from branch.papers.letters import PaperLetters
from branch.papers.model import Call, CallId, CallPlan, CallState, Submission
from branch.papers.moves import HANDED_IN, State
from branch.papers.ports import Begin, Entry
from branch.people.model import Deed, Person, Role
from branch.people.permission import demand

SHOWN: Final = 10


class SeenCall(Struct, frozen=True, kw_only=True):
    """A call as somebody sees it.

    `called` members could hand in, `members` of them have; `others` have who are no members.
    """

    call: Call
    mine: Submission | None
    theirs: bool
    called: int
    members: int
    others: int


class CallBook:
    """Each raises NotAllowed; where one call is meant also CallGone."""

    def __init__(self, begin: Begin, look: Begin, letters: PaperLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def listed(self, person: Person, *, now: datetime) -> Sequence[Call]:
        """The newest calls that are for them, the open ones first."""
        async with self._look() as work:
            present = await demand(work, person, Role.STUDENT, now=now)
            found = await work.calls.latest(limit=5 * SHOWN)
        readable = [each for each in found if may_read(each, present)][:SHOWN]
        return sorted(readable, key=lambda each: not each.takes(now))

    async def see(self, person: Person, call_id: CallId, *, now: datetime) -> SeenCall:
        async with self._look() as work:
            call, present = await call_to_read(work, person, call_id, now)
            called = {each.id for each in await work.people.holding(Role.MEMBER, now=now)}
            authors = {
                each.submission.author
                for each in await work.submissions.of_call(call.id)
                if each.submission.state in HANDED_IN
            }
            return SeenCall(
                call=call,
                mine=await work.submissions.of(call.id, present.id),
                theirs=runs(call, present),
                called=len(called),
                members=len(authors & called),
                others=len(authors - called),
            )

    async def create(self, member: Person, plan: CallPlan, *, key: str, now: datetime) -> Call:
        """Raises TimeIsPast; the same `key` a second time changes nothing."""
        async with self._begin() as work:
            author = await demand(work, member, Role.MEMBER, now=now)
            if plan.deadline <= now:
                raise TimeIsPast
            number, new = await work.calls.add(plan, key=key, author=author.id, now=now)
            if new:
                await record(work, Deed.CALL_OPENED, author, number, now)
            call = await work.calls.get(number)
            if call is None:
                raise CallGone
            return call

    async def change(
        self, member: Person, call_id: CallId, plan: CallPlan, *, version: int, now: datetime
    ) -> tuple[Call, int]:
        """The call as it is now, and how many were told that its deadline has moved.

        `version` is the one that was changed. Raises TimeIsPast, CallClosed, CallMovedOn and,
        where the deadline would move while the reviewers are at work, ReviewBegun.
        """
        async with self._begin() as work:
            before, present = await call_to_run(work, member, call_id, now, lock=True)
            if before.state is CallState.CLOSED:
                raise CallClosed
            moved = plan.deadline != before.plan.deadline
            if moved and plan.deadline <= now:
                raise TimeIsPast
            if moved and before.review_from is not None:
                raise ReviewBegun
            if plan == before.plan:
                return before, 0
            if version != before.version or not await work.calls.save(replace(before, plan=plan)):
                raise CallMovedOn
            call = replace(before, plan=plan, version=before.version + 1)
            told = 0
            if moved:
                await work.outbox.cancel(
                    LetterKind.PAPER_REMINDER, now=now, about_prefix=call.about
                )
                told = await work.outbox.put(
                    self._letters.moved(
                        call, before.plan.deadline, each.submission.author, each.language, now=now
                    )
                    for each in _at_it(await work.submissions.of_call(call.id))
                )
            await record(work, Deed.CALL_CHANGED, present, call.id, now)
            return call, told

    async def close(self, member: Person, call_id: CallId, *, now: datetime) -> tuple[Call, int]:
        """The call, and how many were told that what they have begun cannot be handed in."""
        async with self._begin() as work:
            before, present = await call_to_run(work, member, call_id, now, lock=True)
            if before.state is CallState.CLOSED:
                return before, 0
            if not await work.calls.save(replace(before, state=CallState.CLOSED)):
                raise CallMovedOn
            call = replace(before, state=CallState.CLOSED, version=before.version + 1)
            await work.outbox.cancel(LetterKind.PAPER_REMINDER, now=now, about_prefix=call.about)
            told = await work.outbox.put(
                self._letters.closed(call, each.submission.author, each.language, now=now)
                for each in await work.submissions.of_call(call.id)
                if each.submission.state is State.DRAFT
            )
            await record(work, Deed.CALL_CLOSED, present, call.id, now)
            return call, told


def _at_it(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Who has begun or handed in."""
    states = (State.DRAFT, State.SUBMITTED)
    return [each for each in entries if each.submission.state in states]
