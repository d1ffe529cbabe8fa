"""By when an answer is expected, in hours in which members work: days of term, not nights."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from msgspec import Struct

OPENS: Final = time(8)
CLOSES: Final = time(22)
USUAL: Final = timedelta(hours=14)
"""A day of work: what is asked in the evening is due the next evening."""
URGENT: Final = timedelta(hours=4)
FURTHEST: Final = 400
"""Days; a calendar without an open day among them is broken, and nothing is promised by it."""


class Closed(Struct, frozen=True):
    """Days on which nobody has to answer, both included, and why."""

    first: date
    last: date
    name: str


class WorkingHours(Struct, frozen=True):
    """Open from 8 to 22 in the zone, on every day that is not closed.

    Weeks of `exams` are open; members answer, but nobody has an evening for anything else.
    """

    zone: tzinfo
    closed: Sequence[Closed] = ()
    exams: Sequence[Closed] = ()

    def promise(self, asked_at: datetime, urgent: bool) -> datetime:  # noqa: FBT001 -- a Promise's signature
        """By when who asks at `asked_at` may expect an answer; in UTC, never before it."""
        return self.after(asked_at, URGENT if urgent else USUAL)

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The moment at which so much working time has passed since then, in UTC."""
        at, left = start.astimezone(self.zone), span
        for _ in range(FURTHEST):
            opens, closes = self._hours_of(at.date())
            at = max(at, opens)
            if self._open_on(at.date()) and at < closes:
                room = closes - at
                if left <= room:
                    return (at + left).astimezone(UTC)
                left -= room
            at, _ = self._hours_of(at.date() + timedelta(days=1))
        return (start + span).astimezone(UTC)

    def _open_on(self, day: date) -> bool:
        return not any(each.first <= day <= each.last for each in self.closed)

    def _hours_of(self, day: date) -> tuple[datetime, datetime]:
        return (
            datetime.combine(day, OPENS, self.zone),
            datetime.combine(day, CLOSES, self.zone),
        )
