"""The figures, and the rows that they were counted from, as tables: without a name in them."""

from collections.abc import Callable, Sequence
from typing import Final

from branch.content.spreadsheets import written
from branch.content.workbook import Sheet, workbook
from branch.outcomes.model import REPORTABLE, OutcomeKind, ReportState
from branch.outcomes.rates import Basis, Rows, standing
from branch.outcomes.suppression import ShownCohort, ShownGroup

HIDDEN: Final = "*"
Cell = str | int | float | None
Label = Callable[..., str]
_COLUMNS: Final = (
    "cohort",
    "class",
    "basis",
    "n",
    "advanced",
    "rate",
    "low",
    "high",
    "verified_advanced",
    "verified_rate",
)
_LAST: Final = ("unknown", "unverified", "unrostered", "source", "note")


def figures_table(cohorts: Sequence[ShownCohort], label: Label) -> list[list[Cell]]:
    """A line a cohort and one a class; what may not be shown is a star."""
    header: list[Cell] = [label(f"outcomecolumn.{each}") for each in _COLUMNS]
    header += [label(f"outcome.{kind}") for kind in REPORTABLE]
    header += [label(f"outcomecolumn.{each}") for each in _LAST]
    lines = [header]
    for each in cohorts:
        lines.append(_line(each, each.whole, label, whole=True))
        lines += [_line(each, group, label, whole=False) for group in each.classes]
    lines += [[], [label("outcomecolumn.rule")], [label("outcomecolumn.star")]]
    return lines


def rows_table(rows: Rows, label: Label) -> list[list[Cell]]:
    """A line for each of the roster and each unrostered, so that anybody can count again."""
    told = standing(rows.reports)
    by_roster = {each.roster: each for each in told if each.roster is not None}
    lines: list[list[Cell]] = [
        [label(f"outcomecolumn.{each}") for each in ("cohort", "class", "kind", "state")]
    ]
    for entry in sorted(rows.roster, key=lambda each: (each.cohort, each.class_name or "")):
        report = by_roster.get(entry.id)
        kind = report.kind if report else OutcomeKind.UNKNOWN
        state = _state(report.state, label) if report else ""
        lines.append([entry.cohort, entry.class_name, label(f"outcome.{kind}"), state])
    lines += [
        [
            each.cohort,
            label("outcomecolumn.unrostered"),
            label(f"outcome.{each.kind}"),
            _state(each.state, label),
        ]
        for each in told
        if each.roster is None
    ]
    return lines


def as_csv(lines: Sequence[Sequence[Cell]]) -> bytes:
    return written([["" if cell is None else str(cell) for cell in line] for line in lines])


def as_workbook(lines: Sequence[Sequence[Cell]]) -> bytes:
    columns = ["" if cell is None else str(cell) for cell in lines[0]]
    return workbook([Sheet(name="Sheet", columns=columns, rows=lines[1:], filtered=False)])


def _line(cohort: ShownCohort, group: ShownGroup, label: Label, *, whole: bool) -> list[Cell]:
    # a rate without counts hides nothing: there is nothing else
    counted = cohort.basis in (Basis.ROSTER, Basis.HISTORY)
    interval: Sequence[float | None] = group.interval or (None, None)
    numbers: Sequence[float | None] = (group.n, group.advanced, group.rate, *interval)
    line: list[Cell] = [
        cohort.cohort,
        label("outcomecolumn.whole") if whole else group.name,
        label(f"basis.{cohort.basis}"),
        *(_or_star(each) if counted or each is not None else None for each in numbers),
        *(_or_star(each) if whole and counted else "" for each in _verified(group)),
        *(_or_star(group.cells[kind]) if kind in group.cells else "" for kind in REPORTABLE),
    ]
    if cohort.basis is not Basis.ROSTER:
        return [*line, "", "", _or_star(cohort.unrostered), cohort.source, cohort.note]
    line.append(_or_star(group.unknown))
    return [*line, _or_star(group.unverified), _or_star(cohort.unrostered)] if whole else line


def _verified(group: ShownGroup) -> tuple[int | None, float | None]:
    return group.verified_advanced, group.verified_rate


def _or_star(value: Cell) -> Cell:
    if value is None:
        return HIDDEN
    return round(value, 4) if isinstance(value, float) else value


def _state(state: ReportState, label: Label) -> str:
    return label(f"reportstate.{state}")
