"""Every hour: what nobody has any more goes on, what is late is told, what is over ends."""

from collections.abc import Awaitable
from datetime import datetime, tzinfo
from typing import Protocol


class Keeper(Protocol):
    def look_after(self, *, now: datetime, zone: tzinfo) -> Awaitable[None]: ...


class LookAfterTickets:
    def __init__(self, keeper: Keeper, zone: tzinfo) -> None:
        self._keeper = keeper
        self._zone = zone

    async def run(self, now: datetime) -> None:
        await self._keeper.look_after(now=now, zone=self._zone)
