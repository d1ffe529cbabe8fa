"""The playground's own time: it flows like real time and can be moved forward."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

Listener = Callable[[datetime, datetime], Awaitable[None]]


class ClockMovesForward(Exception):
    def __init__(self, now: datetime, wanted: datetime) -> None:
        super().__init__(f"the clock shows {now.isoformat()} and cannot go back to {wanted}")
        self.now = now
        self.wanted = wanted


class MovableClock:
    def __init__(self, start: datetime | None = None) -> None:
        """Start at `start` (aware), or at the real moment."""
        start = start or datetime.now(UTC)  # noqa: TID251 -- here is where time comes from
        # What must be added to the monotonic clock: the wall clock may be set back, this may not.
        self._ahead = start.timestamp() - time.monotonic()
        self._listeners: list[Listener] = []

    def now(self) -> datetime:
        """The moment in UTC; never earlier than one that was told before."""
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def timestamp(self) -> float:
        """The moment as seconds since 1970, UTC."""
        return time.monotonic() + self._ahead

    async def move_to(self, when: datetime) -> None:
        """Jump ahead to `when` and tell everyone who asked; raises ClockMovesForward."""
        old = self.now()
        if when < old:
            raise ClockMovesForward(old, when)
        self._ahead += (when - old).total_seconds()
        new = self.now()
        for listener in list(self._listeners):
            await listener(old, new)

    def on_moved(self, listener: Listener) -> None:
        self._listeners.append(listener)
