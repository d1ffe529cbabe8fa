"""A cohort's figures are frozen as a version: what the rows become later does not change it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from branch.outcomes.board import rows_of
from branch.outcomes.errors import NothingNew, NothingToFreeze, ReportGone
from branch.outcomes.linking import subject_of
from branch.outcomes.model import OutcomeKind
from branch.outcomes.ports import Begin, Correction, Freeze, OutcomeWork
from branch.outcomes.rates import CohortFigures, Rows, cohort_table, standing
from branch.outcomes.roster_book import demand
from branch.outcomes.suppression import ShownCohort, shown
from branch.people.model import AuditRecord, Deed, Person, Role

Standing = Mapping[str, Sequence[str]]
"""By subject: the class, what became of it, and whether that is verified."""


class Difference(Struct, frozen=True, kw_only=True):
    """One subject that stands otherwise than it did; empty where it did not stand at all."""

    subject: str
    before: Sequence[str]
    after: Sequence[str]
    corrections: Sequence[Correction] = ()


class FreezeOutlook(Struct, frozen=True, kw_only=True):
    """What freezing would keep. `others`: corrections of the cohort as a whole."""

    cohort: ShownCohort
    version: int
    last: Freeze | None
    differences: Sequence[Difference]
    others: Sequence[Correction]


class Freezer:
    """Each raises NotAllowed."""

    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def outlook(self, secretary: Person, cohort: int, *, now: datetime) -> FreezeOutlook:
        """Raises NothingToFreeze."""
        async with self._look() as work:
            await demand(work, secretary, now, Role.SECRETARY)
            figures, present = await _now(work, cohort)
            last = await work.outcome_years.last_frozen(cohort)
            differences, others = await _since(work, last, present)
            return FreezeOutlook(
                cohort=shown(figures),
                version=last.version + 1 if last else 1,
                last=last,
                differences=differences,
                others=others,
            )

    async def freeze(self, secretary: Person, cohort: int, *, now: datetime) -> Freeze:
        """The new version. Raises NothingToFreeze, NothingNew."""
        async with self._begin() as work:
            by = await demand(work, secretary, now, Role.SECRETARY)
            figures, present = await _now(work, cohort)
            last = await work.outcome_years.last_frozen(cohort)
            digest = digest_of(present)
            if last is not None and last.digest == digest:
                raise NothingNew
            made = Freeze(
                cohort=cohort,
                version=last.version + 1 if last else 1,
                at=now,
                by=by,
                digest=digest,
                figures=written(figures),
                standing=json.dumps(present, ensure_ascii=False, sort_keys=True),
            )
            if not await work.outcome_years.freeze(made):
                raise NothingNew  # somebody has just made this version
            await work.audit.add(
                AuditRecord(
                    at=now,
                    actor=by,
                    deed=Deed.OUTCOMES_FROZEN,
                    details={"cohort": cohort, "version": made.version},
                )
            )
            return made

    async def version(
        self, member: Person, cohort: int, version: int, *, now: datetime
    ) -> tuple[Freeze, ShownCohort]:
        """A version as it was frozen. Raises ReportGone."""
        async with self._look() as work:
            await demand(work, member, now, Role.MEMBER)
            for each in await work.outcome_years.frozen():
                if (each.cohort, each.version) == (cohort, version):
                    return each, shown(figures_in(each))
            raise ReportGone


def standing_of(rows: Rows, cohort: int) -> dict[str, list[str]]:
    """How everybody of the cohort stands, and its history row: all that its figures come from."""
    told = standing(rows.reports)
    by_roster = {each.roster: each for each in told if each.roster is not None}
    found = {
        each.subject: ["", each.kind, each.state]
        for each in told
        if each.roster is None and each.cohort == cohort
    }
    for entry in rows.roster:
        if entry.cohort == cohort:
            report = by_roster.get(entry.id)
            said = [report.kind, report.state] if report else [OutcomeKind.UNKNOWN, ""]
            found[subject_of(entry.id)] = [entry.class_name or "", *map(str, said)]
    history = {year.cohort: year for year in rows.history}.get(cohort)
    if history is not None:
        kept = asdict(history)
        found["history"] = ["" if value is None else str(value) for value in kept.values()]
    return {subject: [str(each) for each in stands] for subject, stands in found.items()}


def digest_of(present: Standing) -> str:
    """The same rows, the same digest."""
    return hashlib.sha256(
        json.dumps(present, ensure_ascii=True, sort_keys=True).encode()
    ).hexdigest()


def differences(
    before: Standing, after: Standing
) -> list[tuple[str, Sequence[str], Sequence[str]]]:
    return [
        (subject, before.get(subject, ()), after.get(subject, ()))
        for subject in sorted({*before, *after})
        if before.get(subject) != after.get(subject)
    ]


def written(figures: CohortFigures) -> str:
    """As a frozen version keeps them, and `figures_in` reads them."""
    return msgspec.json.encode(figures).decode()


def figures_in(freeze: Freeze) -> CohortFigures:
    """The figures of a frozen version, as they were counted then."""
    return msgspec.json.decode(freeze.figures, type=CohortFigures)


async def _now(work: OutcomeWork, cohort: int) -> tuple[CohortFigures, dict[str, list[str]]]:
    rows = await rows_of(work)
    figures = cohort_table(rows).of(cohort)
    if figures is None:
        raise NothingToFreeze
    return figures, standing_of(rows, cohort)


async def _since(
    work: OutcomeWork, last: Freeze | None, present: Standing
) -> tuple[list[Difference], list[Correction]]:
    """What has changed since the last version, each with the corrections that did it."""
    if last is None:
        return [], []
    made = await work.outcome_years.corrections(last.cohort, since=last.at)
    found = [
        Difference(
            subject=subject,
            before=before,
            after=after,
            corrections=[each for each in made if each.subject == subject],
        )
        for subject, before, after in differences(json.loads(last.standing), present)
    ]
    return found, [each for each in made if not each.subject]
