"""Every night: forget the ids of updates handled so long ago that Telegram cannot repeat them."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

REMEMBERED_FOR = timedelta(hours=48)
"""Telegram keeps what we have not confirmed for 24 hours; twice that is safe."""


class ForgetHandledUpdates:
    def __init__(self, prune: Callable[[datetime], Awaitable[int]]) -> None:
        self._prune = prune

    async def run(self, now: datetime) -> None:
        await self._prune(now - REMEMBERED_FOR)
