"""How long lists and searches of tickets take at 50,000, on either database."""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from branch.people.model import Person, Role, Sender, TelegramId
from branch.tickets.asking import QuestionBox
from branch.tickets.looking import TicketShelf
from branch.tickets.model import Subject, TicketId, TicketState
from branch.tickets.records import Sought, Which
from branch.tickets.suggesting import Suggesting
from storage.engine import close_engine, open_engine
from storage.migrate import migrate
from storage.ticket_tables import TICKET_EVENTS, TICKET_MESSAGES, TICKETS
from storage.work import Transactions
from texts.language import Language

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
STUDENTS, MEMBERS = 3_000, 40
AT_ONCE = 5_000
WORDS = [
    *("导师", "邮件", "复试", "调剂", "国家线", "学费", "宿舍", "专硕"),
    *("学硕", "实验", "论文", "推免", "英语", "数学", "报名", "确认"),
]


async def fill(engine: AsyncEngine, count: int) -> tuple[Transactions, Person, Person]:
    """So many tickets of three messages, most of them closed; a member and a student."""
    transactions = Transactions(engine)
    random = Random(7)
    async with transactions.begin() as work:
        people = []
        for number in range(STUDENTS + MEMBERS):
            sender = Sender(telegram_id=TelegramId(number + 1), name=f"人 {number}")
            added = await work.people.add(sender, language=Language.ZH, now=NOW)
            assert added is not None
            people.append(added)
        for each in people[:MEMBERS]:
            await work.roles.grant(each, Role.MEMBER, by=None, now=NOW, until=None)
        member = await work.people.by_id(people[0], now=NOW)
        student = await work.people.by_id(people[MEMBERS], now=NOW)
    assert member is not None
    assert student is not None
    for first in range(0, count, AT_ONCE):
        numbers = range(first + 1, min(first + AT_ONCE, count) + 1)
        tickets = [_ticket(number, count, people, random) for number in numbers]
        async with engine.begin() as connection:
            await connection.execute(insert(TICKETS), tickets)
            await connection.execute(
                insert(TICKET_MESSAGES),
                [line for each in tickets for line in _lines(each, random)],
            )
            await connection.execute(
                insert(TICKET_EVENTS),
                [
                    {"ticket_id": each["id"], "at": each["asked_at"], "move": move}
                    for each in tickets
                    for move in ("opened", "answered", "closed")
                ],
            )
    return transactions, member, student


def _ticket(number: int, count: int, people: list[Any], random: Random) -> dict[str, Any]:
    asked_at = NOW - timedelta(minutes=10 * (count - number))
    state = random.choices(list(TicketState), weights=[1, 1, 8, 90])[0]
    return {
        "id": number,
        "person_id": random.choice(people[MEMBERS:]),
        "message_id": number,
        "intake": 2027,
        "subject": random.choice(list(Subject)),
        "gist": f"{random.choice(WORDS)}怎么办 {number}",
        "asked_at": asked_at,
        "promised_at": asked_at + timedelta(hours=24),
        "state": state,
        "priority": int(random.random() < 0.05),
        "tags": random.choice([None, "导师 邮件", "急"]),
        "member_id": None if state is TicketState.OPEN else random.choice(people[:MEMBERS]),
        "answered_at": None if state in ("open", "claimed") else asked_at + timedelta(hours=3),
        "claimed_at": asked_at,
        "closed_at": asked_at + timedelta(days=3) if state is TicketState.CLOSED else None,
        "version": 1,
    }


def _lines(ticket: dict[str, Any], random: Random) -> list[dict[str, Any]]:
    def line(side: str, message: int, text: str) -> dict[str, Any]:
        return {
            "ticket_id": ticket["id"],
            "side": side,
            "author_id": ticket["member_id"] if side == "member" else None,
            "text": text,
            "at": ticket["asked_at"],
            "message_id": ticket["id"] * 10 + message,
        }

    words = " ".join(random.choices(WORDS, k=20))
    lines = [line("asker", 1, f"{ticket['gist']}：{words}"), line("asker", 2, "还有一个小问题")]
    return [*lines, line("member", 3, f"可以这样：{words}")] if ticket["member_id"] else lines


async def measure(url: str, count: int, rounds: int) -> dict[str, tuple[float, float]]:
    """Median and worst milliseconds of each."""
    engine = open_engine(url)
    await migrate(engine)
    try:
        transactions, member, student = await fill(engine, count)
        shelf, box = TicketShelf(transactions.look), _box(transactions)

        def found(**sought: Any) -> Callable[[], Awaitable[object]]:
            return lambda: shelf.found(member, Sought(**sought), now=NOW)

        deeds: dict[str, Callable[[], Awaitable[object]]] = {
            **{str(each): found(which=each) for each in Which},
            "mine": found(which=Which.WAITING, member=member.id),
            "by subject": found(which=Which.WAITING, subject=Subject.ADJUSTMENT),
            "by subject, all": found(subject=Subject.ADJUSTMENT),
            "by tag": found(tag="导师"),
            "search, a common word": found(words="复试"),
            "search, one that is rare": found(words=f"怎么办 {count // 2}："),
            "search, one that is nowhere": found(words="没有这个词"),
            "a deep page": lambda: shelf.found(
                member, Sought(which=Which.ALL), page=count // 10, now=NOW
            ),
            "one ticket": lambda: shelf.show(member, TicketId(count // 2), now=NOW),
            "asked before": lambda: shelf.earlier(member, TicketId(count), now=NOW),
            "a student's own": lambda: box.mine(student),
            "answered, to suggest": Suggesting(transactions.look).answered,
        }
        return {name: await _timed(deed, rounds) for name, deed in deeds.items()}
    finally:
        await close_engine(engine)


def _box(transactions: Transactions) -> QuestionBox:
    return QuestionBox(transactions.begin, transactions.look, telling=None)  # type: ignore[arg-type]  # nothing is told here


async def _timed(deed: Callable[[], Awaitable[object]], rounds: int) -> tuple[float, float]:
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        await deed()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took), max(took)


async def _main(count: int, rounds: int, postgresql: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        urls = {"SQLite": f"sqlite:///{Path(folder) / 'tickets.db'}"}
        if postgresql:
            urls["PostgreSQL"] = postgresql
        tables = {name: await measure(url, count, rounds) for name, url in urls.items()}
    print(
        f"| {count:,} tickets, ms | "
        + " | ".join(f"{name}, median / worst" for name in tables)
        + " |"
    )
    print("|---|" + "---|" * len(tables))
    for name in next(iter(tables.values())):
        figures = [f"{table[name][0]:.1f} / {table[name][1]:.1f}" for table in tables.values()]
        print(f"| {name} | {' | '.join(figures)} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--postgresql", help="an empty database, postgresql://…")
    given = parser.parse_args()
    asyncio.run(_main(given.tickets, given.rounds, given.postgresql))
