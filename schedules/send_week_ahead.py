"""On Monday morning: what the next two weeks bring, if it is not written yet."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol


class Sender(Protocol):
    def send(self, *, now: datetime) -> Awaitable[int]: ...
    def next_at(self, now: datetime) -> datetime: ...


class SendWeekAhead:
    def __init__(self, week: Sender) -> None:
        self._week = week

    async def run(self, now: datetime) -> datetime:
        await self._week.send(now=now)
        return self._week.next_at(now)
