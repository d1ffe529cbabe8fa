"""What the figures ask of the database, and of the areas that know more."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, tzinfo
from typing import Protocol

from msgspec import Struct

from branch.outbox.ports import DeliveryOutbox
from branch.people.model import Person
from branch.people.ports import People
from branch.statistics.model import (
    Association,
    DayFigures,
    GapFigures,
    LoadFigures,
    NoticeFigures,
    OutcomeFigures,
    PaperFigures,
    QuestionFigures,
    ResearchFigures,
    TicketFigures,
    Ways,
)
from branch.statistics.period import Filter


class TicketRow(Struct, frozen=True, kw_only=True):
    """A ticket as a line of a table: nothing in it leads to who asked."""

    ticket: int
    opened_at: datetime
    topic: str
    stage: str
    answered_at: datetime | None
    answers: int
    rating: int | None


class Statistics(Protocol):
    """Counted from events alone; nothing is hidden yet."""

    async def questions(self, of: Filter, zone: tzinfo) -> QuestionFigures: ...
    async def ways(self, of: Filter, zone: tzinfo) -> Ways:
        """Of all questions, how they were answered: what `questions` says of them, and no more."""
        ...

    async def tickets(self, of: Filter, zone: tzinfo) -> TicketFigures: ...
    async def load(self, of: Filter, zone: tzinfo) -> LoadFigures: ...
    async def notices(self, of: Filter, zone: tzinfo) -> NoticeFigures: ...
    async def days(self, of: Filter, zone: tzinfo) -> DayFigures: ...
    async def papers(self, of: Filter, zone: tzinfo) -> PaperFigures: ...
    async def research(self, of: Filter, zone: tzinfo) -> ResearchFigures: ...
    async def association(self, of: Filter, zone: tzinfo) -> Association: ...
    async def ticket_rows(self, of: Filter, zone: tzinfo, *, limit: int) -> Sequence[TicketRow]:
        """The newest so many that were opened in the period, the earliest first."""
        ...

    async def groups(self) -> Sequence[tuple[int | None, str | None, int]]:
        """Cohorts and classes of those who are here, and how many are in each."""
        ...


class OutcomeSource(Protocol):
    """The figures of cohorts, with their intervals, and with what is of few people left out."""

    async def see(self, by: Person | None, of: Filter, *, now: datetime) -> OutcomeFigures: ...


class GapSource(Protocol):
    """What nothing answered, by meaning; nothing is hidden yet, and nobody named."""

    async def see(self, of: Filter) -> GapFigures: ...


class StatisticsWork(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def statistics(self) -> Statistics: ...
    @property
    def outbox(self) -> DeliveryOutbox: ...


Begin = Callable[[], AbstractAsyncContextManager[StatisticsWork]]
