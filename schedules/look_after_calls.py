"""Every half hour: who has still to write is reminded, and who has still to review."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol

from branch.dates.looking_ahead import NEVER


class Reminders(Protocol):
    def awaited(self) -> Awaitable[bool]: ...
    def remind(self, *, now: datetime) -> Awaitable[int]: ...


class Reviews(Protocol):
    def keep(self, *, now: datetime) -> Awaitable[int]: ...


class Ahead(Protocol):
    def next_at(self, *, now: datetime) -> Awaitable[datetime | None]: ...


class LookAfterCalls:
    def __init__(self, reminders: Reminders, reviews: Reviews, ahead: Ahead) -> None:
        self._reminders = reminders
        self._reviews = reviews
        self._ahead = ahead

    async def run(self, now: datetime) -> datetime | None:
        if not await self._reminders.awaited():
            return NEVER
        await self._reminders.remind(now=now)
        await self._reviews.keep(now=now)
        return await self._ahead.next_at(now=now)
