"""One person's updates in order, different people's in parallel."""

import asyncio
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import lanes
from bot.lanes import Lanes
from storage.updates import StoredUpdate
from tests.bot.waiting import until


def update(number: int, lane: int) -> StoredUpdate:
    return StoredUpdate(update_id=number, lane=lane, payload="{}")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=40),
    st.integers(1, 4),
)
def test_each_lane_is_handled_in_order_and_one_at_a_time(
    history: list[tuple[int, int]], at_once: int
) -> None:
    """However long each takes: everything is handled once, and no lane overtakes itself."""
    handled: defaultdict[int, list[int]] = defaultdict(list)
    present: set[int] = set()
    most = 0

    async def handle(stored: StoredUpdate) -> None:
        nonlocal most
        assert stored.lane not in present
        present.add(stored.lane)
        most = max(most, len(present))
        for _ in range(history[stored.update_id][1]):
            await asyncio.sleep(0)
        present.discard(stored.lane)
        handled[stored.lane].append(stored.update_id)

    async def play() -> None:
        working = Lanes(handle, at_once=at_once)
        for number, (lane, slowness) in enumerate(history):
            working.put(update(number, lane))
            if slowness == 3:
                await asyncio.sleep(0)
        await working.idle()
        assert working.count == 0
        await working.close(0)

    asyncio.run(play())
    expected: defaultdict[int, list[int]] = defaultdict(list)
    for number, (lane, _) in enumerate(history):
        expected[lane].append(number)
    assert handled == expected
    assert most <= at_once


async def test_a_slow_person_does_not_hold_others_up() -> None:
    held, done = asyncio.Event(), []

    async def handle(stored: StoredUpdate) -> None:
        if stored.lane == 1:
            await held.wait()
        done.append(stored.update_id)

    working = Lanes(handle)
    for number, lane in enumerate([1, 2, 1, 3, 2]):
        working.put(update(number, lane))
    await until(lambda: len(done) == 3, every=0)
    before = sorted(done)
    held.set()
    async with asyncio.timeout(5):
        await working.idle()

    assert before == [1, 3, 4]
    assert done[3:] == [0, 2]
    await working.close(0)


async def test_a_failure_takes_only_its_own_update(caplog: pytest.LogCaptureFixture) -> None:
    done = []

    async def handle(stored: StoredUpdate) -> None:
        if stored.update_id == 0:
            raise ValueError("broken")
        done.append(stored.update_id)

    working = Lanes(handle)
    for number in range(3):
        working.put(update(number, 1))
    async with asyncio.timeout(5):
        await working.idle()

    assert done == [1, 2]
    assert "broken" in caplog.text
    await working.close(0)


async def test_there_is_room_until_too_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "ENOUGH_WAITING", 3)
    go_on = asyncio.Semaphore(0)

    async def handle(_: StoredUpdate) -> None:
        await go_on.acquire()

    working = Lanes(handle)
    for number in range(2):
        working.put(update(number, 1))
    async with asyncio.timeout(5):
        await working.room()
    working.put(update(2, 1))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await working.room()
    go_on.release()
    async with asyncio.timeout(5):
        await working.room()

    assert working.count == 2
    await working.close(0)


async def test_closing_lets_what_has_begun_end() -> None:
    done = []

    async def handle(stored: StoredUpdate) -> None:
        await asyncio.sleep(0.05)
        done.append(stored.update_id)

    working = Lanes(handle)
    for number in range(4):
        working.put(update(number, number % 2))
    await working.close(5)

    assert sorted(done) == [0, 1, 2, 3]


async def test_closing_waits_no_longer_than_its_grace() -> None:
    done = []

    async def handle(stored: StoredUpdate) -> None:
        await asyncio.sleep(0 if stored.lane == 1 else 60)
        done.append(stored.update_id)

    working = Lanes(handle)
    for number, lane in enumerate([1, 2, 2]):
        working.put(update(number, lane))
    async with asyncio.timeout(5):
        await working.close(0.1)

    assert done == [0]


async def test_of_what_somebody_is_typing_only_the_newest_waits() -> None:
    """And it waits for nothing else of theirs."""
    handled: list[int] = []
    go_on = asyncio.Event()

    async def handle(stored: StoredUpdate) -> None:
        handled.append(stored.update_id)
        await go_on.wait()

    lanes = Lanes(handle)
    lanes.put(update(0, 5))
    for number in range(1, 6):
        lanes.put(update(number, 5), newest_only=True)
        await asyncio.sleep(0)
    lanes.put(update(6, 7), newest_only=True)
    await until(lambda: len(handled) == 3)
    assert (sorted(handled), lanes.count) == ([0, 1, 6], 4)

    go_on.set()
    await lanes.idle()
    assert (sorted(handled), lanes.count) == ([0, 1, 5, 6], 0)
