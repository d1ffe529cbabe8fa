"""Long polling: one bot at a time waits for its updates."""

import asyncio
from typing import Final

from playground.errors import Conflict
from playground.model import Json
from playground.update_queue import UpdateQueue

_LONGEST_WAIT: Final = 50


class Polling:
    def __init__(self, queue: UpdateQueue) -> None:
        self._queue = queue
        self._current: asyncio.Future[None] | None = None
        queue.on_arrival(self.wake)

    async def updates(self, *, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109 -- it is the Bot API's own argument
        """The updates from `offset` on; waits up to `timeout` seconds for the first.

        A poll that starts to wait ends the one that was waiting with Conflict.
        """
        ready = self._queue.from_offset(offset, limit)
        if ready or timeout <= 0:
            return ready
        self.end(
            "terminated by other getUpdates request;"
            " make sure that only one bot instance is running"
        )
        waiting = asyncio.get_running_loop().create_future()
        self._current = waiting
        try:
            await asyncio.wait_for(waiting, min(timeout, _LONGEST_WAIT))
        except TimeoutError:
            return []
        finally:
            if self._current is waiting:
                self._current = None
        return self._queue.from_offset(offset, limit)

    def wake(self) -> None:
        """Let the waiting poll answer at once with what there is."""
        if self._current is not None and not self._current.done():
            self._current.set_result(None)

    def end(self, reason: str) -> None:
        if self._current is not None and not self._current.done():
            self._current.set_exception(Conflict(reason))
