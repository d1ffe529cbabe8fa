"""Every half hour: who has still to write is reminded, and who has still to review."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol


class Reminders(Protocol):
    def awaited(self) -> Awaitable[bool]: ...
    def remind(self, *, now: datetime) -> Awaitable[int]: ...


class Reviews(Protocol):
    def keep(self, *, now: datetime) -> Awaitable[int]: ...


class LookAfterCalls:
    def __init__(self, reminders: Reminders, reviews: Reviews) -> None:
        self._reminders = reminders
        self._reviews = reviews

    async def run(self, now: datetime) -> None:
        if not await self._reminders.awaited():
            return
        await self._reminders.remind(now=now)
        await self._reviews.keep(now=now)
