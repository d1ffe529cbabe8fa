"""Every half hour: reminders of theme days are written, and offered places that lapsed go on."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol


class Planner(Protocol):
    def remind(self, *, now: datetime) -> Awaitable[int]: ...


class Desk(Protocol):
    def lapse(self, *, now: datetime) -> Awaitable[int]: ...


class LookAfterThemeDays:
    def __init__(self, planner: Planner, desk: Desk) -> None:
        self._planner = planner
        self._desk = desk

    async def run(self, now: datetime) -> None:
        await self._desk.lapse(now=now)
        await self._planner.remind(now=now)
