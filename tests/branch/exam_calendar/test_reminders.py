"""When a reminder falls due: whatever the date, the lead and the way in which time is cut up."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from branch.exam_calendar.edits import with_code
from branch.exam_calendar.model import Milestone, Moment
from branch.exam_calendar.reminders import LEADS, dues
from texts.language import Language

ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC"])
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
HOURS = st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0))


def milestone(day: date, hour: time | None, zone: ZoneInfo, lasts: int = 0) -> Milestone:
    starts = Moment(datetime.combine(day, hour or time(), zone), has_hour=hour is not None)
    end = datetime.combine(day + timedelta(days=lasts), time(), zone)
    return Milestone(
        id="registration",
        intake=2027,
        names=dict.fromkeys(Language, "x"),
        starts=starts,
        ends=Moment(end, has_hour=False) if lasts else None,
    )


@given(DAYS, HOURS, ZONES, st.sets(st.sampled_from(LEADS), min_size=1))
def test_each_lead_is_due_once_at_nine_so_many_days_before(
    day: date, hour: time | None, name: str, leads: set[int]
) -> None:
    zone = ZoneInfo(name)
    found = list(dues(milestone(day, hour, zone), leads, zone))

    assert {due.lead for due in found} == leads
    assert len(found) == len(leads)
    assert found == sorted(found, key=lambda due: due.at)
    for due in found:
        local = due.at.astimezone(zone)
        assert (local.hour, local.minute) == (9, 0)
        assert (day - local.date()).days == due.lead
        # it is useful as long as the number of days in it is true
        assert due.useful_until.astimezone(zone).date() == local.date() + timedelta(days=1)
        assert due.at < due.useful_until


@given(DAYS, ZONES, st.lists(st.integers(0, 24 * 60), min_size=2, max_size=12))
def test_however_often_one_looks_each_is_found_once(day: date, name: str, hours: list[int]) -> None:
    zone = ZoneInfo(name)
    due = list(dues(milestone(day, None, zone), LEADS, zone))
    begin = datetime.combine(day, time(), UTC) - timedelta(days=45)
    looks = sorted({begin + timedelta(hours=each) for each in hours})
    windows = list(zip([datetime.min.replace(tzinfo=UTC), *looks], looks, strict=False))
    found = [each for start, end in windows for each in due if start < each.at <= end]

    assert found == [each for each in due if each.at <= looks[-1]]


@given(DAYS, HOURS, ZONES, st.integers(0, 40))
def test_dates_are_read_back_from_their_code(
    day: date, hour: time | None, name: str, lasts: int
) -> None:
    zone = ZoneInfo(name)
    step = milestone(day, hour, zone, lasts)

    assert with_code(milestone(date(2020, 1, 1), None, zone), step.code, zone) == step
    assert with_code(step, "open", zone).code == "open"
    assert list(dues(with_code(step, "open", zone), LEADS, zone)) == []
