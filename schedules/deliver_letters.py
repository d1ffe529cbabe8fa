"""Every hour: have the post office look, whatever else might have told it to."""

from collections.abc import Callable
from datetime import datetime


class DeliverLetters:
    """The post office wakes by itself; this is the alarm clock beside its bed."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    async def run(self, now: datetime) -> None:  # noqa: ARG002 -- every job is told the time
        self._wake()
