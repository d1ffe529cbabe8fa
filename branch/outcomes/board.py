"""The figures as members see them: what of few people is hidden is not in them."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from branch.outcomes.errors import ReportGone
from branch.outcomes.ports import Begin, Freeze, OutcomeWork
from branch.outcomes.rates import CohortTable, Rows, cohort_table
from branch.outcomes.roster_book import demand
from branch.outcomes.suppression import ShownCohort, shown, shown_table
from branch.people.model import Person, Role


class Board(Struct, frozen=True, kw_only=True):
    """`waiting` and `disputes`: how much there is for this member to look at."""

    cohorts: Sequence[ShownCohort]
    waiting: int
    disputes: int


class CohortView(Struct, frozen=True, kw_only=True):
    """`frozen`: its last frozen version, if there is one."""

    cohort: ShownCohort
    frozen: Freeze | None


class OutcomeBoard:
    """Each raises NotAllowed. `member` is None on the command line."""

    def __init__(self, look: Begin) -> None:
        self._look = look

    async def see(self, member: Person, *, now: datetime) -> Board:
        async with self._look() as work:
            by = await demand(work, member, now, Role.MEMBER)
            claims = await work.roster_claims.waiting()
            return Board(
                cohorts=shown_table(await table_of(work)),
                waiting=await work.outcomes.count_waiting(but_of=by) if by else 0,
                disputes=sum(by not in (each.person, each.entry.person) for each in claims),
            )

    async def cohort(self, member: Person, cohort: int, *, now: datetime) -> CohortView:
        """Raises ReportGone where nothing is known of it."""
        async with self._look() as work:
            await demand(work, member, now, Role.MEMBER)
            figures = (await table_of(work)).of(cohort)
            if figures is None:
                raise ReportGone
            return CohortView(
                cohort=shown(figures), frozen=await work.outcome_years.last_frozen(cohort)
            )

    async def table(self, member: Person | None, *, now: datetime) -> CohortTable:
        """The figures themselves, nothing hidden: for reports that hide by themselves."""
        async with self._look() as work:
            await demand(work, member, now, Role.SECRETARY)
            return await table_of(work)

    async def rows(self, member: Person | None, *, now: datetime) -> Rows:
        """What the figures are counted from, without a name in it."""
        async with self._look() as work:
            await demand(work, member, now, Role.SECRETARY)
            return await rows_of(work)


async def rows_of(work: OutcomeWork) -> Rows:
    return Rows(
        roster=await work.roster.on_roster(),
        reports=await work.outcomes.told(),
        history=await work.outcome_years.history(),
    )


async def table_of(work: OutcomeWork) -> CohortTable:
    return cohort_table(await rows_of(work))
