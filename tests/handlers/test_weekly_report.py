"""The letter of the week: on Monday at nine, once, to members, and only if there is something."""

from datetime import UTC, datetime, timedelta

import pytest

from branch.outbox.kinds import LetterKind
from playground.clock import MovableClock
from tests.handlers.conftest import a_member
from tests.stage import Person, Stage, performance

SOCKET = "图书馆的插座坏了"
SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday, nine in the morning where the branch is."""


pytestmark = pytest.mark.usefixtures("gaps_in_the_base")


@pytest.fixture
async def member(both_stages: Stage) -> Person:
    both_stages.clock.on_moved(both_stages.parts.alarm_clock.moved)
    return await a_member(both_stages)


async def ask(stage: Stage, *questions: str) -> Person:
    student = stage.person("司马光")
    await student.joins()
    for question in questions:
        await student.types(question)
    return student


def letters(person: Person) -> list[str]:
    return [text for text in person.heard if "过去一周" in text]


async def test_members_get_the_gaps_on_monday_and_students_nothing(member: Person) -> None:
    stage = member.stage
    student = await ask(stage, "快递柜坏了找谁修", "快递柜又坏了找谁修", SOCKET)
    await stage.clock.move_to(NINE - timedelta(minutes=1))
    await stage.settle()
    assert letters(member) == []

    await stage.clock.move_to(NINE)
    await stage.settle()
    [letter] = letters(member)
    assert letter == (
        "📝 过去一周有 3 问没答上，归成 2 类，问得最多的：\n\n"
        "1. 快递柜坏了找谁修（2 次）\n2. 图书馆的插座坏了（1 次）\n\n"
        "挑一类写成词条，下次就答得上了。"
    )
    assert letters(student) == []

    await member.taps("没答上的")
    assert member.hears.startswith("📝 最近 7 天有 3 问没答上")


async def test_it_comes_once_a_week(member: Person) -> None:
    stage = member.stage
    await ask(stage, SOCKET)
    for hours in (0, 1, 5, 30):
        await stage.clock.move_to(NINE + timedelta(hours=hours))
        await stage.settle()
    assert len(letters(member)) == 1

    await stage.clock.move_to(NINE + timedelta(days=7))
    await stage.settle()
    assert len(letters(member)) == 1, "nothing was asked in the second week"

    await ask(stage, "快递柜坏了找谁修")
    await stage.clock.move_to(NINE + timedelta(days=14))
    await stage.settle()
    assert len(letters(member)) == 2


@pytest.mark.parametrize(("late", "count"), [(timedelta(hours=50), 1), (timedelta(days=4), 0)])
async def test_what_was_missed_is_made_up_for_while_it_is_of_use(
    sqlite_url: str, late: timedelta, count: int
) -> None:
    clock = MovableClock(SUNDAY)
    async with performance(sqlite_url, clock=clock) as before:
        member = await a_member(before)
        await ask(before, SOCKET)
    await clock.move_to(NINE + late)
    async with performance(sqlite_url, world=before.world, clock=clock) as after:
        member.stage = after
        await after.settle()

        assert len(letters(member)) == count


async def test_a_good_week_sends_nothing(member: Person) -> None:
    await ask(member.stage, "今年考研哪天考")
    await member.stage.clock.move_to(NINE)
    await member.stage.settle()

    assert letters(member) == []


async def test_entries_to_look_at_are_named_by_their_number(member: Person) -> None:
    for number in range(3):
        student = member.stage.person(f"同学{number}")
        await student.joins()
        await student.types("今年考研哪天考")
        await student.taps("没用")
        await student.taps("过时了")
    await member.stage.clock.move_to(NINE)
    await member.stage.settle()

    [letter] = letters(member)
    assert "有 1 条好几个人说没用" in letter
    assert member.buttons == ["🔎 该看看的"]


async def test_letters_of_past_weeks_are_deleted(member: Person) -> None:
    stage = member.stage
    await ask(stage, SOCKET)
    await stage.clock.move_to(NINE)
    await stage.settle()
    assert await on_record(stage) == 1
    await stage.clock.move_to(NINE + timedelta(days=15))
    await stage.settle()

    assert await on_record(stage) == 0


async def on_record(stage: Stage) -> int:
    async with stage.parts.transactions.look() as work:
        fates = await work.outbox.fates(kind=LetterKind.REPORT, about="gaps:2026-11-23")
    return len(fates)
