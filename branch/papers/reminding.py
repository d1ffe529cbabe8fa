"""By the clock: who has not begun, not finished or not handed in is reminded, and nobody else.

Nothing is planned ahead: each look asks which moment has come, so that a deadline that moves takes
its reminders along. What falls due while the program is down is sent up to six hours late.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from branch.outbox.model import Letter
from branch.papers.letters import LEADS, PaperLetters
from branch.papers.model import (
    Call,
    CallId,
    CallPlan,
    PaperField,
    Submission,
    SubmissionId,
    lacking,
)
from branch.papers.moves import HANDED_IN, State
from branch.papers.ports import Begin, Entry, PaperWork
from branch.people.model import Person, Role

STILL_USEFUL: Final = timedelta(hours=6)
SUMMED_UP_WITHIN: Final = timedelta(days=1)


class PaperReminders:
    def __init__(self, begin: Begin, look: Begin, letters: PaperLetters) -> None:
        self._begin = begin
        self._look = look
        self._letters = letters

    async def awaited(self) -> bool:
        """Whether there was ever a call."""
        async with self._look() as work:
            return bool(await work.calls.latest(limit=1))

    async def remind(self, *, now: datetime) -> int:
        """Write the reminders whose moment has come; how many were new."""
        async with self._look() as work:
            calls = await work.calls.ending(now - SUMMED_UP_WITHIN, now + LEADS[0])
            revising = await work.submissions.revising(now, now + LEADS[0])
        written = 0
        for call in calls:
            written += await self._of_call(call.id, now)
        for submission in revising:
            written += await self._to_revise(submission.call, submission.id, now)
        return written

    async def _of_call(self, call_id: CallId, now: datetime) -> int:
        async with self._begin() as work:
            call = await work.calls.lock(call_id)
            if call is None:
                return 0
            entries = await work.submissions.of_call(call.id)
            members = await work.people.holding(Role.MEMBER, now=now)
            if call.takes(now):
                lead = lead_due(call.plan.deadline, now, since=call.created_at)
                letters = self._soon(call, entries, members, lead, now) if lead else iter(())
            else:
                letters = self._summary(call, entries, members, now)
            return await work.outbox.put(list(letters))

    def _soon(
        self,
        call: Call,
        entries: Sequence[Entry],
        members: Sequence[Person],
        lead: timedelta,
        now: datetime,
    ) -> Iterator[Letter]:
        begun = {each.submission.author for each in entries}
        for person in members:
            if person.id not in begun:
                yield self._letters.soon(call, person.id, person.language, lead, now=now)
        for entry in entries:
            if entry.submission.state is State.DRAFT:
                yield self._letters.soon(
                    call,
                    entry.submission.author,
                    entry.language,
                    lead,
                    lacks=missing(entry, call.plan),
                    begun=True,
                    now=now,
                )

    def _summary(
        self, call: Call, entries: Sequence[Entry], members: Sequence[Person], now: datetime
    ) -> Iterator[Letter]:
        """What came in, and who had all of it ready: their draft may have missed by a minute."""
        whole = sum(
            entry.submission.state is State.DRAFT and not missing(entry, call.plan)
            for entry in entries
        )
        done = {each.submission.author for each in entries if each.submission.state in HANDED_IN}
        for person in members:
            if person.id == call.author:
                yield self._letters.over(
                    call, person.id, person.language, done=len(done), whole=whole, now=now
                )

    async def _to_revise(self, call_id: CallId, number: SubmissionId, now: datetime) -> int:
        async with self._begin() as work:
            call = await work.calls.lock(call_id)
            submission = await work.submissions.get(number)
            if call is None or submission is None or submission.state is not State.TO_REVISE:
                return 0
            return await self._revise_soon(work, call, submission, now)

    async def _revise_soon(
        self, work: PaperWork, call: Call, submission: Submission, now: datetime
    ) -> int:
        until, author = submission.revise_until, submission.author
        person = await work.people.by_id(author, now=now)
        # a week is all the time there is: the first reminder would come with the letter itself
        lead = lead_due(until, now) if until else None
        if person is None or until is None or lead in (None, LEADS[0]):
            return 0
        assert lead is not None
        letter = self._letters.revise_soon(call, submission, person.language, lead, now=now)
        return await work.outbox.put([letter])


def missing(entry: Entry, plan: CallPlan) -> list[PaperField]:
    return lacking(entry.submission.paper, 0 if entry.newest is None else 1, plan)


def lead_due(
    deadline: datetime, now: datetime, *, since: datetime | None = None
) -> timedelta | None:
    """Which reminder's moment has come and is not long past; none from before `since`."""
    for lead in reversed(LEADS):
        due = deadline - lead
        if due <= now:
            fresh = now < due + STILL_USEFUL and now < deadline
            return lead if fresh and (since is None or since < due) else None
    return None
