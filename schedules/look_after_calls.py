"""Every half hour: whoever has not begun, not finished or not handed in a paper is reminded."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol


class Reminders(Protocol):
    def remind(self, *, now: datetime) -> Awaitable[int]: ...


class LookAfterCalls:
    def __init__(self, reminders: Reminders) -> None:
        self._reminders = reminders

    async def run(self, now: datetime) -> None:
        await self._reminders.remind(now=now)
