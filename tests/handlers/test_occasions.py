"""The days of the year: a notice each, told to secretaries before, called off with a tap."""

from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

from playground.clock import MovableClock
from tests.handlers.conftest import a_member
from tests.noticing import later, secretary, students
from tests.stage import Stage, performance

TEXT = "把今天该做的那一点做完"


def on_the_eve(url: str, month: int, day: int) -> AbstractAsyncContextManager[Stage]:
    year = 2026 if month > 11 else 2027
    return performance(url, clock=MovableClock(datetime(year, month, day, 4, tzinfo=UTC)))


async def test_a_day_of_the_year_reaches_everybody_once(either_url: str) -> None:
    async with on_the_eve(either_url, 12, 5) as stage:
        chief = await secretary(stage)
        member = await a_member(stage)
        [student] = await students(stage, 1)
        english = stage.person("Ada", language_code="en")
        await english.joins(language="English")

        await later(stage, timedelta(days=2))
        assert any("会发给 4 人" in each for each in chief.heard)
        assert not any("会发给" in each for each in member.heard)
        assert not any(TEXT in each for each in student.heard)
        for _ in range(5):
            await later(stage, timedelta(hours=13))

        for person in (chief, member, student):
            assert sum(TEXT in each for each in person.heard) == 1
        assert any("On 9 December 1935" in each for each in english.heard)
        assert not any(TEXT in each for each in english.heard)


async def test_a_secretary_calls_it_off(sqlite_url: str) -> None:
    async with on_the_eve(sqlite_url, 12, 5) as stage:
        chief = await secretary(stage)
        [student] = await students(stage, 1)
        await later(stage, timedelta(days=1))

        await chief.taps("看这条")
        await chief.taps("取消")
        await chief.taps("确定取消")
        for _ in range(4):
            await later(stage, timedelta(hours=13))

        assert not any(TEXT in each for each in student.heard)


async def test_for_members_only(sqlite_url: str) -> None:
    async with on_the_eve(sqlite_url, 3, 1) as stage:
        await secretary(stage)
        member = await a_member(stage)
        [student] = await students(stage, 1)

        for _ in range(9):
            await later(stage, timedelta(hours=12))

        assert any("帮看一页简历" in each for each in member.heard)
        assert not any("帮看一页简历" in each for each in student.heard)


async def test_found_too_late_it_is_left_out(sqlite_url: str) -> None:
    async with on_the_eve(sqlite_url, 12, 10) as stage:
        [student] = await students(stage, 1)

        await later(stage, timedelta(hours=2))

        assert not any(TEXT in each for each in student.heard)
