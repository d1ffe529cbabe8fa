"""Every figure is what a plain recount of the rows gives, whatever has happened."""

import random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from branch.events.kinds import Kind
from branch.statistics.model import Association, QuestionFigures, TicketFigures
from branch.statistics.period import Filter, Period
from storage.event_tables import EVENTS
from storage.statistics import SqlStatistics
from storage.work import Transactions
from tests.stage import NOW, SHANGHAI, THOROUGH
from tests.storage.histories import Event, Recount, history, some_filter

HISTORIES = 600 if THOROUGH else 60
FIGURES = (
    "questions",
    "tickets",
    "load",
    "notices",
    "days",
    "papers",
    "research",
    "association",
)


async def empty(connection: AsyncConnection) -> None:
    """Take the log's own guard away first: no program can do what a test does here."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("ALTER TABLE events DISABLE TRIGGER USER"))
    else:
        await connection.execute(text("DROP TRIGGER IF EXISTS events_no_DELETE"))
    await connection.execute(delete(EVENTS))


async def kept(engine: AsyncEngine, events: list[Event]) -> None:
    async with engine.begin() as connection:
        await empty(connection)
        if events:
            await connection.execute(insert(EVENTS), events)


async def test_every_figure_is_a_recount_of_the_rows(
    engine: AsyncEngine, transactions: Transactions
) -> None:
    dice = random.Random(20261122)
    zones = [SHANGHAI, SHANGHAI, ZoneInfo("America/New_York"), ZoneInfo("UTC")]
    for number in range(HISTORIES):
        of, zone = some_filter(dice), dice.choice(zones)
        events = history(dice, of, zone)
        await kept(engine, events)
        again = Recount(events, of, zone)
        async with transactions.look() as work:
            for name in FIGURES:
                counted = await getattr(work.statistics, name)(of, zone)
                assert counted == getattr(again, name)(), (number, name, of)
            assert await work.statistics.ways(of, zone) == again.questions().ways, number
            rows = await work.statistics.ticket_rows(of, zone, limit=1000)
            assert list(rows) == again.ticket_rows(), number


async def test_nothing_happened(transactions: Transactions) -> None:
    of = Filter(period=Period.year(2026), cohort=2027, class_name="材料2301")
    async with transactions.look() as work:
        figures = work.statistics
        assert await figures.tickets(of, SHANGHAI) == TicketFigures()
        assert (await figures.questions(of, SHANGHAI)).ways == QuestionFigures().ways
        assert await figures.ticket_rows(of, SHANGHAI, limit=5) == []
        nobody: Association = await figures.association(of, SHANGHAI)
        assert (nobody.joined, nobody.used, sum(row.n or 0 for row in nobody.rows)) == (0, 0, 0)


async def test_only_the_newest_tickets_are_listed(
    engine: AsyncEngine, transactions: Transactions
) -> None:
    opened = [
        {
            "id": number,
            "at": NOW,
            "kind": str(Kind.TICKET_OPENED),
            "who": "k",
            "about": f"ticket:{number}",
            "path": "chat",
            "details": "{}",
        }
        for number in range(1, 8)
    ]
    await kept(engine, opened)
    async with transactions.look() as work:
        rows = await work.statistics.ticket_rows(
            Filter(period=Period.year(2026)), SHANGHAI, limit=3
        )
        assert [row.ticket for row in rows] == [5, 6, 7]


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_asked_of_the_database(name: str) -> None:
    assert callable(getattr(SqlStatistics, name))
