"""Every hour: notices that recur occur, and what is to be written of any is written."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol


class Watch(Protocol):
    def go_on(self, *, now: datetime) -> Awaitable[bool]: ...


class Ahead(Protocol):
    def next_at(self, *, now: datetime) -> Awaitable[datetime | None]: ...


class LookAfterNotices:
    def __init__(self, watch: Watch, ahead: Ahead) -> None:
        self._watch = watch
        self._ahead = ahead

    async def run(self, now: datetime) -> datetime | None:
        await self._watch.go_on(now=now)
        return await self._ahead.next_at(now=now)
