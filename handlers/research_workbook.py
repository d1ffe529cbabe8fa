"""Workbooks of research: the table to fill in, and the table of outcomes."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from branch.content.workbook import Sheet, workbook
from branch.research.achievement import LEVELS, Achievement, Kind
from branch.research.outcome_table import OutcomeTable, outcome_table

COLUMNS: Final = ("kind", "title", "authors", "venue", "year", "level", "doi", "number")
WIDTHS: Final = (10, 50, 30, 30, 8, 12, 30, 20)
_MORE: Final = ("state", "reporter", "judge", "evidence")
Label = Callable[..., str]


def template(label: Label) -> bytes:
    """An empty table with its heading, and beside it what may stand in it."""
    kinds = [label(f"achievement.{each}") for each in Kind]
    empty = Sheet(
        name=label("resheet.outcomes"),
        columns=[label(f"rescolumn.{each}") for each in COLUMNS],
        widths=WIDTHS,
        choices={COLUMNS.index("kind"): kinds},
        filtered=False,
    )
    levels = [[label(f"achievementlevel.{each}") for each in LEVELS[kind]] for kind in Kind]
    allowed = Sheet(
        name=label("resheet.allowed"),
        columns=[label("rescolumn.kind"), label("rescolumn.level")],
        widths=(12, 50),
        rows=[[kind, " / ".join(names)] for kind, names in zip(kinds, levels, strict=True)],
        filtered=False,
    )
    return workbook([empty, allowed])


def outcomes(achievements: Sequence[Achievement], label: Label) -> bytes:
    """The table by year and kind, and every outcome on a row that can be brought in again."""
    listed = Sheet(
        name=label("resheet.outcomes"),
        columns=[label(f"rescolumn.{each}") for each in (*COLUMNS, *_MORE)],
        widths=(*WIDTHS, 10, 16, 16, 20),
        rows=[_cells(each, label) for each in achievements],
    )
    return workbook([_by_year(outcome_table(achievements), label), listed])


def _by_year(table: OutcomeTable, label: Label) -> Sheet:
    kinds = [label(f"achievement.{kind}") for kind in table.kinds]
    all_kinds = label("researchcolumn.total")
    columns = [label("rescolumn.year"), *kinds, all_kinds, label("resheet.waits")]
    return Sheet(
        name=label("resheet.table"),
        columns=columns,
        widths=[10] * len(columns),
        rows=[[year, *_counts(table, year)] for year in table.years],
        total=[all_kinds, *_counts(table, None)],
        filtered=False,
    )


def _counts(table: OutcomeTable, year: int | None) -> Sequence[int]:
    """Confirmed of each kind and of all; and how many wait."""
    whole = table.count(year=year)
    kinds = [table.count(year=year, kind=kind).confirmed for kind in table.kinds]
    return [*kinds, whole.confirmed, whole.claimed]


def _cells(each: Achievement, label: Label) -> Sequence[Any]:
    claim = each.claim
    proof = claim.evidence
    return [
        label(f"achievement.{claim.kind}"),
        claim.title,
        "; ".join(claim.authors),
        claim.venue,
        claim.year,
        label(f"achievementlevel.{claim.level}"),
        claim.doi,
        claim.number,
        label(f"achievementstate.{each.state}"),
        each.reporter_name,
        each.judge_name,
        None if proof is None else proof.name or label("resheet.photo"),
    ]
