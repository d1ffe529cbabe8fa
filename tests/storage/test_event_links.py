"""Who is forgotten still counts: links to people go, and every figure stays as it was."""

import random
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.forgetting import Forgetting
from branch.events.kinds import OF_THEIR_OWN, Kind
from branch.people.model import Person
from branch.statistics.model import LoadFigures, MemberLoad
from branch.statistics.period import Filter, Period
from schedules.forget_links import YEAR, ForgetLinks
from storage.event_tables import EVENT_KEYS, EVENTS
from storage.work import Transactions
from tests.stage import SHANGHAI
from tests.storage.histories import Event, history, some_filter
from tests.storage.newcomers import NOON, newcomer
from tests.storage.test_statistics import FIGURES, kept

LATER = NOON + 6 * YEAR + timedelta(days=1)


async def happens(engine: AsyncEngine, person: Person, kind: Kind, ago: timedelta) -> None:
    async with engine.begin() as connection:
        whose = select(EVENT_KEYS.c.key).where(EVENT_KEYS.c.person_id == person.id)
        key = await connection.scalar(whose)
        row = {"at": LATER - ago, "kind": kind.value, "who": key, "about": "x:1"}
        await connection.execute(insert(EVENTS).values(row | {"path": "chat", "details": ""}))


async def a_week_goes_by(transactions: Transactions, years: int = 6) -> None:
    await ForgetLinks(Forgetting(transactions).links, years=years).run(LATER)


async def own(transactions: Transactions, person: Person) -> list[str]:
    """The events that are still theirs."""
    async with transactions.look() as work:
        found = await work.people.everything_about(person)
        return [row["kind"] for row in found["events"]]


async def rows(engine: AsyncEngine) -> list[Any]:
    async with engine.begin() as connection:
        return list(await connection.execute(select(EVENTS).order_by(EVENTS.c.id)))


async def test_what_somebody_did_who_is_long_away_is_nobody_s(
    transactions: Transactions, engine: AsyncEngine
) -> None:
    gone, other = await newcomer(transactions), await newcomer(transactions, 5_002)
    await happens(engine, other, Kind.QUESTION_ASKED, timedelta(days=300))
    before = await rows(engine)
    await a_week_goes_by(transactions)

    assert await rows(engine) == before
    assert await own(transactions, gone) == []
    assert await own(transactions, other) == ["joined", "question_asked"]


async def test_who_comes_back_begins_anew(transactions: Transactions, engine: AsyncEngine) -> None:
    gone = await newcomer(transactions)
    await a_week_goes_by(transactions)
    await happens(engine, gone, Kind.QUESTION_ASKED, timedelta(0))
    for _ in range(2):
        await a_week_goes_by(transactions)

    assert await own(transactions, gone) == ["question_asked"]


@pytest.mark.parametrize("kind", Kind)
async def test_only_what_they_do_themselves_keeps_the_link(
    transactions: Transactions, engine: AsyncEngine, kind: Kind
) -> None:
    person = await newcomer(transactions)
    await happens(engine, person, kind, timedelta(days=1))
    await a_week_goes_by(transactions)

    theirs = ["joined", kind.value] if kind in OF_THEIR_OWN else []
    assert await own(transactions, person) == theirs


async def test_for_how_many_years_is_a_setting(
    transactions: Transactions, engine: AsyncEngine
) -> None:
    person = await newcomer(transactions)
    await happens(engine, person, Kind.QUESTION_ASKED, 2 * YEAR)

    await a_week_goes_by(transactions, years=3)
    assert await own(transactions, person) == ["joined", "question_asked"]
    await a_week_goes_by(transactions, years=1)
    assert await own(transactions, person) == []


async def test_every_figure_is_the_same_when_all_links_are_cut_and_everybody_has_left(
    transactions: Transactions, engine: AsyncEngine
) -> None:
    dice = random.Random(2026)
    people = [await newcomer(transactions, 6_000 + number) for number in range(12)]
    for _ in range(8):
        of = some_filter(dice)
        await kept(engine, await told_of(people, engine, history(dice, of, SHANGHAI)))
        before = await figures(transactions, of)
        async with transactions.begin() as work:
            await work.event_links.cut([person.id for person in people])
        assert [await own(transactions, person) for person in people] == [[]] * len(people)
        assert await figures(transactions, of) == before

    of = some_filter(dice)
    await kept(engine, await told_of(people, engine, history(dice, of, SHANGHAI)))
    before = await figures(transactions, of)
    for person in people:
        async with transactions.begin() as work:
            await work.people.forget(person)
    assert await figures(transactions, of) == before


async def told_of(people: list[Person], engine: AsyncEngine, events: list[Event]) -> list[Event]:
    """The events, as if these people had done them."""
    async with engine.begin() as connection:
        keys = list(await connection.scalars(select(EVENT_KEYS.c.key)))
    assert len(keys) == len(people)
    theirs = {f"k{number}": key for number, key in enumerate(keys)}
    return [each | {"who": theirs.get(each["who"])} for each in events]


async def figures(transactions: Transactions, of: Any) -> list[Any]:
    """All of them, by number: whose load it was is what goes with the link."""
    async with transactions.look() as work:
        found = [await getattr(work.statistics, name)(of, SHANGHAI) for name in FIGURES]
    return [without_names(each) if isinstance(each, LoadFigures) else each for each in found]


def without_names(figures: LoadFigures) -> LoadFigures:
    each = tuple(MemberLoad(tickets=load.tickets) for load in figures.each or ())
    return replace(figures, each=each)


async def test_of_whose_link_was_cut_it_is_only_told_that_they_have_left(
    transactions: Transactions, engine: AsyncEngine
) -> None:
    member = await newcomer(transactions)
    await happens(engine, member, Kind.TICKET_ANSWERED, timedelta(days=1))
    of = Filter(period=Period.days(7, today=LATER.astimezone(SHANGHAI).date()))

    async def load() -> MemberLoad:
        async with transactions.look() as work:
            [each] = (await work.statistics.load(of, SHANGHAI)).each or ()
        return each

    assert await load() == MemberLoad(tickets=1, person=member.id, name=member.name)
    async with transactions.begin() as work:
        await work.event_links.cut([member.id])
    assert await load() == MemberLoad(tickets=1)
