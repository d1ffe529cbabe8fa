"""What a reader has chosen: which kinds of notices, when, and how long to be left alone."""

from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from branch.notices.model import NoticeKind

GATHERED_AT: Final = time(19)
"""By the clock on the branch's wall; a weekly gathering comes on Sunday."""
_SUNDAY: Final = 6


class Gathering(StrEnum):
    """When notices come: as they are sent, or together in the evening, or on Sunday evening."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class Wishes(Struct, frozen=True, kw_only=True):
    """Urgent notices come whatever is chosen here."""

    off: frozenset[NoticeKind] = frozenset()
    gathering: Gathering = Gathering.AT_ONCE
    muted_until: datetime | None = None

    def wants(self, kind: NoticeKind) -> bool:
        return kind not in self.off

    def toggled(self, kind: NoticeKind) -> "Wishes":
        return replace(self, off=self.off ^ {kind})

    def due(self, at: datetime, zone: tzinfo) -> datetime:
        """When a letter that could go out at this moment does."""
        earliest = max(at, self.muted_until) if self.muted_until else at
        if self.gathering is Gathering.AT_ONCE:
            return earliest
        local = earliest.astimezone(zone)
        day = local.date()
        if local > datetime.combine(day, GATHERED_AT, zone):
            day += timedelta(days=1)
        if self.gathering is Gathering.WEEKLY:
            day += timedelta(days=(_SUNDAY - day.weekday()) % 7)
        return datetime.combine(day, GATHERED_AT, zone)
