"""Telegram's limits on how fast a bot may send, kept as sliding windows of the world's clock."""

import math
from collections import defaultdict, deque

from msgspec import Struct

from playground.errors import TooManyRequests

_SECOND = 1.0
_MINUTE = 60.0


class Limits(Struct, kw_only=True):
    """How many messages a bot may send or edit; None for no limit."""

    per_second: int | None = None
    per_chat_per_second: int | None = None
    per_group_per_minute: int | None = None


class Speedometer:
    def __init__(self) -> None:
        self._all: deque[float] = deque()
        self._by_chat: defaultdict[int, deque[float]] = defaultdict(deque)
        self._by_group: defaultdict[int, deque[float]] = defaultdict(deque)

    def admit(self, limits: Limits, chat_id: int, now: float, messages: int = 1) -> None:
        """Count `messages` to `chat_id`, or raise TooManyRequests and count nothing."""
        windows = []
        if limits.per_second is not None:
            windows.append((self._all, limits.per_second, _SECOND))
        if limits.per_chat_per_second is not None:
            windows.append((self._by_chat[chat_id], limits.per_chat_per_second, _SECOND))
        if limits.per_group_per_minute is not None and chat_id < 0:
            windows.append((self._by_group[chat_id], limits.per_group_per_minute, _MINUTE))
        waits = [_wait(window, limit, span, now, messages) for window, limit, span in windows]
        if any(waits):
            raise TooManyRequests(max(1, math.ceil(max(waits))))
        for window, _, _ in windows:
            window.extend([now] * messages)


def _wait(window: deque[float], limit: int, span: float, now: float, messages: int) -> float:
    """Seconds until `messages` more fit into the window; 0 when they fit now."""
    while window and window[0] <= now - span:
        window.popleft()
    surplus = len(window) + messages - limit
    if surplus <= 0 or not window:
        return 0.0
    return max(window[min(surplus, len(window)) - 1] + span - now, 0.001)
