"""Every hour: notices that recur occur, and what is to be written of any is written."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol


class Watch(Protocol):
    def go_on(self, *, now: datetime) -> Awaitable[bool]: ...


class LookAfterNotices:
    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    async def run(self, now: datetime) -> None:
        await self._watch.go_on(now=now)
