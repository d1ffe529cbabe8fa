"""The hours in which people sleep: what can wait until morning waits."""

from datetime import datetime, time, tzinfo

from msgspec import Struct


class QuietHours(Struct, frozen=True):
    """From `start` to `end` by the clock on the branch's wall; over midnight if start is later."""

    start: time
    end: time
    zone: tzinfo

    def cover(self, moment: datetime) -> bool:
        at = moment.astimezone(self.zone).time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end
