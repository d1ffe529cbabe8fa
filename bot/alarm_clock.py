"""Rings the jobs of the timetable: by real time, or along a clock that somebody moves."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from schedules.timetable import Job, Trigger
from storage.errors import StorageUnavailable

log = logging.getLogger(__name__)

MOST_RINGS = 20_000
INSTANT = timedelta(microseconds=1)
Settle = Callable[[datetime], Awaitable[None]]


class AlarmClock:
    """Keeps no jobs anywhere: what is due is asked of the database when it rings.

    `pace` is held while a clock is moved, and settles what has come of each ring before the next.
    `changes` is how often something has been written: a moved clock leaves out the rings of a job
    that says it has nothing to do until then, for as long as nothing is. Without it, each rings.
    """

    def __init__(
        self,
        timetable: Mapping[Job, Trigger],
        now: Callable[[], datetime],
        *,
        pace: Callable[[], AbstractAsyncContextManager[Settle]] | None = None,
        changes: Callable[[], int] | None = None,
    ) -> None:
        self._timetable = timetable
        self._now = now
        self._pace = pace or _no_pace
        self._changes = changes
        self._scheduler: AsyncIOScheduler | None = None

    async def start(self) -> None:
        """Ring everything once, for what fell due while we were away, and then by the timetable."""
        await self.ring_all()
        self._scheduler = AsyncIOScheduler()
        for job, trigger in self._timetable.items():
            self._scheduler.add_job(
                self._ring, trigger, args=[job], coalesce=True, misfire_grace_time=None
            )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    async def ring_all(self) -> None:
        for job in self._timetable:
            await self._ring(job)

    async def moved(self, old: datetime, new: datetime) -> None:
        """Ring what the timetable has between two moments, in order, each at its own time."""
        resting: dict[Job, tuple[datetime, int]] = {}
        async with self._pace() as settle:
            for at, job in self._rings_between(old, new):
                until, known = resting.get(job, (at, 0))
                if at >= until or known != self._written():
                    resting[job] = await self._rung(job, at)
                await self._settle(settle, at)
            await self._settle(settle, new)

    async def _rung(self, job: Job, at: datetime) -> tuple[datetime, int]:
        """Until when the job rests, and as of which change; what it said before one may be old."""
        before = self._written()
        until = await self._ring(job, at)
        if until is None or self._changes is None or self._written() != before:
            return at, before
        return until, before

    def _written(self) -> int:
        return 0 if self._changes is None else self._changes()

    def _rings_between(self, old: datetime, new: datetime) -> list[tuple[datetime, Job]]:
        rings: list[tuple[datetime, int, Job]] = []
        for index, (job, trigger) in enumerate(self._timetable.items()):
            # from just after `old`: what was due at that moment rang when the clock came to it
            at = trigger.get_next_fire_time(None, old + INSTANT)
            while at is not None and at <= new and len(rings) < MOST_RINGS:
                rings.append((at, index, job))
                at = trigger.get_next_fire_time(at, at + INSTANT)
        return [(at, job) for at, _, job in sorted(rings, key=lambda ring: ring[:2])]

    async def _settle(self, settle: Settle, at: datetime) -> None:
        try:
            await settle(at)
        except Exception:
            log.exception("what fell due at %s could not be settled", at)

    async def _ring(self, job: Job, at: datetime | None = None) -> datetime | None:
        try:
            return await job(at or self._now())
        except StorageUnavailable as error:
            log.warning("the job %s waits: the database is %s", _name(job), error.reason)
        except Exception:
            log.exception("the job %s failed; it will be rung again", _name(job))
        return None


@asynccontextmanager
async def _no_pace() -> AsyncIterator[Settle]:
    async def nothing(at: datetime) -> None:
        """Nothing has to be settled."""

    yield nothing


def _name(job: Any) -> str:
    return str(getattr(job, "__qualname__", job))
