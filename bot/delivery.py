"""Keeps the post office at work: at once when letters are written, and when something falls due."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from bot.nursery import Nursery
from bot.pauses import pause
from branch.outbox.kinds import Lane
from branch.outbox.service import PostOffice, Round
from storage.errors import StorageUnavailable

log = logging.getLogger(__name__)

LONGEST_SLEEP: Final = 5.0
ROUNDS_AT_ONCE: Final = {Lane.PROMPT: 8, Lane.BULK: 2}
"""A chat that Telegram slows down holds up its own round of prompt letters, not the next one."""


class Delivery:
    """A loop for each lane.

    Along a moved clock they stand still, and what falls due on the way is carried at the moment at
    which it falls due.
    """

    def __init__(self, post_office: PostOffice, now: Callable[[], datetime]) -> None:
        self._post_office = post_office
        self._now = now
        self._woken = {lane: asyncio.Event() for lane in Lane}
        self._places = {lane: asyncio.Semaphore(ROUNDS_AT_ONCE[lane]) for lane in Lane}
        self._may_run = asyncio.Event()
        self._may_run.set()
        self._looking = 0
        self._rounds = Nursery()
        self._under_way: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._written = True
        """Whether letters may have been written since somebody looked along a moved clock."""

    def wake(self) -> None:
        """Letters were written: look now."""
        self._written = True
        self.look()

    def look(self) -> None:
        """Letters may have fallen due: look now."""
        for event in self._woken.values():
            event.set()

    async def run(self, lane: Lane) -> None:
        """Until stopped. A database that is away is waited out."""
        attempt = 0
        while not self._stopping:
            try:
                await self._sleep_until_due(lane)
                await self._may_run.wait()
                await self._take(lane)
                attempt = 0
            except StorageUnavailable as error:
                log.warning("letters wait: the database is %s", error.reason)
                await asyncio.sleep(pause(attempt))
                attempt += 1
            except Exception:
                log.exception("letters cannot be delivered; trying again")
                await asyncio.sleep(pause(attempt))
                attempt += 1

    async def deliver_due(self, at: datetime) -> None:
        """Carry everything that is due at the moment, and come back when it is done."""
        for lane in Lane:
            while await self._is_due(lane, at):
                taken = await self._post_office.claim(lane, now=at)
                if not taken.claimed:
                    break
                await self._post_office.carry(taken)

    @asynccontextmanager
    async def at_pace(self) -> AsyncIterator[Callable[[datetime], Awaitable[None]]]:
        """The loops stand still; gives what delivers at a moment of one's own choice.

        Between two letters it asks the database nothing: a month has more than 700 hours.
        """
        self._may_run.clear()
        next_due: datetime | None = None

        async def deliver(at: datetime) -> None:
            nonlocal next_due
            if self._written or (next_due is not None and next_due <= at):
                self._written = False
                await self.deliver_due(at)
                next_due = await self._post_office.next_of_all()

        try:
            await self._ended()
            self._written = True
            yield deliver
        finally:
            self._may_run.set()
            self.wake()

    async def idle(self) -> None:
        """Come back when nothing is under way and nobody has asked to look."""
        while self._looking or self._under_way or self._asked_to_look():  # noqa: ASYNC110 -- three things end in any order, each within moments
            await asyncio.sleep(0.002)

    async def close(self, grace: float) -> None:
        """Take no more, and let what is under way end."""
        self._stopping = True
        self.wake()
        await self._rounds.close(grace)

    async def _sleep_until_due(self, lane: Lane) -> None:
        seconds = await self._seconds_to_next(lane)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken[lane].wait()

    async def _seconds_to_next(self, lane: Lane) -> float:
        now = self._now()
        due = await self._post_office.next_try(lane, now=now)
        if due is None:
            return LONGEST_SLEEP
        return min(max(0.0, (due - now).total_seconds()), LONGEST_SLEEP)

    async def _take(self, lane: Lane) -> None:
        """Claim what is due and have it carried; more than one round may be under way."""
        await self._places[lane].acquire()
        self._looking += 1
        taken = None
        try:
            self._woken[lane].clear()
            now = self._now()
            if self._may_run.is_set() and not self._stopping and await self._is_due(lane, now):
                taken = await self._post_office.claim(lane, now=now)
            if taken and taken.to_carry:
                task = self._rounds.start(self._carry(lane, taken), "carrying letters")
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
        finally:
            self._looking -= 1
            if not taken or not taken.to_carry:
                self._places[lane].release()

    async def _carry(self, lane: Lane, taken: Round) -> None:
        try:
            await self._post_office.carry(taken)
        finally:
            self._places[lane].release()
            # what was put back may be due before the loop would look again
            self._woken[lane].set()

    async def _is_due(self, lane: Lane, at: datetime) -> bool:
        due = await self._post_office.next_try(lane, now=at)
        return due is not None and due <= at

    def _asked_to_look(self) -> bool:
        return any(event.is_set() for event in self._woken.values())

    async def _ended(self) -> None:
        while self._looking or self._under_way:  # noqa: ASYNC110 -- as in `idle`
            await asyncio.sleep(0.002)
