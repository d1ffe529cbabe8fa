"""The playground's clock flows, and moves forward only."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from playground.clock import ClockMovesForward, MovableClock

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=8)))


async def test_it_starts_where_told_and_flows() -> None:
    clock = MovableClock(SUNDAY)
    before = clock.now()
    assert before.tzinfo is UTC
    assert timedelta() <= before - SUNDAY < timedelta(seconds=5)
    await asyncio.sleep(0.02)
    assert clock.now() - before >= timedelta(seconds=0.02)


def test_without_a_start_it_shows_the_real_moment() -> None:
    assert abs(MovableClock().now() - datetime.now(UTC)) < timedelta(seconds=5)


async def test_it_moves_forward_and_tells_everyone() -> None:
    clock = MovableClock(SUNDAY)
    told: list[tuple[datetime, datetime]] = []

    async def listen(old: datetime, new: datetime) -> None:
        told.append((old, new))

    clock.on_moved(listen)
    exam = datetime(2026, 12, 19, 0, 30, tzinfo=UTC)
    await clock.move_to(exam)
    [(old, new)] = told
    assert old - SUNDAY < timedelta(seconds=5)
    assert timedelta() <= new - exam < timedelta(seconds=5)
    assert clock.now() >= new


async def test_it_does_not_go_back() -> None:
    clock = MovableClock(SUNDAY)
    with pytest.raises(ClockMovesForward):
        await clock.move_to(SUNDAY - timedelta(seconds=1))
    assert clock.now() >= SUNDAY
