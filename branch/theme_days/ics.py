"""A theme day for the phone's own calendar."""

from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

from branch.theme_days.model import DayState, ThemeDay

PRODUCT: Final = "-//Linghang//Theme days//ZH"
ALARM: Final = timedelta(hours=2)


def day_file(day: ThemeDay, *, now: datetime) -> bytes:
    """One event; imported again after a change, it takes the place of itself."""
    calendar, event, alarm = Calendar(), Event(), Alarm()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event.add("uid", f"day-{day.id}@linghang")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", day.version)
    event.add("summary", day.plan.title)
    event.add("location", day.plan.place)
    if day.plan.speakers:
        event.add("description", day.plan.speakers)
    event.add("dtstart", day.plan.starts_at.astimezone(UTC))
    event.add("dtend", day.ends_at().astimezone(UTC))
    event.add("status", "CONFIRMED" if day.state is DayState.OPEN else "CANCELLED")
    alarm.add("action", "DISPLAY")
    alarm.add("description", day.plan.title)
    alarm.add("trigger", -ALARM)
    event.add_component(alarm)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
