"""What Telegram may still hold against its limit is counted to the moment."""

import asyncio
import time

import uvloop

from bot.sent_lately import SentLately


def test_nothing_is_forgotten_a_moment_too_early() -> None:
    """The loop's clock goes by whole milliseconds: one too few let a call out into a 429."""

    async def seconds_until_forgotten(number: int) -> float:
        await asyncio.sleep(number / 300 + number / 7_777)
        lately = SentLately()
        with lately.counted():
            answered = time.monotonic()
        await asyncio.sleep(0.99)
        while lately.count:  # noqa: ASYNC110 -- the moment itself is what is asked for
            await asyncio.sleep(0)
        return time.monotonic() - answered

    async def many() -> list[float]:
        return await asyncio.gather(*map(seconds_until_forgotten, range(40)))

    assert min(uvloop.run(many())) >= 0.9999


async def test_it_is_forgotten_after_a_second() -> None:
    lately = SentLately()
    with lately.counted():
        assert lately.count == 1
    await asyncio.sleep(1.02)
    assert lately.count == 0
