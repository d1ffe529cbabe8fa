"""The calendar as an iCalendar file that phones and desktops can subscribe their owners to."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event, Timezone
from msgspec import Struct

from branch.exam_calendar.model import Milestone, Moment

PRODUCT: Final = "-//Linghang//Exam calendar//ZH"
UID_DOMAIN: Final = "linghang"
ALARM_AT: Final = timedelta(hours=9)
DAY: Final = timedelta(days=1)
EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)


class EventWords(Struct, frozen=True, kw_only=True):
    """What the file says of a milestone."""

    milestone: Milestone
    summary: str
    description: str


def calendar_file(name: str, events: Iterable[EventWords], *, now: datetime) -> bytes:
    """One event a milestone whose date is known; imported again, it takes the place of itself."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    written = [_event(each, now) for each in events if each.milestone.announced]
    for zone in _zones(written):
        calendar.add_component(zone)
    for event in written:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(words: EventWords, now: datetime) -> Event:
    step, event = words.milestone, Event()
    assert step.starts is not None
    event.add("uid", f"{step.intake}-{step.id}@{UID_DOMAIN}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", words.summary)
    event.add("description", words.description)
    changed = step.edited_at or datetime.combine(step.checked_on or EPOCH.date(), time(), UTC)
    # what was written later is a later version of the event
    event.add("sequence", max(0, (changed - EPOCH) // timedelta(minutes=1)))
    event.add("last-modified", changed.astimezone(UTC))
    if step.source.url:
        event.add("url", step.source.url)
    starts, ends = _span(step.starts, step.ends)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(words.summary, all_day=not isinstance(starts, datetime)))
    return event


def _span(starts: Moment, ends: Moment | None) -> tuple[date | datetime, date | datetime]:
    """Days, the last one exclusive as the format wants it; hours where either end has one."""
    last = ends or starts
    if not starts.has_hour and not last.has_hour:
        return starts.day, last.day + DAY
    until = last.passed_at
    return starts.at, until if until > starts.at else starts.at + timedelta(hours=1)


def _alarm(summary: str, *, all_day: bool) -> Alarm:
    """A day before an hour, and at nine on the day before a day."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", ALARM_AT - DAY if all_day else -DAY)
    return alarm


def _zones(events: Iterable[Event]) -> list[Timezone]:
    """The definition of each zone that an event names, for readers that do not know it."""
    starts = [event.start for event in events]
    names = {str(each.tzinfo) for each in starts if isinstance(each, datetime)}
    return [Timezone.from_tzid(name, last_date=date(2038, 1, 1)) for name in sorted(names)]
