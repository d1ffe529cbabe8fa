"""Figures of cohorts, counted from rows and from nothing else: the same rows, the same figures.

The denominator is everybody on the cohort's roster, whether they have reported or not; where
there is no roster, the total of the imported history. Of several reports of one person the latest
that was not refused counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from math import sqrt
from typing import Final

from msgspec import Struct, field

from branch.outcomes.model import (
    ADVANCED,
    HistoryYear,
    OutcomeKind,
    ReportId,
    ReportState,
    RosterId,
)

_Z: Final = 1.959963984540054
"""Half of the normal distribution's 95 % lies within so many standard deviations of its middle."""


class Basis(StrEnum):
    """Where a cohort's denominator comes from; `NONE`: there is none, and so no rate."""

    ROSTER = "roster"
    HISTORY = "history"
    RATE_ONLY = "rate_only"
    NONE = "none"


class OnRoster(Struct, frozen=True):
    id: RosterId
    cohort: int
    class_name: str | None = None


class Told(Struct, frozen=True):
    """A report as figures need it."""

    id: ReportId
    subject: str
    roster: RosterId | None
    cohort: int
    kind: OutcomeKind
    state: ReportState


class Rows(Struct, frozen=True, kw_only=True):
    """All that figures are counted from; the last history row of a cohort is the one that holds."""

    roster: Sequence[OnRoster] = ()
    reports: Sequence[Told] = ()
    history: Sequence[HistoryYear] = ()


class Group(Struct, frozen=True, kw_only=True):
    """A cohort, or a class of it. `cells` add up to `n`, where they are known at all."""

    name: str | None = None
    n: int
    advanced: int
    verified_advanced: int = 0
    cells: Mapping[OutcomeKind, int] = field(default_factory=dict)
    unverified: Mapping[OutcomeKind, int] = field(default_factory=dict)

    @property
    def unknown(self) -> int:
        return self.cells.get(OutcomeKind.UNKNOWN, 0)


class CohortFigures(Struct, frozen=True, kw_only=True):
    """`whole` is None where only a rate is known, or nothing but unrostered reports."""

    cohort: int
    basis: Basis
    whole: Group | None = None
    classes: tuple[Group, ...] = ()
    unrostered: int = 0
    given_rate: float | None = None
    source: str = ""
    note: str = ""


class CohortTable(Struct, frozen=True):
    cohorts: tuple[CohortFigures, ...]

    def of(self, cohort: int) -> CohortFigures | None:
        return next((each for each in self.cohorts if each.cohort == cohort), None)


def cohort_table(rows: Rows) -> CohortTable:
    current = standing(rows.reports)
    by_roster = {each.roster: each for each in current if each.roster is not None}
    unrostered = Counter(each.cohort for each in current if each.roster is None)
    history = {year.cohort: year for year in rows.history}
    roster: dict[int, list[OnRoster]] = {}
    for entry in rows.roster:
        roster.setdefault(entry.cohort, []).append(entry)
    return CohortTable(
        tuple(
            _cohort(
                cohort,
                roster.get(cohort, ()),
                by_roster,
                history.get(cohort),
                unrostered[cohort],
            )
            for cohort in sorted({*roster, *history, *unrostered})
        )
    )


def standing(reports: Iterable[Told]) -> Sequence[Told]:
    """The report of each subject that counts: the latest that was not refused."""
    latest: dict[str, Told] = {}
    for each in sorted(reports, key=lambda report: report.id):
        if each.state is not ReportState.REFUSED:
            latest[each.subject] = each
    return list(latest.values())


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share, as Wilson has it: good for small numbers, within 0 and 1."""
    if not 0 <= part <= whole or whole == 0:
        raise ValueError(f"{part} of {whole} is no share")
    share, square = part / whole, _Z**2
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    spread = _Z / (1 + square / whole) * sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    low = 0.0 if part == 0 else max(0.0, middle - spread)
    high = 1.0 if part == whole else min(1.0, middle + spread)
    return low, high


def _cohort(
    cohort: int,
    roster: Sequence[OnRoster],
    by_roster: Mapping[RosterId, Told],
    history: HistoryYear | None,
    unrostered: int,
) -> CohortFigures:
    if roster:
        names = sorted({entry.class_name for entry in roster}, key=lambda name: name or "")
        return CohortFigures(
            cohort=cohort,
            basis=Basis.ROSTER,
            whole=_group(None, roster, by_roster),
            classes=tuple(
                _group(name, [each for each in roster if each.class_name == name], by_roster)
                for name in names
            ),
            unrostered=unrostered,
        )
    if history is None:
        return CohortFigures(cohort=cohort, basis=Basis.NONE, unrostered=unrostered)
    whole = _of_history(history)
    return CohortFigures(
        cohort=cohort,
        basis=Basis.RATE_ONLY if whole is None else Basis.HISTORY,
        whole=whole,
        unrostered=unrostered,
        given_rate=history.rate if whole is None else None,
        source=history.source,
        note=history.note,
    )


def _group(
    name: str | None, roster: Sequence[OnRoster], by_roster: Mapping[RosterId, Told]
) -> Group:
    cells, unverified = Counter[OutcomeKind](), Counter[OutcomeKind]()
    for entry in roster:
        report = by_roster.get(entry.id)
        cells[OutcomeKind.UNKNOWN if report is None else report.kind] += 1
        if report is not None and report.state is ReportState.REPORTED:
            unverified[report.kind] += 1
    advanced = sum(cells[kind] for kind in ADVANCED)
    return Group(
        name=name,
        n=len(roster),
        advanced=advanced,
        verified_advanced=advanced - sum(unverified[kind] for kind in ADVANCED),
        cells={kind: cells[kind] for kind in OutcomeKind},
        unverified={kind: unverified[kind] for kind in OutcomeKind},
    )


def _of_history(year: HistoryYear) -> Group | None:
    """The figures of a year with counts. What was counted then is taken as verified then."""
    if year.total is None or year.advanced is None:
        return None
    cells: dict[OutcomeKind, int] = {}
    if year.by_exam is not None and year.by_recommendation is not None:
        paths = (year.by_exam, year.by_recommendation)
        cells = dict(zip(ADVANCED, paths, strict=True))
    return Group(n=year.total, advanced=year.advanced, verified_advanced=year.advanced, cells=cells)
