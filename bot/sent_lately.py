"""Counts the calls that Telegram may still hold against its limit of so many a second."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SPAN: Final = 1.0
LONGEST_TRUSTED: Final = 0.5


class SentLately:
    """Calls on the way, and those answered less than a second ago.

    A call arrives some time between its beginning and its answer, so it counts until a second
    after the answer; the quickest round trip seen is taken off, since no answer is faster.
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
        return max(0.001, self._answered[0] + SPAN - self._quickest - _now())

    @contextmanager
    def counted(self) -> Iterator[None]:
        begun = _now()
        self._on_the_way += 1
        try:
            yield
        finally:
            self._on_the_way -= 1
            self._answered.append(_now())
            self._quickest = min(self._quickest, _now() - begun)

    def _forget(self) -> None:
        oldest = _now() - SPAN + self._quickest
        while self._answered and self._answered[0] <= oldest:
            self._answered.popleft()


def _now() -> float:
    return asyncio.get_running_loop().time()
