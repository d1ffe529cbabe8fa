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
    subject = subject_of(entry.id)
    former = await unrostered_subject(work, person)
    before = await work.outcomes.standing(former) if former else None
    if former is not None:
        await work.outcomes.move(
            person, of=former, to=subject, roster=entry.id, cohort=entry.cohort
        )
    await note_change(work, entry.cohort, Change.LINKED, by=by, now=now, subject=subject)
    if former is not None and before is not None:
        await note_change(
            work, before.cohort, Change.LINKED, by=by, now=now, subject=former, after=subject
        )
    return True


async def unlink(work: OutcomeWork, entry: RosterEntry, *, by: PersonId, now: datetime) -> None:
    """Nobody's row again; what its person has reported stays theirs, on no roster."""
    await work.roster.unlink(entry.id)
    if entry.person is None:
        return
    row = subject_of(entry.id)
    subject = await unrostered_subject(work, entry.person) or new_subject()
    await work.outcomes.move(entry.person, of=row, to=subject, roster=None, cohort=entry.cohort)
    await note_change(work, entry.cohort, Change.CLAIM, by=by, now=now, subject=subject, before=row)
