"""One person's updates in order, different people's in parallel."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from bot.nursery import Nursery
from storage.updates import StoredUpdate

log = logging.getLogger(__name__)

AT_ONCE = 256
ENOUGH_WAITING = 2_000

_Lane = tuple[int, bool]


class Lanes:
    """A queue a person; each is worked off by one task while it has something in it."""

    def __init__(
        self, handle: Callable[[StoredUpdate], Awaitable[None]], *, at_once: int = AT_ONCE
    ) -> None:
        self._handle = handle
        self._at_once = asyncio.Semaphore(at_once)
        self._nursery = Nursery()
        self._waiting: dict[_Lane, deque[StoredUpdate]] = {}
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._room = asyncio.Event()
        self._room.set()

    @property
    def count(self) -> int:
        """Updates waiting or being handled."""
        return self._count

    def put(self, update: StoredUpdate, *, newest_only: bool = False) -> None:
        """Queue the update; of those with `newest_only`, a person's newest takes the others' place.

        These go in a lane of their own: they wait for nothing else, and nothing waits for them.
        """
        lane = (update.lane, newest_only)
        queue = self._waiting.get(lane)
        if newest_only and queue is not None and len(queue) > 1:
            queue[-1] = update
            return
        self._count += 1
        self._idle.clear()
        if self._count >= ENOUGH_WAITING:
            self._room.clear()
        if queue is not None:
            queue.append(update)
            return
        self._waiting[lane] = deque([update])
        self._nursery.start(self._work_off(lane), f"lane {update.lane}")

    async def room(self) -> None:
        """Wait until not too much is waiting: what we cannot take is safer with Telegram."""
        await self._room.wait()

    async def idle(self) -> None:
        """Wait until nothing is waiting or being handled."""
        await self._idle.wait()

    async def close(self, grace: float) -> None:
        """Finish what can be in `grace` seconds; the rest is kept and done at the next start."""
        try:
            async with asyncio.timeout(grace):
                await self._idle.wait()
        except TimeoutError:
            pass
        await self._nursery.close()

    async def _work_off(self, lane: _Lane) -> None:
        queue = self._waiting[lane]
        try:
            while queue:
                async with self._at_once:
                    await self._handle_next(queue[0])
                queue.popleft()
                self._one_less()
        finally:
            # cut off in the midst, what is left stays unfinished in the database
            self._waiting.pop(lane, None)

    async def _handle_next(self, update: StoredUpdate) -> None:
        try:
            await self._handle(update)
        except Exception:
            # the person's later updates do not wait for a fault of ours to be mended
            log.exception("update %s failed", update.update_id)

    def _one_less(self) -> None:
        self._count -= 1
        if self._count < ENOUGH_WAITING:
            self._room.set()
        if self._count == 0:
            self._idle.set()
