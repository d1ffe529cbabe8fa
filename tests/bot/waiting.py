"""Waits for what a program does in its own time."""

import asyncio
from collections.abc import Callable


async def until(true: Callable[[], bool], *, seconds: float = 10.0, every: float = 0.01) -> None:
    """Look every so often whether it has come about. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            if true():
                return
            await asyncio.sleep(every)
