"""Every half hour: what is to be written about theme days is written, and free places go on."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol

from branch.dates.looking_ahead import NEVER


class Planner(Protocol):
    def awaited(self, *, now: datetime) -> Awaitable[bool]: ...
    def remind(self, *, now: datetime) -> Awaitable[int]: ...


class Desk(Protocol):
    def lapse(self, *, now: datetime) -> Awaitable[int]: ...


class Series(Protocol):
    def plan_ahead(self, *, now: datetime) -> Awaitable[int]: ...


class Afterwards(Protocol):
    def ask(self, *, now: datetime) -> Awaitable[int]: ...


class Ahead(Protocol):
    def next_at(self, *, now: datetime) -> Awaitable[datetime | None]: ...


class LookAfterThemeDays:
    def __init__(
        self, planner: Planner, desk: Desk, series: Series, after: Afterwards, ahead: Ahead
    ) -> None:
        self._planner = planner
        self._desk = desk
        self._series = series
        self._after = after
        self._ahead = ahead

    async def run(self, now: datetime) -> datetime | None:
        if not await self._planner.awaited(now=now):
            return NEVER
        await self._desk.lapse(now=now)
        await self._series.plan_ahead(now=now)
        await self._planner.remind(now=now)
        await self._after.ask(now=now)
        return await self._ahead.next_at(now=now)
