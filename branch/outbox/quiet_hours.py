"""The hours in which people sleep: what can wait until morning waits."""

from dataclasses import dataclass
from datetime import datetime, time, tzinfo


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to `end` by the clock on the branch's wall; over midnight if start is later."""

    start: time
    end: time
    zone: tzinfo

    def cover(self, moment: datetime) -> bool:
        at = moment.astimezone(self.zone).time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end
