"""Which moment a wall clock means, also on the days on which clocks are changed."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def moment_of(day: date, at: time, zone: tzinfo) -> datetime:
    """In UTC: of an hour that comes twice the first, of one left out the next minute there is."""
    wall = datetime.combine(day, at.replace(fold=0))
    while not _exists(wall, zone):
        wall += timedelta(minutes=1)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _exists(wall: datetime, zone: tzinfo) -> bool:
    there_and_back = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None) == wall
