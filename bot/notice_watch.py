"""Keeps notices at work: writes their letters, shows how far they are, ends what is done."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.pauses import pause
from branch.notices.model import Notice, NoticeId
from storage.errors import StorageUnavailable

log = logging.getLogger(__name__)

BUSY: Final = 1.0
IDLE: Final = 5.0
REDRAWN_EVERY: Final = timedelta(seconds=3)


class Worker(Protocol):
    def go_on(self, *, now: datetime) -> Awaitable[bool]: ...


class Watching(Protocol):
    def look_after(self, *, now: datetime) -> Awaitable[list[Notice]]: ...


class Card(Protocol):
    def redraw(self, notice: Notice, *, pause: timedelta, now: datetime) -> Awaitable[None]: ...


class NoticeWatch:
    """`workers` have something to write; each is asked until it has no more."""

    def __init__(
        self,
        workers: Iterable[Worker],
        watching: Watching,
        card: Card,
        now: Callable[[], datetime],
    ) -> None:
        self._workers = list(workers)
        self._watching = watching
        self._card = card
        self._now = now
        self._woken = asyncio.Event()
        self._at_work = asyncio.Lock()
        self._shown: dict[NoticeId, Notice] = {}
        self._stopping = False

    def wake(self) -> None:
        """There is something to do: look now."""
        self._woken.set()

    async def run(self) -> None:
        """Until stopped. A database that is away is waited out."""
        attempt = 0
        while not self._stopping:
            seconds = IDLE
            try:
                self._woken.clear()
                if await self.go_on(now=self._now()):
                    seconds = BUSY
                attempt = 0
            except StorageUnavailable as error:
                log.warning("notices wait: the database is %s", error.reason)
                seconds = pause(attempt)
                attempt += 1
            except Exception:
                log.exception("notices cannot be looked after; trying again")
                seconds = pause(attempt)
                attempt += 1
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._woken.wait()

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

    def stop(self) -> None:
        self._stopping = True
        self._woken.set()
