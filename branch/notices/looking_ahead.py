"""When the next thing about notices happens by the clock alone."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final

from branch.dates.looking_ahead import first_after
from branch.notices import occasions as days
from branch.notices import series
from branch.notices.model import Notice, NoticeState
from branch.notices.occasions import Occasion
from branch.notices.ports import Begin, NoticeWork
from branch.notices.watching import progress_of

_NEARLY: Final = timedelta(minutes=5)
"""A card says of what goes out within moments that it does."""


class NoticesAhead:
    def __init__(self, look: Begin, occasions: Sequence[Occasion], *, zone: tzinfo) -> None:
        self._look = look
        self._occasions = occasions
        self._zone = zone

    async def next_at(self, *, now: datetime) -> datetime | None:
        """Before it nothing falls due unless somebody writes. None where that cannot be said."""
        async with self._look() as work:
            if await work.notices.to_amend() or await work.notices.in_state(NoticeState.PAUSED):
                return None
            recurring = await work.notices.in_state(NoticeState.RECURRING)
            moments = [each.starts_at - series.AHEAD for each in recurring]
            for notice in await work.notices.in_state(NoticeState.RUNNING):
                waits = await _waits_until(work, notice, now)
                if waits is None:
                    return None
                moments.append(waits)
        if any(at <= now for at in moments):
            return None
        return first_after([*moments, *self._of_the_year(now)], now)

    def _of_the_year(self, now: datetime) -> Iterator[datetime]:
        here = now.astimezone(self._zone)
        for occasion in self._occasions:
            for year in (here.year, here.year + 1):
                yield occasion.moment(year, self._zone) - days.AHEAD


async def _waits_until(work: NoticeWork, notice: Notice, now: datetime) -> datetime | None:
    """When the first letter of a notice goes out; None once one has, or while one is written.

    From then on it is under way, and its card shows how far it is, whatever the time.
    """
    progress = await progress_of(work, notice, now)
    if notice.lettered_at is None or progress.waiting < progress.total:
        return None
    return None if progress.next_at is None else min(progress.next_at, notice.starts_at) - _NEARLY
