"""Who may do what with a call, asked inside the transaction."""

from datetime import datetime

from branch.papers.errors import CallGone
from branch.papers.model import Call, CallId, Readers
from branch.papers.ports import PaperWork
from branch.people.errors import NotAllowed
from branch.people.model import AuditRecord, Deed, Person, Role
from branch.people.permission import demand


def may_read(call: Call, person: Person) -> bool:
    return call.plan.readers is Readers.EVERYBODY or person.role.covers(Role.MEMBER)


def runs(call: Call, person: Person) -> bool:
    """Whether it is theirs to look after: its author's, or a secretary's."""
    return person.role.covers(Role.MEMBER) and (
        call.author == person.id or person.role.covers(Role.SECRETARY)
    )


async def call_to_read(
    work: PaperWork, person: Person, call_id: CallId, now: datetime, *, lock: bool = False
) -> tuple[Call, Person]:
    """The call, for whom it is meant, and for whoever has a paper in it, come what may.

    Raises CallGone, NotAllowed.
    """
    present = await demand(work, person, Role.STUDENT, now=now)
    call = await (work.calls.lock(call_id) if lock else work.calls.get(call_id))
    if call is None:
        raise CallGone
    if not may_read(call, present) and await work.submissions.of(call.id, present.id) is None:
        raise CallGone
    return call, present


async def call_to_run(
    work: PaperWork, person: Person, call_id: CallId, now: datetime, *, lock: bool = False
) -> tuple[Call, Person]:
    """The call, for who looks after it. Raises CallGone, NotAllowed."""
    present = await demand(work, person, Role.MEMBER, now=now)
    call = await (work.calls.lock(call_id) if lock else work.calls.get(call_id))
    if call is None:
        raise CallGone
    if not runs(call, present):
        raise NotAllowed
    return call, present


async def record(work: PaperWork, deed: Deed, who: Person, call: CallId, now: datetime) -> None:
    await work.audit.add(AuditRecord(at=now, actor=who.id, deed=deed, details={"call": call}))
