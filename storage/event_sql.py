"""How events are counted in SQL that means the same on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    case,
    cast,
    func,
    literal,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import CTE, Subquery

from branch.events.kinds import Kind
from branch.statistics.model import BEST, Durations, Ratings
from branch.statistics.period import Filter
from storage.event_tables import EVENTS

E = EVENTS.c
_SETTINGS = (
    "plan_cache_mode = force_custom_plan",
    "jit = off",
    # what a year has asked is put together in memory, not in files
    "work_mem = '64MB'",
)


class EventSql:
    """Statements over events, on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.postgres = connection.dialect.name == "postgresql"

    async def plan_for_these_days(self) -> None:
        """Until this transaction ends, plan each statement for the span it asks for, with room.

        PostgreSQL otherwise settles on one plan after five times, made for a span it guesses.
        """
        if self.postgres:
            for setting in _SETTINGS:
                await self.connection.execute(text(f"SET LOCAL {setting}"))

    def seconds(self, moment: Any) -> ColumnElement[int]:
        """The whole second since 1970 that the moment lies in."""
        if self.postgres:
            return cast(func.floor(func.extract("epoch", moment)), BigInteger)
        # without the fraction: a second is not to be rounded up
        return cast(func.strftime("%s", func.substr(moment, 1, 19)), BigInteger)

    def detail(self, name: str, details: Any = E.details) -> ColumnElement[str]:
        """A text among the details; "" where there is none."""
        if self.postgres:
            return func.coalesce(cast(details, JSONB)[name].astext, "")
        return func.coalesce(func.json_extract(details, f"$.{name}"), "")

    async def counted(self, query: Any) -> dict[Any, int]:
        """The first column and how many, of a query that groups by it."""
        return {key: int(count) for key, count in await self.connection.execute(query)}

    async def number(self, query: Any) -> int:
        return int(await self.connection.scalar(query) or 0)

    async def line(self, kind: Kind, of: Filter, zone: tzinfo) -> tuple[int, ...]:
        """How many in each part of the period: as many looks into an index as there are parts."""
        looks = [
            select(
                literal(number).label("part"),
                select(func.count())
                .select_from(EVENTS)
                .where(E.kind == kind, *between(start, end, zone), *of_whom(of))
                .scalar_subquery()
                .label("count"),
            )
            for number, (start, end) in enumerate(of.period.parts())
        ]
        counts: dict[int, int] = dict((await self.connection.execute(union_all(*looks))).all())
        return tuple(counts[number] for number in range(len(looks)))

    async def ratings(self, kind: Kind, of: Filter, zone: tzinfo) -> Ratings:
        found = await self.counted(
            select(E.value, func.count())
            .where(*within(of, zone, kind), *of_whom(of), E.value.is_not(None))
            .group_by(E.value)
        )
        counts = tuple(found.get(float(stars), 0) for stars in range(1, BEST + 1))
        n = sum(counts)
        total = sum(stars * count for stars, count in enumerate(counts, start=1))
        return Ratings(counts=counts, n=n, mean=total / n if n else None)

    async def durations(self, spans: Subquery | CTE) -> Durations:
        """Of a table with a column `seconds`: the middle, and what nine in ten do not pass."""
        ranked = select(
            spans.c.seconds,
            func.row_number().over(order_by=spans.c.seconds).label("rank"),
            func.count().over().label("n"),
        ).subquery()
        rank, n = ranked.c.rank, ranked.c.n
        middle = case((rank.in_([(n + 1) // 2, (n + 2) // 2]), ranked.c.seconds))
        ninth = case((rank == (n * 9 + 9) // 10, ranked.c.seconds))
        row = (
            await self.connection.execute(
                select(func.max(n), func.min(middle), func.max(middle), func.max(ninth))
            )
        ).one()
        if row[0] is None:
            return Durations()
        return Durations(n=row[0], median=(row[1] + row[2]) / 2, ninth=float(row[3]))


def within(of: Filter, zone: tzinfo, *kinds: Kind) -> list[ColumnElement[bool]]:
    """Events of these kinds in the period."""
    start, end = of.period.bounds(zone)
    kind = E.kind == kinds[0] if len(kinds) == 1 else E.kind.in_(kinds)
    return [kind, E.at >= start, E.at < end]


def between(start: date, end: date, zone: tzinfo) -> list[ColumnElement[bool]]:
    bounds = [datetime.combine(day, time.min, zone) for day in (start, end)]
    return [E.at >= bounds[0], E.at < bounds[1]]


def of_whom(of: Filter, events: Any = E) -> Sequence[ColumnElement[bool]]:
    """Those of the cohort and the class, if any is asked for."""
    wanted: list[ColumnElement[bool]] = []
    if of.cohort is not None:
        wanted.append(events.cohort == of.cohort)
    if of.class_name is not None:
        wanted.append(events.class_name == of.class_name)
    return wanted
