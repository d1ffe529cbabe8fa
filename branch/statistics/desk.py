"""The figures as members see them, and as the secretary's report has them: counted, then hidden."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, tzinfo
from typing import Final, Self

from msgspec import Struct
from msgspec.structs import replace

from branch.people.model import Person, PersonId, Role
from branch.people.permission import demand
from branch.statistics.errors import TooFewPeople
from branch.statistics.hiding import SMALLEST_SHOWN, hide, small
from branch.statistics.model import (
    Association,
    Figure,
    Figures,
    GapFigures,
    Interval,
    LoadFigures,
    OutcomeFigures,
    QuestionFigures,
)
from branch.statistics.period import Filter
from branch.statistics.ports import (
    Begin,
    GapSource,
    OutcomeSource,
    Statistics,
    StatisticsWork,
    TicketRow,
)

TICKETS_LISTED: Final = 20_000
_FROM_ELSEWHERE: Final = (Figure.OUTCOMES, Figure.GAPS)
"""They are not counted from events."""
_NOT_OF_A_PERIOD: Final = (Figure.OUTCOMES, Figure.ASSOCIATION)
"""They are of cohorts, or of all that was until the period ended: no period lies before."""


class Seen(Struct, frozen=True, kw_only=True):
    """A group of figures, and the same of the time before; None where that means nothing.

    What lies after `today` has not been yet, rather than being nought.
    """

    figure: Figure
    of: Filter
    today: date
    now: Figures
    before: Figures | None = None


class Group(Struct, frozen=True, kw_only=True):
    """A cohort, or a class of one, that is large enough to be counted apart."""

    cohort: int | None
    class_name: str | None
    people: int


class Everything(Struct, frozen=True, kw_only=True):
    """A report before it is written: each group of figures, and a line a ticket."""

    of: Filter
    seen: tuple[Seen, ...]
    tickets: Sequence[TicketRow]


class Reader(Struct, frozen=True, kw_only=True):
    """Who looks, and whether they see which member has answered how much."""

    person: PersonId | None = None
    sees_names: bool = False

    @classmethod
    def who(cls, by: Person | None) -> Self:
        """Who has the machine sees what a secretary does."""
        if by is None:
            return cls(sees_names=True)
        return cls(person=by.id, sees_names=by.role.covers(Role.SECRETARY))

    def sees(self, figures: Figures) -> Figures:
        if not isinstance(figures, LoadFigures):
            return figures
        each = tuple(
            replace(load, own=self.person is not None and load.person == self.person)
            for load in figures.each or ()
        )
        return replace(figures, each=each, named=self.sees_names)


class StatisticsDesk:
    """`by` is None on the command line, where whoever has the machine may do anything."""

    def __init__(
        self,
        look: Begin,
        *,
        zone: tzinfo,
        outcomes: OutcomeSource | None = None,
        gaps: GapSource | None = None,
        interval: Interval | None = None,
    ) -> None:
        self._look = look
        self._zone = zone
        self._outcomes = outcomes
        self._gaps = gaps
        self._interval = interval

    async def groups(
        self, by: Person | None, *, now: datetime, role: Role = Role.MEMBER
    ) -> Sequence[Group]:
        """What figures may be asked of; cohorts first. Raises NotAllowed."""
        async with self._look() as work:
            if by is not None:
                await demand(work, by, role, now=now)
            return await _groups(work)

    async def see(self, by: Person, figure: Figure, of: Filter, *, now: datetime) -> Seen:
        """Raises NotAllowed, TooFewPeople."""
        async with self._look() as work:
            await demand(work, by, Role.MEMBER, now=now)
            await _demand_enough(work, of)
            if figure not in _FROM_ELSEWHERE:
                return await self._counted(work.statistics, figure, of, now, Reader.who(by))
        return await self._from_elsewhere(figure, by, of, now)

    async def of_week(
        self, figures: Sequence[Figure], of: Filter, *, now: datetime
    ) -> Sequence[Seen]:
        """For a letter, which goes to nobody but who may look."""
        async with self._look() as work:
            statistics = work.statistics
            return [await self._counted(statistics, each, of, now, Reader()) for each in figures]

    async def everything(
        self,
        by: Person | None,
        of: Filter,
        *,
        now: datetime,
        told: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> Everything:
        """All there is for a report, telling how far it is. Raises NotAllowed, TooFewPeople."""
        reader = Reader.who(by)
        seen: dict[Figure, Seen] = {}
        counted: list[Figure] = [each for each in Figure if each not in _FROM_ELSEWHERE]
        async with self._look() as work:
            if by is not None:
                await demand(work, by, Role.SECRETARY, now=now)
            await _demand_enough(work, of)
            for done, figure in enumerate(counted):
                told(done, len(Figure))
                seen[figure] = await self._counted(work.statistics, figure, of, now, reader)
            tickets = await work.statistics.ticket_rows(of, self._zone, limit=TICKETS_LISTED)
            if not of.of_everybody and small(len(tickets)):
                # a list would show how few they are
                tickets = []
        for figure in _FROM_ELSEWHERE:
            told(len(seen), len(Figure))
            seen[figure] = await self._from_elsewhere(figure, by, of, now)
        told(len(Figure), len(Figure))
        return Everything(of=of, seen=tuple(seen[each] for each in Figure), tickets=tickets)

    async def _counted(
        self, statistics: Statistics, figure: Figure, of: Filter, now: datetime, reader: Reader
    ) -> Seen:
        found = hide(reader.sees(await self._ask(statistics, figure, of)))
        seen = Seen(figure=figure, of=of, today=self._today(now), now=found)
        if figure in _NOT_OF_A_PERIOD:
            return seen
        before = reader.sees(await self._before(statistics, figure, of.before()))
        return replace(seen, before=hide(before))

    async def _before(self, statistics: Statistics, figure: Figure, of: Filter) -> Figures:
        """What stands beside: of questions nothing but how they were answered."""
        if figure is Figure.QUESTIONS:
            return QuestionFigures(ways=await statistics.ways(of, self._zone))
        return await self._ask(statistics, figure, of)

    def _today(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()

    async def _ask(self, statistics: Statistics, figure: Figure, of: Filter) -> Figures:
        asked: dict[Figure, Callable[[Filter, tzinfo], Awaitable[Figures]]] = {
            Figure.QUESTIONS: statistics.questions,
            Figure.ANSWERS: statistics.tickets,
            Figure.LOAD: statistics.load,
            Figure.NOTICES: statistics.notices,
            Figure.DAYS: statistics.days,
            Figure.PAPERS: statistics.papers,
            Figure.RESEARCH: statistics.research,
            Figure.ASSOCIATION: statistics.association,
        }
        found = await asked[figure](of, self._zone)
        return self._with_intervals(found) if isinstance(found, Association) else found

    def _with_intervals(self, figures: Association) -> Association:
        if self._interval is None:
            return figures
        rows = [
            replace(row, interval=self._interval(row.advanced, row.n)) if row.n else row
            for row in figures.rows
            if row.advanced is not None
        ]
        return replace(figures, rows=tuple(rows))

    async def _from_elsewhere(
        self, figure: Figure, by: Person | None, of: Filter, now: datetime
    ) -> Seen:
        found: Figures = OutcomeFigures() if figure is Figure.OUTCOMES else GapFigures()
        before = None
        if figure is Figure.OUTCOMES and self._outcomes is not None:
            found = await self._outcomes.see(by, of, now=now)
        elif figure is Figure.GAPS and self._gaps is not None:
            found = await self._gaps.see(of)
            before = hide(await self._gaps.see(of.before()))
        today = self._today(now)
        return Seen(figure=figure, of=of, today=today, now=hide(found), before=before)


async def _groups(work: StatisticsWork) -> Sequence[Group]:
    rows = await work.statistics.groups()
    cohorts: Counter[int] = Counter()
    for cohort, _, people in rows:
        if cohort is not None:
            cohorts[cohort] += people
    found = [Group(cohort=each, class_name=None, people=cohorts[each]) for each in cohorts]
    found += [
        Group(cohort=cohort, class_name=class_name, people=people)
        for cohort, class_name, people in rows
        if class_name
    ]
    return [group for group in found if group.people >= SMALLEST_SHOWN]


async def _demand_enough(work: StatisticsWork, of: Filter) -> None:
    if of.of_everybody:
        return
    groups = await _groups(work)
    if not any((each.cohort, each.class_name) == (of.cohort, of.class_name) for each in groups):
        raise TooFewPeople
