"""Keeps notices at work: writes their letters, shows how far they are, ends what is done."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.watching import Watch
from branch.notices.model import Notice, NoticeId

BUSY: Final = 1.0
IDLE: Final = 5.0
REDRAWN_EVERY: Final = timedelta(seconds=3)


class Worker(Protocol):
    def go_on(self, *, now: datetime) -> Awaitable[bool]: ...


class Watching(Protocol):
    def look_after(self, *, now: datetime) -> Awaitable[list[Notice]]: ...


class Card(Protocol):
    def redraw(self, notice: Notice, *, pause: timedelta, now: datetime) -> Awaitable[None]: ...


class NoticeWatch(Watch):
    """`workers` have something to write; each is asked until it has no more."""

    def __init__(
        self,
        workers: Iterable[Worker],
        watching: Watching,
        card: Card,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__("notices", now, busy=BUSY, idle=IDLE)
        self._workers = list(workers)
        self._watching = watching
        self._card = card
        self._at_work = asyncio.Lock()
        self._shown: dict[NoticeId, Notice] = {}

    async def go_on(self, *, now: datetime) -> bool:
        """Write what is to be written, end what is done; whether anything is under way."""
        async with self._at_work:
            for worker in self._workers:
                while not self._stopping and await worker.go_on(now=now):  # noqa: ASYNC110 -- each turn writes some
                    await asyncio.sleep(0)  # whoever waits comes between
            present = {each.id: each for each in await self._watching.look_after(now=now)}
            for notice in (self._shown | present).values():
                await self._card.redraw(notice, pause=REDRAWN_EVERY, now=now)
            self._shown = dict(present)
            return bool(present)
