"""The rule of a series keeps the wall clock where clocks are changed, and avoids what is busy."""

from datetime import UTC, date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from branch.dates.holidays import Holidays
from branch.dates.reading_recurrence import read_recurrence
from branch.dates.recurrence import OnHoliday
from branch.theme_days.series import SeriesPlan
from branch.theme_days.series_desk import SeriesDesk
from branch.tickets.working_hours import Closed

NOTHING: Any = cast("Any", None)


def times(rule: str, now: datetime, zone: str, *busy: Closed) -> list[datetime]:
    """As the wall clock of the zone shows them."""
    here = ZoneInfo(zone)
    desk = SeriesDesk(NOTHING, NOTHING, NOTHING, busy=Holidays(busy), zone=here)
    plan = SeriesPlan(name="一", recurrence=read_recurrence(rule, today=now.date()))
    return [each.astimezone(here) for each in desk.next_times(plan, now=now)]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Shanghai"])
def test_seven_in_the_evening_is_seven_in_the_evening(zone: str) -> None:
    found = times("every Thursday 19:00", datetime(2027, 3, 8, tzinfo=UTC), zone)
    found += times("every Thursday 19:00", datetime(2027, 10, 25, tzinfo=UTC), zone)

    assert {(each.hour, each.minute, each.weekday()) for each in found} == {(19, 0, 3)}


def test_what_is_busy_is_passed_over_as_the_rule_says() -> None:
    week = Closed(date(2026, 12, 14), date(2026, 12, 20), "初试")
    now = datetime(2026, 12, 1, tzinfo=UTC)
    rule = "third Thursday of the month 19:00"

    [first, *_] = times(f"{rule}, {OnHoliday.AFTER} holiday", now, "Asia/Shanghai", week)
    assert first.date() == date(2026, 12, 21)
    [first, *_] = times(f"{rule}, {OnHoliday.SKIP} holiday", now, "Asia/Shanghai", week)
    assert first.date() == date(2027, 1, 21)
