"""The figures of cohorts for those who show all figures: as their own area hides what is small."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from branch.outcomes.board import table_of
from branch.outcomes.model import ADVANCED
from branch.outcomes.rates import wilson
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
            counted = await _where_they_went(work, chosen)
        shown = cohorts if of.cohort is None else [chosen] if chosen else []
        return OutcomeFigures(
            cohorts=tuple(_rate(str(each.cohort), each.whole) for each in shown),
            of=chosen.cohort if chosen else None,
            classes=_classes(chosen, of),
            paths=path_shares(chosen.whole) if chosen else (),
            targets=target_shares(chosen.whole, counted) if chosen else (),
        )


def path_shares(whole: ShownGroup) -> tuple[Rate, ...]:
    """Of everybody in the cohort, who advanced in which way; none where that would be nothing."""
    found = [(kind, whole.cells[kind]) for kind in ADVANCED if kind in whole.cells]
    if not any(count for _, count in found):
        return ()
    return tuple(_share(str(kind), count, whole.n) for kind, count in found)


def target_shares(whole: ShownGroup, counted: Mapping[str, int]) -> tuple[Rate, ...]:
    """Of everybody in the cohort, who went where, `counted` of those who advanced.

    None where it is not shown how many advanced: the targets would tell. A name that few went to
    would say who it is, so it is left out; `""` is where nobody knows.
    """
    if whole.advanced is None:
        return ()
    return tuple(
        _share(name, count, whole.n)
        for name, count in parts_shown(counted).items()
        if name and count is not None
    )


def _share(name: str, count: int | None, n: int | None) -> Rate:
    """With its interval; a share that is not shown has neither, or it would tell the count."""
    if count is None or not n:
        return Rate(name=name, n=n)
    return Rate(name=name, n=n, advanced=count, rate=count / n, interval=wilson(count, n))


async def _where_they_went(work: Work, chosen: ShownCohort | None) -> Mapping[str, int]:
    kinds = tuple(str(kind) for kind in ADVANCED)
    return await work.outcome_targets.of(chosen.cohort, kinds=kinds) if chosen else {}


def _known(cohort: ShownCohort) -> bool:
    return cohort.whole.n is not None or cohort.whole.rate is not None


def _chosen(cohorts: Sequence[ShownCohort], of: Filter) -> ShownCohort | None:
    """The one that is asked for, or the latest with classes or paths to show."""
    if of.cohort is not None:
        return next((each for each in cohorts if each.cohort == of.cohort), None)
    with_parts = [each for each in cohorts if each.classes or path_shares(each.whole)]
    return with_parts[-1] if with_parts else None


def _classes(chosen: ShownCohort | None, of: Filter) -> tuple[Rate, ...]:
    return tuple(
        _rate(group.name, group)
        for group in (chosen.classes if chosen else ())
        if group.name and of.class_name in (None, group.name)
    )


def _rate(name: str, group: ShownGroup) -> Rate:
    return Rate(
        name=name,
        n=group.n,
        advanced=group.advanced,
        rate=group.rate,
        interval=group.interval,
        unknown=group.unknown,
    )
