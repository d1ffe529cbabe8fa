"""Counts the calls that Telegram may still hold against its limit of so many a second."""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SPAN: Final = 1.0
LONGEST_TRUSTED: Final = 0.5


class SentLately:
    """Calls on the way, and those answered less than a second ago.

    A call arrives some time between its beginning and its answer, so it counts until a second
    after the answer. Half of the quickest round trip seen is taken off: the next one needs its time
    too, but how much of it was the way and how much Telegram's own work is not known.
    """

    def __init__(self) -> None:
        self._on_the_way = 0
        self._answered: deque[float] = deque()
        self._quickest = LONGEST_TRUSTED

    @property
    def count(self) -> int:
        self._forget()
        return self._on_the_way + len(self._answered)

    @property
    def wait(self) -> float:
        """Seconds until there may be one less."""
        self._forget()
        if not self._answered:
            return 0.01
        return max(0.001, self._answered[0] + SPAN - self._quickest / 2 - _now())

    @contextmanager
    def counted(self) -> Iterator[None]:
        begun = self.begin()
        try:
            yield
        finally:
            self.end(begun)

    def begin(self) -> float:
        """One sets out; what it gives belongs to its `end`."""
        self._on_the_way += 1
        return _now()

    def end(self, begun: float) -> None:
        now = _now()
        self._on_the_way -= 1
        self._answered.append(now)
        self._quickest = min(self._quickest, now - begun)

    def _forget(self) -> None:
        oldest = _now() - SPAN + self._quickest / 2
        while self._answered and self._answered[0] <= oldest:
            self._answered.popleft()


def _now() -> float:
    # not the loop's time: uvloop's goes by whole milliseconds, and one too few ends in a 429
    return time.monotonic()
