"""The table of a call's papers: who was called, what came in, what became of it, who has not."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from branch.papers.access import call_to_run
from branch.papers.deciding import Case, paper_cases
from branch.papers.model import Call, CallId, PaperFile, Submission
from branch.papers.moves import HANDED_IN, Award, State
from branch.papers.ports import Begin
from branch.people.model import Person, Role


class TableLine(Struct, frozen=True, kw_only=True):
    """One paper that has been handed in and not taken back."""

    submission: Submission
    name: str
    newest: PaperFile | None
    totals: Sequence[int | None]

    @property
    def receipt(self) -> str:
        return self.submission.receipt or ""


class PaperTable(Struct, frozen=True, kw_only=True):
    """`called` members could hand in and `members` of them have; `absent` names the others.

    `others`: papers of people who are no members; `begun`: who has a draft.
    """

    call: Call
    lines: Sequence[TableLine]
    called: int
    members: int
    others: int
    begun: Sequence[str]
    absent: Sequence[str]

    @property
    def drafts(self) -> int:
        return len(self.begun)

    @property
    def accepted(self) -> int:
        kept = (State.ACCEPTED, State.PUBLISHED)
        return sum(each.submission.state in kept for each in self.lines)

    @property
    def awarded(self) -> int:
        return sum(each.submission.award is not Award.NONE for each in self.lines)


class PaperTables:
    def __init__(self, look: Begin) -> None:
        self._look = look

    async def of(self, member: Person, call_id: CallId, *, now: datetime) -> PaperTable:
        """With names: for who looks after the call. Raises NotAllowed, CallGone."""
        async with self._look() as work:
            call, _ = await call_to_run(work, member, call_id, now)
            called = await work.people.holding(Role.MEMBER, now=now)
            cases = await paper_cases(work, call, now)
        done = [each for each in cases if each.submission.state in HANDED_IN]
        authors = {each.submission.author for each in done}
        absent = [each.name for each in called if each.id not in authors]
        return PaperTable(
            call=call,
            lines=[_line(each) for each in done],
            called=len(called),
            members=len(called) - len(absent),
            others=len(authors) - (len(called) - len(absent)),
            begun=[each.entry.name for each in cases if each.submission.state is State.DRAFT],
            absent=absent,
        )


def _line(case: Case) -> TableLine:
    return TableLine(
        submission=case.submission,
        name=case.entry.name,
        newest=case.entry.newest,
        totals=case.totals(),
    )
