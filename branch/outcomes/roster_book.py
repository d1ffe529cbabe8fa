"""Secretaries bring in rosters: looked at first, then in whole; a second time only corrects."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from branch.outcomes.corrections import Change, note_change
from branch.outcomes.errors import NothingToImport
from branch.outcomes.model import RosterEntry
from branch.outcomes.ports import Begin, NewEntry, OutcomeWork
from branch.outcomes.roster_reading import RosterFile, RosterLine
from branch.people import permission
from branch.people.model import AuditRecord, Deed, Person, PersonId, Role

NUMBERS: Final = "student numbers"
"""The name of the secret under which they are hashed."""
LONGEST_SOURCE: Final = 60


class RosterPlan(Struct, frozen=True, kw_only=True):
    """What a file would do. `missing`: by cohort, how many known ones it does not name."""

    new: Sequence[RosterLine]
    changed: Sequence[tuple[RosterEntry, RosterLine]]
    same: int
    missing: Mapping[int, int]
    file: RosterFile

    @property
    def can_go_in(self) -> int:
        return len(self.new) + len(self.changed)

    @property
    def cohorts(self) -> Sequence[int]:
        return sorted({line.cohort for line in self.file.lines})


class RosterBook:
    """`secretary` is None on the command line. Each raises NotAllowed."""

    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def secret(self, secretary: Person | None, *, now: datetime) -> bytes:
        """Under which the numbers of a file are hashed."""
        async with self._begin() as work:
            await demand(work, secretary, now, Role.SECRETARY)
            return await work.secrets.get(NUMBERS, now=now)

    async def counts(self, secretary: Person, *, now: datetime) -> Mapping[int, tuple[int, int]]:
        """By cohort: how many stand on its roster, and how many have said who they are."""
        async with self._look() as work:
            await demand(work, secretary, now, Role.SECRETARY)
            return await work.roster.counts()

    async def look_at(
        self, secretary: Person | None, file: RosterFile, *, now: datetime
    ) -> RosterPlan:
        async with self._look() as work:
            await demand(work, secretary, now, Role.SECRETARY)
            return await _plan(work, file)

    async def bring_in(
        self, secretary: Person | None, file: RosterFile, *, source: str, now: datetime
    ) -> RosterPlan:
        """What was done. Raises NothingToImport."""
        async with self._begin() as work:
            by = await demand(work, secretary, now, Role.SECRETARY)
            plan = await _plan(work, file)
            if not plan.can_go_in:
                raise NothingToImport
            await work.roster.add(
                [
                    NewEntry(
                        cohort=line.cohort,
                        key=line.key,
                        class_name=line.class_name,
                        name=line.name,
                    )
                    for line in plan.new
                ],
                source=source[:LONGEST_SOURCE],
                now=now,
            )
            await work.roster.change(
                [
                    replace(
                        entry,
                        class_name=line.class_name or entry.class_name,
                        name=line.name or entry.name,
                    )
                    for entry, line in plan.changed
                ]
            )
            await _record(work, plan, by, now)
            return plan


async def demand(
    work: OutcomeWork, person: Person | None, now: datetime, least: Role
) -> PersonId | None:
    """Who they are, if their role covers it; None for the command line. Raises NotAllowed."""
    if person is None:
        return None
    return (await permission.demand(work, person, least, now=now)).id


async def _plan(work: OutcomeWork, file: RosterFile) -> RosterPlan:
    cohorts = sorted({line.cohort for line in file.lines})
    known = {(each.cohort, each.key): each for each in await work.roster.all(cohorts)}
    new: list[RosterLine] = []
    changed: list[tuple[RosterEntry, RosterLine]] = []
    missing = Counter(cohort for cohort, _ in known)
    for line in file.lines:
        entry = known.get((line.cohort, line.key))
        if entry is None:
            new.append(line)
            continue
        missing[line.cohort] -= 1
        if _differs(entry, line):
            changed.append((entry, line))
    return RosterPlan(
        new=new,
        changed=changed,
        same=len(file.lines) - len(new) - len(changed),
        missing={cohort: count for cohort, count in missing.items() if count},
        file=file,
    )


def _differs(entry: RosterEntry, line: RosterLine) -> bool:
    """Whether the line says something else; it does not bring a forgotten name back."""
    named = line.name is not None and not entry.forgotten and line.name != entry.name
    return named or (line.class_name is not None and line.class_name != entry.class_name)


async def _record(work: OutcomeWork, plan: RosterPlan, by: PersonId | None, now: datetime) -> None:
    new = Counter(line.cohort for line in plan.new)
    changed = Counter(line.cohort for _, line in plan.changed)
    for cohort in plan.cohorts:
        if new[cohort] or changed[cohort]:
            after = f"+{new[cohort]} ~{changed[cohort]}"
            await note_change(work, cohort, Change.ROSTER, by=by, now=now, after=after)
    await work.audit.add(
        AuditRecord(
            at=now,
            actor=by,
            deed=Deed.ROSTER_IMPORTED,
            details={"new": len(plan.new), "changed": len(plan.changed)},
        )
    )
