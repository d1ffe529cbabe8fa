"""The alarm clock: what is due rings in order, each at its own moment, whatever else fails."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger

from bot.alarm_clock import AlarmClock
from branch.dates.looking_ahead import NEVER

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


class Rings:
    """Jobs that note when they were rung."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, datetime]] = []

    def job(self, name: str) -> Callable[[datetime], Awaitable[None]]:
        async def ring(at: datetime) -> None:
            self.heard.append((name, at))

        return ring

    def moments(self, name: str) -> list[datetime]:
        return [at for each, at in self.heard if each == name]


@pytest.fixture
def rings() -> Rings:
    return Rings()


async def fails(at: datetime) -> None:
    raise RuntimeError(f"rung at {at}")


def daily(hour: int, minute: int = 0, zone: ZoneInfo = SHANGHAI) -> CronTrigger:
    return CronTrigger(hour=hour, minute=minute, timezone=zone)


async def test_thirty_days_moved_ring_a_daily_job_thirty_times(rings: Rings) -> None:
    clock = AlarmClock({rings.job("daily"): daily(4, 17)}, lambda: NOON)
    await clock.moved(NOON, NOON + timedelta(days=30))

    first = datetime(2026, 11, 23, 4, 17, tzinfo=SHANGHAI)
    assert rings.moments("daily") == [first + timedelta(days=day) for day in range(30)]


async def test_jobs_ring_in_the_order_of_their_moments(rings: Rings) -> None:
    clock = AlarmClock(
        {
            rings.job("evening"): daily(20),
            rings.job("every six hours"): CronTrigger(hour="*/6", timezone=SHANGHAI),
            rings.job("at six too"): daily(18),
        },
        lambda: NOON,
    )
    await clock.moved(NOON + timedelta(hours=1), NOON + timedelta(hours=13))

    assert [(name, at.hour) for name, at in rings.heard] == [
        ("every six hours", 18),
        ("at six too", 18),
        ("evening", 20),
        ("every six hours", 0),
    ]


async def test_move_that_reaches_nothing_rings_nothing(rings: Rings) -> None:
    clock = AlarmClock({rings.job("daily"): daily(20)}, lambda: NOON)
    await clock.moved(NOON, NOON + timedelta(hours=7, minutes=59))

    assert rings.heard == []


async def test_move_to_the_moment_itself_rings(rings: Rings) -> None:
    clock = AlarmClock({rings.job("daily"): daily(20)}, lambda: NOON)
    await clock.moved(NOON, NOON + timedelta(hours=8))

    assert rings.moments("daily") == [NOON + timedelta(hours=8)]


async def test_small_moves_ring_as_often_as_a_large_one(rings: Rings) -> None:
    clock = AlarmClock({rings.job("daily"): daily(4, 17)}, lambda: NOON)
    moments = [NOON + timedelta(hours=7) * each for each in range(50)]
    for old, new in pairwise(moments):
        await clock.moved(old, new)
    in_small_moves = rings.moments("daily")
    rings.heard.clear()
    await clock.moved(moments[0], moments[-1])

    assert in_small_moves == rings.moments("daily")
    assert len(in_small_moves) == 14


async def test_a_moment_at_the_seam_of_two_moves_rings_once(rings: Rings) -> None:
    clock = AlarmClock({rings.job("daily"): daily(20)}, lambda: NOON)
    evening = datetime(2026, 11, 22, 20, 0, tzinfo=SHANGHAI)

    await clock.moved(NOON, evening)
    await clock.moved(evening, evening + timedelta(hours=1))

    assert rings.moments("daily") == [evening]


async def test_failing_job_stops_neither_itself_nor_others(
    rings: Rings, caplog: pytest.LogCaptureFixture
) -> None:
    clock = AlarmClock({fails: daily(3), rings.job("daily"): daily(4)}, lambda: NOON)
    with caplog.at_level(logging.ERROR):
        await clock.moved(NOON, NOON + timedelta(days=3))

    assert len(rings.moments("daily")) == 3
    assert caplog.messages == ["the job fails failed; it will be rung again"] * 3


