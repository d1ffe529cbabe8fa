"""Who is who on a roster: one row a person, one person a row; what is disputed a member settles."""

import secrets
from datetime import datetime

from branch.outcomes.corrections import Change, note_change
from branch.outcomes.model import RosterEntry, RosterId
from branch.outcomes.ports import OutcomeWork
from branch.people.model import PersonId


def subject_of(entry: RosterId) -> str:
    return f"r{entry}"


def new_subject() -> str:
    """Of somebody who stands on no roster: says nothing about them."""
    return f"u{secrets.token_hex(8)}"


async def unrostered_subject(work: OutcomeWork, person: PersonId) -> str | None:
    """Under which they have reported without a row, if they have."""
    reports = await work.outcomes.of(person)
    return next((each.subject for each in reports if each.roster is None), None)


async def link(
    work: OutcomeWork, entry: RosterEntry, person: PersonId, *, by: PersonId, now: datetime
) -> bool:
    """Make the row theirs, and what they have reported with it; False if that cannot be."""
    if not await work.roster.link(entry.id, person):
        return False
    former = await unrostered_subject(work, person)
    if former is not None:
        await _move(work, person, former, subject_of(entry.id), entry.id, entry.cohort)
    await note_change(
        work,
        entry.cohort,
        Change.LINKED,
        by=by,
        now=now,
        subject=subject_of(entry.id),
        before=former or "",
    )
    return True


async def unlink(work: OutcomeWork, entry: RosterEntry) -> None:
    """Nobody's row again; what its person has reported stays theirs, on no roster."""
    await work.roster.unlink(entry.id)
    if entry.person is not None:
        subject = await unrostered_subject(work, entry.person) or new_subject()
        await _move(work, entry.person, subject_of(entry.id), subject, None, entry.cohort)


async def _move(
    work: OutcomeWork,
    person: PersonId,
    former: str,
    subject: str,
    roster: RosterId | None,
    cohort: int,
) -> None:
    await work.outcomes.move(person, of=former, to=subject, roster=roster, cohort=cohort)
