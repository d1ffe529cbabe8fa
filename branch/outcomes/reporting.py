"""Students say what became of them, and which row of the roster is theirs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

from branch.outcomes.corrections import Change, note_change
from branch.outcomes.errors import CohortUnknown
from branch.outcomes.linking import link, new_subject, subject_of, unrostered_subject
from branch.outcomes.model import (
    WRONG_NUMBERS_A_DAY,
    NewReport,
    OutcomeKind,
    OutcomeReport,
    ReportId,
    ReportState,
    RosterEntry,
)
from branch.outcomes.numbers import student_key
from branch.outcomes.ports import Begin, OutcomeWork
from branch.outcomes.roster_book import NUMBERS
from branch.people.errors import NotAllowed
from branch.people.model import Person, PersonId

_DAY: Final = timedelta(hours=24)


class Found(StrEnum):
    """What came of a student number. `TAKEN`: a claim waits for a member now."""

    LINKED = "linked"
    TAKEN = "taken"
    UNKNOWN = "unknown"
    TOO_MANY = "too_many"
    ALREADY = "already"


class Identified(Struct, frozen=True, kw_only=True):
    """`left`: how many more numbers may be tried today."""

    found: Found
    entry: RosterEntry | None = None
    left: int = 0


class Mine(Struct, frozen=True, kw_only=True):
    """What somebody sees of themselves: their row, their reports, whether a claim waits."""

    entry: RosterEntry | None
    reports: Sequence[OutcomeReport]
    claims: bool
    cohort: int | None

    @property
    def last(self) -> OutcomeReport | None:
        return self.reports[-1] if self.reports else None

    @property
    def standing(self) -> OutcomeReport | None:
        """The one that counts."""
        told = [each for each in self.reports if each.state is not ReportState.REFUSED]
        return told[-1] if told else None


class OutcomeDesk:
    """Each is about the person who asks, and about nobody else."""

    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def mine(self, person: Person, *, now: datetime) -> Mine:
        async with self._look() as work:
            return await _mine(work, await _present(work, person, now))

    async def identify(self, person: Person, number: str, *, now: datetime) -> Identified:
        """Find their row by the number, which is not kept. Raises NumberUnclear."""
        async with self._begin() as work:
            present = await _present(work, person, now)
            own = await work.roster.of(present.id)
            if own is not None:
                return Identified(found=Found.ALREADY, entry=own)
            wrong = await work.roster_claims.wrong_numbers(present.id, since=now - _DAY)
            key = student_key(number, await work.secrets.get(NUMBERS, now=now))
            if wrong >= WRONG_NUMBERS_A_DAY:
                return Identified(found=Found.TOO_MANY)
            rows = await work.roster.by_key(key)
            if not rows:
                await work.roster_claims.note_wrong_number(present.id, now=now)
                return Identified(found=Found.UNKNOWN, left=WRONG_NUMBERS_A_DAY - wrong - 1)
            # the same number may stand in two years: of somebody who took a year longer
            entry = next((row for row in rows if row.cohort == present.cohort), rows[0])
            if await link(work, entry, present.id, by=present.id, now=now):
                return Identified(found=Found.LINKED, entry=entry)
            # whoever tries out whose numbers these are is soon done
            await work.roster_claims.note_wrong_number(present.id, now=now)
            await work.roster_claims.add(entry.id, present.id, now=now)
            return Identified(found=Found.TAKEN)

    async def report(
        self, person: Person, new: NewReport, *, key: str, now: datetime
    ) -> OutcomeReport:
        """Keep it beside what they said before; the same `key` again changes nothing.

        Raises CohortUnknown.
        """
        async with self._begin() as work:
            present = await _present(work, person, now)
            known = await work.outcomes.with_key(key)
            if known is not None:
                return known
            entry = await work.roster.of(present.id)
            cohort = entry.cohort if entry else new.cohort or present.cohort
            if cohort is None or new.kind is OutcomeKind.UNKNOWN:
                raise CohortUnknown
            number = await _add(work, new, entry, cohort, present.id, key=key, now=now)
            report = await work.outcomes.get(number)
            assert report is not None, "written in this transaction"
            return report


async def _add(
    work: OutcomeWork,
    new: NewReport,
    entry: RosterEntry | None,
    cohort: int,
    person: PersonId,
    *,
    key: str,
    now: datetime,
) -> ReportId:
    """Beside what they have said before."""
    if entry is not None:
        subject = subject_of(entry.id)
    else:
        subject = await unrostered_subject(work, person) or new_subject()
    before = await work.outcomes.standing(subject)
    number = await work.outcomes.add(
        new,
        subject=subject,
        roster=entry.id if entry else None,
        cohort=cohort,
        person=person,
        key=key,
        now=now,
    )
    # who names another year than before leaves the one and joins the other
    for year in {cohort, before.cohort if before else cohort}:
        await note_change(
            work,
            year,
            Change.REPORTED,
            by=person,
            now=now,
            subject=subject,
            before=before.kind if before else "",
            after=new.kind,
        )
    return number


async def _present(work: OutcomeWork, person: Person, now: datetime) -> Person:
    present = await work.people.by_id(person.id, now=now)
    if present is None:
        raise NotAllowed
    return present


async def _mine(work: OutcomeWork, person: Person) -> Mine:
    entry = await work.roster.of(person.id)
    claim = await work.roster_claims.of(person.id)
    reports = await work.outcomes.of(person.id)
    told = reports[-1].cohort if reports else person.cohort
    return Mine(
        entry=entry,
        reports=reports,
        claims=claim is not None,
        cohort=entry.cohort if entry else told,
    )
