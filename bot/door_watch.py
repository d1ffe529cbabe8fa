"""Keeps the signs at open doors up to date: each code is shown in time, before the last is over."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final, Protocol

from bot.pauses import pause
from branch.theme_days.door import DoorSign
from storage.errors import StorageUnavailable
from texts.language import Language

log = logging.getLogger(__name__)

LOOKS_EVERY: Final = 20.0


class Door(Protocol):
    def hanging(
        self, *, now: datetime
    ) -> Awaitable[Sequence[tuple[DoorSign, int, int, Language]]]: ...


class Cards(Protocol):
    def turn(
        self, sign: DoorSign, chat: int, message: int, language: Language
    ) -> Awaitable[None]: ...


class DoorWatch:
    """While no door is open it sleeps until one is shown; at the start it looks once."""

    def __init__(self, door: Door, cards: Cards, now: Callable[[], datetime]) -> None:
        self._door = door
        self._cards = cards
        self._now = now
        self._woken = asyncio.Event()
        self._shown: dict[tuple[int, int], tuple[str, int]] = {}
        self._stopping = False

    def wake(self) -> None:
        """A sign was hung up."""
        self._woken.set()

    async def run(self) -> None:
        """Until stopped."""
        attempt = 0
        while not self._stopping:
            seconds: float | None = None
            try:
                self._woken.clear()
                if await self.go_on(now=self._now()):
                    seconds = LOOKS_EVERY
                attempt = 0
            except StorageUnavailable as error:
                log.warning("doors wait: the database is %s", error.reason)
                seconds = pause(attempt)
                attempt += 1
            except Exception:
                log.exception("doors cannot be looked after; trying again")
                seconds = pause(attempt)
                attempt += 1
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._woken.wait()

    async def go_on(self, *, now: datetime) -> bool:
        """Change what is out of date; whether any door is open."""
        hanging = await self._door.hanging(now=now)
        present: dict[tuple[int, int], tuple[str, int]] = {}
        for sign, chat, message, language in hanging:
            present[chat, message] = sign.code, sign.came
            if self._shown.get((chat, message)) != (sign.code, sign.came):
                await self._cards.turn(sign, chat, message, language)
        self._shown = present
        return bool(hanging)

    def stop(self) -> None:
        self._stopping = True
        self._woken.set()
