"""Every week: cut the log of events off from those who have done nothing here for years."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

YEAR = timedelta(days=365, hours=6)


class ForgetLinks:
    """`cut` is told since when somebody must have done something for their link to stay."""

    def __init__(self, cut: Callable[[datetime], Awaitable[int]], *, years: int) -> None:
        self._cut = cut
        self._kept_for = years * YEAR

    async def run(self, now: datetime) -> None:
        await self._cut(now - self._kept_for)
