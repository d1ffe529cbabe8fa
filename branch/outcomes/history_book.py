"""Years of before the bot come in: looked at first; of two rows of a year the later holds."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from branch.outcomes.corrections import Change, note_change
from branch.outcomes.errors import NothingToImport
from branch.outcomes.history_reading import HistoryFile
from branch.outcomes.model import HistoryYear
from branch.outcomes.ports import Begin, OutcomeWork
from branch.outcomes.roster_book import demand
from branch.people.model import AuditRecord, Deed, Person, Role


class HistoryPlan(Struct, frozen=True, kw_only=True):
    new: Sequence[HistoryYear]
    changed: Sequence[tuple[HistoryYear, HistoryYear]]
    same: int
    file: HistoryFile


class HistoryBook:
    """`secretary` is None on the command line. Each raises NotAllowed."""

    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def look_at(
        self, secretary: Person | None, file: HistoryFile, *, now: datetime
    ) -> HistoryPlan:
        async with self._look() as work:
            await demand(work, secretary, now, Role.SECRETARY)
            return await _plan(work, file)

    async def bring_in(
        self, secretary: Person | None, file: HistoryFile, *, now: datetime
    ) -> HistoryPlan:
        """What was done. Raises NothingToImport."""
        async with self._begin() as work:
            by = await demand(work, secretary, now, Role.SECRETARY)
            plan = await _plan(work, file)
            if not plan.new and not plan.changed:
                raise NothingToImport
            for year in plan.new:
                await work.outcome_years.add_history(year, by=by, now=now)
            for before, year in plan.changed:
                await work.outcome_years.add_history(year, by=by, now=now)
                await note_change(
                    work,
                    year.cohort,
                    Change.HISTORY,
                    by=by,
                    now=now,
                    subject="history",
                    before=_in_short(before),
                    after=_in_short(year),
                )
            details = {"new": len(plan.new), "changed": len(plan.changed)}
            await work.audit.add(
                AuditRecord(at=now, actor=by, deed=Deed.OUTCOMES_IMPORTED, details=details)
            )
            return plan


async def _plan(work: OutcomeWork, file: HistoryFile) -> HistoryPlan:
    known = {year.cohort: year for year in await work.outcome_years.history()}
    new = [year for year in file.years if year.cohort not in known]
    changed = [
        (known[year.cohort], year)
        for year in file.years
        if year.cohort in known and known[year.cohort] != year
    ]
    return HistoryPlan(
        new=new, changed=changed, same=len(file.years) - len(new) - len(changed), file=file
    )


def _in_short(year: HistoryYear) -> str:
    if year.total is not None and year.advanced is not None:
        return f"{year.advanced}/{year.total}"
    return "" if year.rate is None else f"{year.rate:.1%}"
