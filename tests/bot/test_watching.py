"""What is looked after goes on whatever happens, sleeps where nothing is, and ends when told."""

import asyncio
from datetime import datetime

import pytest

from bot import watching
from bot.watching import Watch
from storage.errors import StorageUnavailable
from tests.stage import NOW


class _Turns(Watch):
    """Each turn ends as `ends` says: with its answer, or by raising; then it stays idle."""

    def __init__(self, *ends: bool | Exception, idle: float | None = None) -> None:
        super().__init__("turns", lambda: NOW, busy=0.0, idle=idle)
        self.ends = list(ends)
        self.taken = 0

    async def go_on(self, *, now: datetime) -> bool:
        assert now == NOW
        self.taken += 1
        end = self.ends.pop(0) if self.ends else False
        if isinstance(end, Exception):
            raise end
        return end


async def _until(watch: _Turns, turns: int) -> None:
    async with asyncio.timeout(5):
        while watch.taken < turns:  # noqa: ASYNC110 -- a turn says nothing when it ends
            await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "pause", lambda _attempt: 0.0)


async def test_it_goes_on_while_busy_then_sleeps_until_it_is_woken() -> None:
    watch = _Turns(True, True)
    running = asyncio.ensure_future(watch.run())
    await _until(watch, 3)
    await asyncio.sleep(0.02)
    assert watch.taken == 3

    watch.wake()
    await _until(watch, 4)
    watch.stop()
    await asyncio.wait_for(running, 5)


async def test_without_anything_under_way_it_still_looks_now_and_then() -> None:
    watch = _Turns(idle=0.001)
    running = asyncio.ensure_future(watch.run())
    await _until(watch, 3)
    watch.stop()
    await asyncio.wait_for(running, 5)


async def test_neither_a_database_away_nor_a_fault_ends_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    watch = _Turns(StorageUnavailable("locked"), RuntimeError("a bug"), True)
    running = asyncio.ensure_future(watch.run())
    await _until(watch, 4)
    watch.stop()
    await asyncio.wait_for(running, 5)

    said = [each.getMessage() for each in caplog.records if each.name == watching.__name__]
    assert said == [
        "turns wait: the database is locked",
        "turns cannot be looked after; trying again",
    ]
