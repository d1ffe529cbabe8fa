"""A random life of a cohort through the real services: the figures are those of the raw rows."""

import random
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from branch.outcomes.board import OutcomeBoard
from branch.outcomes.errors import ClaimGone, OwnReport, ReportSettled
from branch.outcomes.freezing import Freezer
from branch.outcomes.letters import OutcomeLetters
from branch.outcomes.model import REPORTABLE, NewReport, ReportId
from branch.outcomes.reporting import OutcomeDesk
from branch.outcomes.roster_book import RosterBook
from branch.outcomes.roster_reading import read_roster
from branch.outcomes.verifying import OutcomeBench
from branch.people.model import Person, Role
from storage.work import Transactions
from tests.storage.newcomers import NOON, newcomer
from texts.renderer import Texts

STUDENTS, CLASSES, STEPS = 14, 3, 90


class Life:
    """People of a department, and what they may do next."""

    def __init__(self, transactions: Transactions, seed: int) -> None:
        begin, look = transactions.begin, transactions.look
        letters = OutcomeLetters(Texts(ZoneInfo("Asia/Shanghai")), show=lambda: "show")
        self.kept = transactions
        self.chance = random.Random(seed)
        self.now = NOON
        self.roster = RosterBook(begin, look)
        self.desk = OutcomeDesk(begin, look)
        self.bench = OutcomeBench(begin, look, letters)
        self.freezer = Freezer(begin, look)
        self.board = OutcomeBoard(look)
        self.people: list[Person] = []
        self.members: list[Person] = []
        self.joined = 5_000

    async def begins(self) -> None:
        rows = [f"20230{at:03},材料{at % CLASSES},2027" for at in range(STUDENTS)]
        secret = await self.roster.secret(None, now=self.now)
        file = read_roster("\n".join(["学号,班级,届", *rows]).encode(), secret=secret)
        await self.roster.bring_in(None, file, source="x", now=self.now)
        for _ in range(3):
            await self.joins()
        for person in self.people[:2]:
            async with self.kept.begin() as work:
                await work.roles.grant(person.id, Role.SECRETARY, by=None, now=NOON, until=None)
            self.members.append(person)
        await self.freezer.freeze(self.members[0], 2027, now=self.now)

    async def joins(self) -> None:
        self.joined += 1
        self.people.append(await newcomer(self.kept, self.joined, "谁"))

    async def identifies(self) -> None:
        number = f"20230{self.chance.randrange(STUDENTS + 3):03}"
        await self.desk.identify(self.chance.choice(self.people), number, now=self.now)

    async def reports(self) -> None:
        cohort = self.chance.choice((2026, 2027, 2027))
        new = NewReport(kind=self.chance.choice(REPORTABLE), cohort=cohort)
        person = self.chance.choice(self.people)
        await self.desk.report(person, new, key=f"k{self.chance.random()}", now=self.now)

    async def judges(self) -> None:
        member = self.chance.choice(self.members)
        after = ReportId(self.chance.randrange(20))
        waiting = await self.bench.next(member, after=after, now=self.now)
        if waiting is None:
            return
        if self.chance.random() < 0.6:
            await self.bench.verify(member, waiting.report.id, now=self.now)
        else:
            await self.bench.refuse(member, waiting.report.id, "不对", now=self.now)

    async def settles(self) -> None:
        member = self.chance.choice(self.members)
        for dispute in await self.bench.disputes(member, now=self.now):
            granted = self.chance.random() < 0.5
            await self.bench.settle(member, dispute.claim.id, granted=granted, now=self.now)
            return

    async def leaves(self) -> None:
        person = self.chance.choice(self.people)
        if person not in self.members:
            self.people.remove(person)
            async with self.kept.begin() as work:
                await work.people.forget(person)

    async def step(self) -> None:
        doings: list[Callable[[], Coroutine[Any, Any, None]]] = [
            self.joins,
            self.identifies,
            self.identifies,
            self.reports,
            self.reports,
            self.reports,
            self.judges,
            self.judges,
            self.settles,
            self.leaves,
        ]
        self.now += timedelta(hours=self.chance.randrange(9))
        with suppress(OwnReport, ReportSettled, ClaimGone):
            await self.chance.choice(doings)()


async def raw(engine: AsyncEngine, query: str) -> list[Any]:
    async with engine.connect() as connection:
        return list(await connection.execute(text(query)))


@pytest.mark.parametrize("seed", range(8))
async def test_figures_are_those_of_the_raw_rows_after_any_life(
    transactions: Transactions, engine: AsyncEngine, seed: int
) -> None:
    life = Life(transactions, seed)
    await life.begins()
    for _ in range(STEPS):
        await life.step()
    figures = (await life.board.table(None, now=life.now)).of(2027)
    assert figures is not None
    assert figures.whole is not None
    reports = await raw(engine, "SELECT * FROM outcome_reports ORDER BY id")
    counts: Counter[str] = Counter()
    waiting = 0
    for (row,) in await raw(engine, "SELECT id FROM roster WHERE cohort = 2027"):
        told = [each for each in reports if each.roster_id == row and each.state != "refused"]
        counts[told[-1].kind if told else "unknown"] += 1
        waiting += bool(told) and told[-1].state == "reported"

    assert {str(kind): count for kind, count in figures.whole.cells.items() if count} == counts
    assert figures.whole.n == STUDENTS
    assert sum(figures.whole.unverified.values()) == waiting
    apart = {
        each.subject: each.cohort
        for each in reports
        if not each.roster_id and each.state != "refused"
    }
    assert figures.unrostered == list(apart.values()).count(2027)
    assert len(reports) > 10

    # what was frozen at the beginning is what it was, and every difference has its corrections
    _, then = await life.freezer.version(life.members[0], 2027, 1, now=life.now)
    assert (then.whole.n, then.whole.unknown) == (STUDENTS, STUDENTS)
    outlook = await life.freezer.outlook(life.members[0], 2027, now=life.now)
    assert [each for each in outlook.differences if not each.corrections] == []


async def test_a_row_has_one_person_and_a_person_one_row_whatever_happens(
    transactions: Transactions, engine: AsyncEngine
) -> None:
    life = Life(transactions, 7)
    await life.begins()
    for _ in range(STEPS):
        await life.step()
        linked = [each for (each,) in await raw(engine, "SELECT person_id FROM roster") if each]
        assert len(linked) == len(set(linked))
        astray = await raw(
            engine,
            "SELECT r.id FROM outcome_reports r JOIN roster o ON o.id = r.roster_id"
            " WHERE r.person_id IS NOT NULL AND o.person_id IS NOT NULL"
            " AND r.person_id <> o.person_id",
        )
        assert astray == []
