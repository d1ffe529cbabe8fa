"""Growing pauses between attempts, so that what is down is not hammered."""

import random
from datetime import timedelta

from telegram.error import RetryAfter

FIRST, LONGEST, FACTOR = 0.5, 30.0, 2.0


def pause(attempt: int, *, longest: float = LONGEST) -> float:
    """Seconds before the next attempt: 0.5, 1, 2 … up to the longest, a little at random."""
    return min(FIRST * FACTOR ** min(attempt, 10), longest) * random.uniform(0.8, 1.2)  # noqa: S311 -- spreads retries, guards nothing


def asked_pause(error: RetryAfter) -> float:
    """The seconds that Telegram asks for."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
