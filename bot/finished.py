"""Marks handled updates as handled, many in one commit: most of them have changed nothing else."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.nursery import Nursery
from bot.pauses import pause
from storage.errors import StorageUnavailable
from storage.work import Transactions

log = logging.getLogger(__name__)

GATHER_SECONDS = 0.05
AT_ONCE = 500


class Finished:
    """An id added here is written soon after. One that a crash takes is handled again: no loss."""

    def __init__(self, transactions: Transactions, now: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._now = now
        self._ids: list[int] = []
        self._nursery = Nursery()
        self._writing = False

    def add(self, update_id: int) -> None:
        self._ids.append(update_id)
        if not self._writing:
            self._writing = True
            self._nursery.start(self._write_soon(), "finished updates")

    async def flush(self) -> None:
        """Write what is left; raises StorageUnavailable, and then it is still left."""
        while self._ids:
            ids = self._ids[:AT_ONCE]
            async with self._transactions.begin() as work:
                await work.updates.finish(ids, now=self._now())
            del self._ids[: len(ids)]

    async def close(self) -> None:
        await self._nursery.close()
        try:
            await self.flush()
        except StorageUnavailable as error:
            log.warning("%d handled updates will be seen again: %s", len(self._ids), error.reason)

    async def _write_soon(self) -> None:
        attempt = 0
        try:
            while self._ids:
                await asyncio.sleep(GATHER_SECONDS)
                try:
                    await self.flush()
                except StorageUnavailable:
                    await asyncio.sleep(pause(attempt))
                    attempt += 1
        finally:
            self._writing = False
