"""Owns the tasks that run beside each other, so that none is forgotten and all are ended."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Nursery:
    """Starts tasks and keeps them; a task that fails says so in the log, the others go on."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(
        self, work: Coroutine[Any, Any, Any], name: str, *, watched: bool = False
    ) -> asyncio.Task[Any]:
        """Run it beside the others; a `watched` task's failure is told by who awaits it."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard if watched else self._ended)
        return task

    async def close(self, grace: float = 0.0) -> None:
        """Give the tasks `grace` seconds to end by themselves, then cancel them and wait."""
        if self._tasks and grace:
            await asyncio.wait(self._tasks, timeout=grace)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s failed", task.get_name(), exc_info=error)
