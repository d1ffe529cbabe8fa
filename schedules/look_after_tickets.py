"""Every hour: what nobody has any more goes on, what is late is told, what is over ends."""

from collections.abc import Awaitable
from datetime import datetime, tzinfo
from typing import Protocol

from branch.dates.looking_ahead import NEVER


class Keeper(Protocol):
    def look_after(self, *, now: datetime, zone: tzinfo) -> Awaitable[bool]: ...


class LookAfterTickets:
    def __init__(self, keeper: Keeper, zone: tzinfo) -> None:
        self._keeper = keeper
        self._zone = zone

    async def run(self, now: datetime) -> datetime | None:
        any_open = await self._keeper.look_after(now=now, zone=self._zone)
        return None if any_open else NEVER
