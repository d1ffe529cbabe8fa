"""Tasks that run beside each other: none is forgotten, all are ended."""

import asyncio

import pytest

from bot.nursery import Nursery


async def test_a_task_that_fails_is_told_and_the_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    nursery, done = Nursery(), []

    async def fail() -> None:
        raise ValueError("broken")

    async def work() -> None:
        await asyncio.sleep(0.01)
        done.append("work")

    failing, working = nursery.start(fail(), "the failing one"), nursery.start(work(), "work")
    await asyncio.wait([failing, working])

    assert done == ["work"]
    assert [record.getMessage() for record in caplog.records] == ["the failing one failed"]
    assert "broken" in caplog.text


async def test_closing_ends_every_task_and_waits_for_its_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    nursery, put_away = Nursery(), []

    async def work(number: int) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            put_away.append(number)

    for number in range(3):
        nursery.start(work(number), f"work {number}")
    await asyncio.sleep(0)
    await nursery.close()

    assert sorted(put_away) == [0, 1, 2]
    assert caplog.text == ""


async def test_closing_gives_tasks_their_grace() -> None:
    nursery, done = Nursery(), []

    async def work(seconds: float) -> None:
        await asyncio.sleep(seconds)
        done.append(seconds)

    nursery.start(work(0.01), "quick")
    nursery.start(work(60), "slow")
    await nursery.close(grace=0.1)

    assert done == [0.01]
