"""The loop of what is looked after for as long as the program runs."""

import asyncio
import contextlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime

from bot.pauses import pause
from storage.errors import StorageUnavailable

log = logging.getLogger(__name__)


class Watch(ABC):
    """Goes on every `busy` seconds while there is something under way, else every `idle` seconds.

    Without `idle` it sleeps until it is woken.
    """

    def __init__(
        self, what: str, now: Callable[[], datetime], *, busy: float, idle: float | None
    ) -> None:
        self._what = what
        self._now = now
        self._busy = busy
        self._idle = idle
        self._woken = asyncio.Event()
        self._stopping = False

    @abstractmethod
    async def go_on(self, *, now: datetime) -> bool:
        """Do what is to be done now; whether anything is under way."""

    def wake(self) -> None:
        """There is something to do: look now."""
        self._woken.set()

    async def run(self) -> None:
        """Until stopped. A database that is away is waited out."""
        attempt = 0
        while not self._stopping:
            try:
                self._woken.clear()
                seconds = self._busy if await self.go_on(now=self._now()) else self._idle
                attempt = 0
            except StorageUnavailable as error:
                log.warning("%s wait: the database is %s", self._what, error.reason)
                seconds = pause(attempt)
                attempt += 1
            except Exception:
                log.exception("%s cannot be looked after; trying again", self._what)
                seconds = pause(attempt)
                attempt += 1
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._woken.wait()

    def stop(self) -> None:
        self._stopping = True
        self._woken.set()
