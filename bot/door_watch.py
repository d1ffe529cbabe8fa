"""Keeps the signs at open doors up to date: each code is shown in time, before the last is over."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final, Protocol

from bot.watching import Watch
from branch.theme_days.door import DoorSign
from texts.language import Language

LOOKS_EVERY: Final = 20.0


class Door(Protocol):
    def hanging(
        self, *, now: datetime
    ) -> Awaitable[Sequence[tuple[DoorSign, int, int, Language]]]: ...


class Cards(Protocol):
    def turn(
        self, sign: DoorSign, chat: int, message: int, language: Language
    ) -> Awaitable[None]: ...


class DoorWatch(Watch):
    """While no door is open it sleeps until one is shown; at the start it looks once."""

    def __init__(self, door: Door, cards: Cards, now: Callable[[], datetime]) -> None:
        super().__init__("doors", now, busy=LOOKS_EVERY, idle=None)
        self._door = door
        self._cards = cards
        self._shown: dict[tuple[int, int], tuple[str, int]] = {}

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
