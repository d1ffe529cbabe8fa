"""What of the figures may be shown: no number of one to four people, nor what leads to one.

A hidden figure is None. What is hidden because it is small and what is hidden so that the small
one cannot be computed look the same: whoever could tell them apart could often compute both.
Nought is shown: nobody is in it, and hidden it would be computed from the rest.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from branch.outcomes.model import OutcomeKind
from branch.outcomes.rates import Basis, CohortFigures, CohortTable, Group, wilson

SMALLEST_SHOWN: Final = 5


class ShownGroup(Struct, frozen=True, kw_only=True):
    """`interval` belongs to `rate`; both are there together with `advanced`, or not at all."""

    name: str | None = None
    n: int | None = None
    advanced: int | None = None
    rate: float | None = None
    interval: tuple[float, float] | None = None
    verified_advanced: int | None = None
    verified_rate: float | None = None
    unverified: int | None = None
    unknown: int | None = None
    cells: Mapping[OutcomeKind, int | None] = field(default_factory=dict)


class ShownCohort(Struct, frozen=True, kw_only=True):
    cohort: int
    basis: Basis
    whole: ShownGroup
    classes: tuple[ShownGroup, ...] = ()
    unrostered: int | None = None
    source: str = ""
    note: str = ""


def shown_table(table: CohortTable) -> tuple[ShownCohort, ...]:
    return tuple(shown(each) for each in table.cohorts)


def shown(figures: CohortFigures) -> ShownCohort:
    whole = ShownGroup(rate=figures.given_rate)
    if figures.whole is not None:
        whole = _shown_whole(figures.whole)
    return ShownCohort(
        cohort=figures.cohort,
        basis=figures.basis,
        whole=whole,
        classes=_shown_classes(figures.classes, whole),
        unrostered=figures.unrostered if _fit(figures.unrostered) else None,
        source=figures.source,
        note=figures.note,
    )


def _fit(*counts: int) -> bool:
    """Whether each may be shown by itself."""
    return all(count == 0 or count >= SMALLEST_SHOWN for count in counts)


def _shown_whole(group: Group) -> ShownGroup:
    if not _fit(group.n) or group.n == 0:
        return ShownGroup(
            n=0 if group.n == 0 else None, cells=dict.fromkeys(group.cells), unknown=None
        )
    told = _fit(group.advanced, group.n - group.advanced)
    cells = _shown_cells(group, told=told)
    unknown = cells.get(OutcomeKind.UNKNOWN)
    low_high = wilson(group.advanced, group.n) if told else None
    verified = told and _fit(group.verified_advanced, group.advanced - group.verified_advanced)
    return ShownGroup(
        n=group.n,
        advanced=group.advanced if told else None,
        rate=group.advanced / group.n if told else None,
        interval=low_high,
        verified_advanced=group.verified_advanced if verified else None,
        verified_rate=group.verified_advanced / group.n if verified else None,
        # who knew how many reported would know how many did not
        unverified=None if unknown is None else _shown_unverified(group),
        unknown=unknown,
        cells=cells,
    )


def _shown_cells(group: Group, *, told: bool) -> Mapping[OutcomeKind, int | None]:
    """`told`: whoever reads it knows how many advanced, and so how many did not."""
    paths = _those(group, advanced=True)
    others = _those(group, advanced=False)
    if told:
        hidden = _hidden(paths) | _hidden(others)
    else:
        not_told = {OutcomeKind.UNKNOWN: group.n - sum(paths.values())}
        hidden = _hidden({**paths, **(others or not_told)})
    return {kind: None if kind in hidden else count for kind, count in group.cells.items()}


def _those(group: Group, *, advanced: bool) -> dict[OutcomeKind, int]:
    return {kind: count for kind, count in group.cells.items() if kind.is_advanced == advanced}


def _shown_unverified(group: Group) -> int | None:
    """How many reports wait for a look, where none of the parts that it draws is small."""
    waiting = sum(group.unverified.values())
    advanced = group.advanced - group.verified_advanced
    others = waiting - advanced
    known = sum(group.cells.values()) - group.unknown
    parts = (waiting, advanced, others, known - waiting, known - group.advanced - others)
    return waiting if _fit(*parts) else None


def _hidden(cells: Mapping[OutcomeKind, int]) -> set[OutcomeKind]:
    """Which parts of a known sum to hide: the small ones, and more until none can be computed."""
    hidden = {kind for kind, count in cells.items() if not _fit(count)}
    by_size = sorted((count, kind) for kind, count in cells.items() if kind not in hidden)
    for count, kind in by_size:
        if not hidden or _safe([cells[each] for each in hidden]):
            return hidden
        if count > 0:
            hidden.add(kind)
    if hidden and not _safe([cells[each] for each in hidden]):
        return set(cells)
    return hidden


def _safe(hidden: Sequence[int]) -> bool:
    """Whether their sum tells none of them: not few together (so not one alone), nor one each."""
    total = sum(hidden)
    return total >= SMALLEST_SHOWN and total > len(hidden)


def _shown_classes(classes: Sequence[Group], whole: ShownGroup) -> tuple[ShownGroup, ...]:
    """Three steps, each hiding at least what the one before hides: size, advanced, unknown."""
    sizes = {at: [each.n] for at, each in enumerate(classes)}
    if sum(each.n for each in classes) <= len(classes):
        return ()  # one each: their number alone would tell
    no_size = _hidden_rows(sizes, set())
    no_rate = no_unknown = set(sizes)
    if whole.advanced is not None:
        parts = {at: [each.advanced, each.n - each.advanced] for at, each in enumerate(classes)}
        no_rate = _hidden_rows(parts, no_size)
    if whole.advanced is not None and whole.unknown is not None:
        parts = {
            at: [each.unknown, each.n - each.advanced - each.unknown]
            for at, each in enumerate(classes)
        }
        no_unknown = _hidden_rows(parts, no_rate)
    return tuple(
        ShownGroup(
            name=each.name,
            n=None if at in no_size else each.n,
            advanced=None if at in no_rate else each.advanced,
            rate=None if at in no_rate else each.advanced / each.n,
            interval=None if at in no_rate else wilson(each.advanced, each.n),
            unknown=None if at in no_unknown else each.unknown,
        )
        for at, each in enumerate(classes)
    )


def _hidden_rows(parts: Mapping[int, Sequence[int]], already: set[int]) -> set[int]:
    """Which rows to hide when the sums of the columns are known: row for row, the smallest first.

    What the hidden ones have together is known, too: so that must not be small either.
    """
    hidden = already | {at for at, counts in parts.items() if not _fit(*counts)}
    by_size = sorted((at for at in parts if at not in hidden), key=lambda at: (sum(parts[at]), at))
    for at in by_size:
        together = [sum(counts) for counts in zip(*(parts[each] for each in hidden), strict=True)]
        if not hidden or (sum(together) > len(hidden) and _fit(*together)):
            return hidden
        hidden.add(at)
    return hidden