async def test_start_rings_once_what_was_missed(rings: Rings) -> None:
    clock = AlarmClock(
        {fails: daily(3), rings.job("one"): daily(4), rings.job("two"): daily(5)}, lambda: NOON
    )
    await clock.start()
    clock.stop()

    assert rings.heard == [("one", NOON), ("two", NOON)]


def test_stopping_what_never_started_is_fine() -> None:
    AlarmClock({}, lambda: NOON).stop()


@pytest.mark.parametrize(
    "day",
    [datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 10, 23, 12, tzinfo=UTC)],
    ids=["clocks go forward", "clocks go back"],
)
async def test_daily_job_keeps_its_hour_when_the_clocks_change(rings: Rings, day: datetime) -> None:
    clock = AlarmClock({rings.job("daily"): daily(4, 17, BERLIN)}, lambda: day)
    await clock.moved(day, day + timedelta(days=5))
    local = [at.astimezone(BERLIN) for at in rings.moments("daily")]

    assert [(at.hour, at.minute) for at in local] == [(4, 17)] * 5
    assert len({at.utcoffset() for at in local}) == 2
    assert len({at.date() for at in local}) == 5


class Sleeper:
    """A job that says until when it rests, and what it writes in between."""

    def __init__(self, until: datetime | None) -> None:
        self.until = until
        self.rung: list[datetime] = []
        self.changes = 0
        self.writes_at: set[datetime] = set()

    async def run(self, at: datetime) -> datetime | None:
        self.rung.append(at)
        self.changes += at in self.writes_at
        return self.until


def hours(*numbers: int) -> list[datetime]:
    return [NOON + timedelta(hours=each) for each in numbers]


async def moved_by_six_hours(
    *jobs: Callable[[datetime], Awaitable[datetime | None]], **more: Any
) -> None:
    hourly = CronTrigger(minute=0, timezone=SHANGHAI)
    clock = AlarmClock(dict.fromkeys(jobs, hourly), lambda: NOON, **more)
    await clock.moved(NOON, NOON + timedelta(hours=6))


async def test_a_job_that_rests_is_rung_when_its_rest_is_over() -> None:
    sleeper = Sleeper(NOON + timedelta(hours=4))
    await moved_by_six_hours(sleeper.run, changes=lambda: sleeper.changes)

    # from then on it says the same, which is past
    assert sleeper.rung == hours(1, 4, 5, 6)


async def test_a_job_that_rests_is_rung_as_soon_as_anything_is_written() -> None:
    sleeper, writer = Sleeper(NEVER), Sleeper(None)
    writer.writes_at = set(hours(3))
    await moved_by_six_hours(sleeper.run, writer.run, changes=lambda: writer.changes)

    assert sleeper.rung == hours(1, 4)
    assert writer.rung == hours(1, 2, 3, 4, 5, 6)


async def test_what_a_job_says_while_something_is_written_is_old() -> None:
    sleeper = Sleeper(NEVER)
    sleeper.writes_at = set(hours(1, 2))
    await moved_by_six_hours(sleeper.run, changes=lambda: sleeper.changes)

    assert sleeper.rung == hours(1, 2, 3)


async def test_nobody_rests_where_nobody_tells_of_changes() -> None:
    sleeper = Sleeper(NEVER)
    await moved_by_six_hours(sleeper.run)

    assert sleeper.rung == hours(1, 2, 3, 4, 5, 6)


async def test_a_rest_ends_with_the_move() -> None:
    sleeper = Sleeper(NEVER)
    clock = AlarmClock({sleeper.run: daily(20)}, lambda: NOON, changes=lambda: 0)
    for day in range(3):
        await clock.moved(NOON + timedelta(days=day), NOON + timedelta(days=day + 1))

    assert len(sleeper.rung) == 3
