"""When there may next be something to do: what by the clock is told, so that it need not look."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

NEVER: Final = datetime.max.replace(tzinfo=UTC)
"""Not for as long as nobody writes anything."""


def first_after(moments: Iterable[datetime], now: datetime) -> datetime:
    """The first that is later than now; NEVER where there is none."""
    return min((each for each in moments if each > now), default=NEVER)
