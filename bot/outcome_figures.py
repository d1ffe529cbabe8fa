"""The figures of cohorts for those who show all figures: as their own area hides what is small."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from branch.outcomes.board import table_of
from branch.outcomes.model import ADVANCED
from branch.outcomes.suppression import ShownCohort, ShownGroup, shown_table
from branch.people.model import Person
from branch.statistics.hiding import parts_shown
from branch.statistics.model import OutcomeFigures, Rate
from branch.statistics.period import Filter
from storage.work import Work

Look = Callable[[], AbstractAsyncContextManager[Work]]


class OutcomesForFigures:
    """Who may see them is asked before."""

    def __init__(self, look: Look) -> None:
        self._look = look

    async def see(self, by: Person | None, of: Filter, *, now: datetime) -> OutcomeFigures:  # noqa: ARG002 -- the port's
        async with self._look() as work:
            cohorts = [each for each in shown_table(await table_of(work)) if _known(each)]
            chosen = _chosen(cohorts, of)
            targets = await self._targets(work, chosen)
        shown = cohorts if of.cohort is None else [chosen] if chosen else []
        return OutcomeFigures(
            cohorts=tuple(_rate(str(each.cohort), each.whole) for each in shown),
            of=chosen.cohort if chosen else None,
            classes=_classes(chosen, of),
            paths=_paths(chosen),
            targets=targets,
        )

    async def _targets(self, work: Work, chosen: ShownCohort | None) -> tuple[Rate, ...]:
        """None where it is not shown how many advanced: the targets would tell."""
        if chosen is None or chosen.whole.advanced is None:
            return ()
        kinds = tuple(str(kind) for kind in ADVANCED)
        counted = await work.outcome_targets.of(chosen.cohort, kinds=kinds)
        named = parts_shown(counted)
        return tuple(
            Rate(name=name, n=chosen.whole.n, advanced=count)
            for name, count in named.items()
            # a name that few went to would say who it is: how many are left stands for all of them
            if name and count is not None
        )


def _known(cohort: ShownCohort) -> bool:
    return cohort.whole.n is not None or cohort.whole.rate is not None


def _chosen(cohorts: Sequence[ShownCohort], of: Filter) -> ShownCohort | None:
    """The one that is asked for, or the latest with classes or paths to show."""
    if of.cohort is not None:
        return next((each for each in cohorts if each.cohort == of.cohort), None)
    with_parts = [each for each in cohorts if each.classes or _paths(each)]
    return with_parts[-1] if with_parts else None


def _classes(chosen: ShownCohort | None, of: Filter) -> tuple[Rate, ...]:
    return tuple(
        _rate(group.name, group)
        for group in (chosen.classes if chosen else ())
        if group.name and of.class_name in (None, group.name)
    )


def _paths(chosen: ShownCohort | None) -> tuple[Rate, ...]:
    if chosen is None:
        return ()
    cells = chosen.whole.cells
    found = [(kind, cells[kind]) for kind in ADVANCED if kind in cells]
    if not any(count for _, count in found):
        return ()
    return tuple(Rate(name=str(kind), n=chosen.whole.n, advanced=count) for kind, count in found)


def _rate(name: str, group: ShownGroup) -> Rate:
    return Rate(
        name=name,
        n=group.n,
        advanced=group.advanced,
        rate=group.rate,
        interval=group.interval,
        unknown=group.unknown,
    )
