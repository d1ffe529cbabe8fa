"""When a notice recurs: never lost, never twice, and in order."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from borax.calendars import LunarDate
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from branch.dates.holidays import Holidays
from branch.dates.recurrence import LAST, Every, OnHoliday, Recurrence, RecurrenceFaulty

SHANGHAI, BERLIN, APIA = (
    ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "Pacific/Apia")
)
ONE_DAY = timedelta(days=1)
START = date(2026, 9, 1)


class Days(Struct, frozen=True):
    first: date
    last: date
    name: str = "放假"


NATIONAL = Holidays([Days(date(2026, 10, 1), date(2026, 10, 7))])
NONE = Holidays()


def rule(every: Every, **particulars: Any) -> Recurrence:
    return Recurrence(
        **{"every": every, "at": time(9), "starts": START, **particulars},
    )


def days_of(recurrence: Recurrence, holidays: Holidays = NONE, n: int = 4) -> list[str]:
    """The next days as a person would write them."""
    moment = datetime(2026, 9, 1, tzinfo=SHANGHAI)
    days: list[str] = []
    while len(days) < n:
        following = recurrence.next_after(moment, holidays, SHANGHAI)
        if following is None:
            break
        moment = following
        days.append(f"{following.astimezone(SHANGHAI):%Y-%m-%d}")
    return days


@pytest.mark.parametrize(
    ("recurrence", "days"),
    [
        (rule(Every.DAILY), ["2026-09-01", "2026-09-02", "2026-09-03"]),
        (rule(Every.DAILY, interval=3), ["2026-09-01", "2026-09-04", "2026-09-07"]),
        (rule(Every.WEEKLY, weekdays=(2, 0)), ["2026-09-02", "2026-09-07", "2026-09-09"]),
        (rule(Every.WEEKLY, weekdays=(4,), interval=2), ["2026-09-04", "2026-09-18", "2026-10-02"]),
        (rule(Every.WEEKLY, weekdays=(0,), interval=2), ["2026-09-07", "2026-09-21", "2026-10-05"]),
        (rule(Every.MONTHLY_DATE, day=31), ["2026-09-30", "2026-10-31", "2026-11-30"]),
        (rule(Every.MONTHLY_DATE, day=1, interval=2), ["2026-09-01", "2026-11-01", "2027-01-01"]),
        (
            rule(Every.MONTHLY_DATE, day=10, interval=3, starts=date(2026, 9, 11)),
            ["2026-10-10", "2027-01-10", "2027-04-10"],
        ),
        (
            rule(Every.MONTHLY_WEEKDAY, weekdays=(3,), nth=2),
            ["2026-09-10", "2026-10-08", "2026-11-12"],
        ),
        (
            rule(Every.MONTHLY_WEEKDAY, weekdays=(3,), nth=LAST),
            ["2026-09-24", "2026-10-29", "2026-11-26"],
        ),
        (rule(Every.YEARLY_DATE, month=7, day=1), ["2027-07-01", "2028-07-01", "2029-07-01"]),
        (rule(Every.YEARLY_DATE, month=2, day=29), ["2027-02-28", "2028-02-29", "2029-02-28"]),
        (rule(Every.YEARLY_LUNAR, month=8, day=15), ["2026-09-25", "2027-09-15", "2028-10-03"]),
        (rule(Every.YEARLY_LUNAR, month=1, day=1), ["2027-02-06", "2028-01-26", "2029-02-13"]),
        # the evening before the new year, in a month of 29 or 30 days
        (rule(Every.YEARLY_LUNAR, month=12, day=30), ["2027-02-05", "2028-01-25", "2029-02-12"]),
        # 2028 has a fifth month twice: the leap one is not meant
        (rule(Every.YEARLY_LUNAR, month=5, day=5), ["2027-06-09", "2028-05-28", "2029-06-16"]),
        (rule(Every.DAILY, ends=date(2026, 9, 2)), ["2026-09-01", "2026-09-02"]),
    ],
)
def test_it_recurs_on_its_days(recurrence: Recurrence, days: list[str]) -> None:
    assert days_of(recurrence, n=3) == days


@pytest.mark.parametrize(
    ("on_holiday", "days"),
    [
        (OnHoliday.SEND, ["2026-09-29", "2026-10-02", "2026-10-05", "2026-10-08"]),
        (OnHoliday.SKIP, ["2026-09-29", "2026-10-08", "2026-10-11", "2026-10-14"]),
        (OnHoliday.BEFORE, ["2026-09-29", "2026-09-30", "2026-10-08", "2026-10-11"]),
        (OnHoliday.AFTER, ["2026-09-29", "2026-10-08", "2026-10-11", "2026-10-14"]),
    ],
)
def test_what_falls_on_holidays_is_left_out_or_moved_and_comes_once(
    on_holiday: OnHoliday, days: list[str]
) -> None:
    every_three_days = rule(
        Every.DAILY, interval=3, starts=date(2026, 9, 29), on_holiday=on_holiday
    )

    assert days_of(every_three_days, NATIONAL) == days


def test_what_is_moved_beyond_the_ends_is_not_lost() -> None:
    once = {"starts": date(2026, 10, 2), "ends": date(2026, 10, 2)}

    assert days_of(rule(Every.DAILY, **once, on_holiday=OnHoliday.BEFORE), NATIONAL) == [
        "2026-09-30"
    ]
    assert days_of(rule(Every.DAILY, **once, on_holiday=OnHoliday.AFTER), NATIONAL) == [
        "2026-10-08"
    ]
    assert days_of(rule(Every.DAILY, **once, on_holiday=OnHoliday.SKIP), NATIONAL) == []


def test_what_is_moved_over_the_ends_of_the_time_asked_for_is_found() -> None:
    fridays = rule(Every.WEEKLY, weekdays=(4,), on_holiday=OnHoliday.AFTER)
    mondays = rule(Every.WEEKLY, weekdays=(0,), on_holiday=OnHoliday.BEFORE)
    in_the_holidays = datetime(2026, 10, 6, 12, tzinfo=SHANGHAI)
    the_evening_before = datetime(2026, 9, 30, 20, tzinfo=SHANGHAI)

    following = fridays.next_after(in_the_holidays, NATIONAL, SHANGHAI)
    found = mondays.upcoming(the_evening_before - ONE_DAY, the_evening_before, NATIONAL, SHANGHAI)

    assert following == datetime(2026, 10, 8, 9, tzinfo=SHANGHAI)
    assert found == [datetime(2026, 9, 30, 9, tzinfo=SHANGHAI)]


def test_the_next_is_strictly_after_the_moment_and_in_utc() -> None:
    daily, nine = rule(Every.DAILY), datetime(2026, 9, 10, 9, tzinfo=SHANGHAI)

    following = daily.next_after(nine, NONE, SHANGHAI)
    before = daily.next_after(nine - timedelta(microseconds=1), NONE, SHANGHAI)

    assert (before, following) == (nine, nine + ONE_DAY)
    assert following is not None
    assert following.tzinfo is UTC


def test_what_is_over_or_five_years_away_does_not_come() -> None:
    moment = datetime(2026, 9, 2, tzinfo=SHANGHAI)
    closed = Holidays([Days(date(2026, 9, 1), date(2032, 9, 1))])

    assert rule(Every.DAILY, ends=START).next_after(moment, NONE, SHANGHAI) is None
    assert rule(Every.DAILY, starts=date(2033, 1, 1)).next_after(moment, NONE, SHANGHAI) is None
    skipping = rule(Every.DAILY, on_holiday=OnHoliday.SKIP)
    assert skipping.next_after(moment, closed, SHANGHAI) is None


@pytest.mark.parametrize(
    ("zone", "at", "starts", "times"),
    [
        # 2:00 becomes 3:00
        (
            BERLIN,
            time(2, 30),
            date(2027, 3, 27),
            ["03-27 02:30", "03-28 03:00", "03-29 02:30"],
        ),
        # 3:00 becomes 2:00
        (
            BERLIN,
            time(2, 30),
            date(2026, 10, 24),
            ["10-24 02:30", "10-25 02:30", "10-26 02:30"],
        ),
        # Samoa went over to the other side of the date line, and had no 30 December
        (APIA, time(0), date(2011, 12, 29), ["12-29 00:00", "12-31 00:00", "01-01 00:00"]),
        (APIA, time(8), date(2011, 12, 29), ["12-29 08:00", "12-31 00:00", "12-31 08:00"]),
    ],
)
def test_when_clocks_are_changed_it_comes_once_and_when_there_is_such_a_time(
    zone: ZoneInfo, at: time, starts: date, times: list[str]
) -> None:
    daily = rule(Every.DAILY, at=at, starts=starts)
    since = datetime.combine(starts, time(), UTC) - ONE_DAY

    found = daily.upcoming(since, since + timedelta(days=8), NONE, zone)

    assert [f"{each.astimezone(zone):%m-%d %H:%M}" for each in found][:3] == times
    hour_of_summer = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert (hour_of_summer in found) == (starts == date(2026, 10, 24))


@pytest.mark.parametrize(
    ("every", "particulars", "field"),
    [
        (Every.DAILY, {"at": time(9, tzinfo=UTC)}, "at"),
        (Every.DAILY, {"at": time(9, 0, 30)}, "at"),
        (Every.DAILY, {"interval": 0}, "interval"),
        (Every.DAILY, {"interval": 367}, "interval"),
        (Every.MONTHLY_DATE, {"interval": 25}, "interval"),
        (Every.YEARLY_DATE, {"interval": 2}, "interval"),
        (Every.DAILY, {"starts": date(1999, 1, 1)}, "starts"),
        (Every.YEARLY_LUNAR, {"starts": date(2091, 1, 1)}, "starts"),
        (Every.DAILY, {"ends": date(2026, 8, 31)}, "ends"),
        (Every.WEEKLY, {}, "weekdays"),
        (Every.WEEKLY, {"weekdays": (0, 7)}, "weekdays"),
        (Every.MONTHLY_WEEKDAY, {"weekdays": (0, 1)}, "weekdays"),
        (Every.MONTHLY_WEEKDAY, {"weekdays": (3,), "nth": 5}, "nth"),
        (Every.MONTHLY_WEEKDAY, {"weekdays": (3,), "nth": 0}, "nth"),
        (Every.MONTHLY_DATE, {"day": 0}, "day"),
        (Every.MONTHLY_DATE, {"day": 32}, "day"),
        (Every.YEARLY_DATE, {"month": 13}, "month"),
        (Every.YEARLY_DATE, {"month": 2, "day": 30}, "day"),
        (Every.YEARLY_LUNAR, {"month": 0}, "month"),
        (Every.YEARLY_LUNAR, {"month": 1, "day": 31}, "day"),
        # it never happens
        (Every.WEEKLY, {"weekdays": (0,), "ends": date(2026, 9, 6)}, "ends"),
        (Every.YEARLY_DATE, {"month": 7, "ends": date(2027, 6, 30)}, "ends"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(
    every: Every, particulars: dict[str, Any], field: str
) -> None:
    with pytest.raises(RecurrenceFaulty) as refused:
        rule(every, **particulars)

    assert refused.value.field == field


def test_it_can_be_kept_as_json() -> None:
    weekly = rule(Every.WEEKLY, weekdays=(0, 2), ends=date(2027, 6, 30), on_holiday=OnHoliday.AFTER)

    assert msgspec.json.decode(msgspec.json.encode(weekly), type=Recurrence) == weekly


# What a person with a calendar would do, day by day.


def is_its_day(recurrence: Recurrence, day: date) -> bool:
    """Without counting intervals."""
    match recurrence.every:
        case Every.DAILY:
            return True
        case Every.WEEKLY:
            return day.weekday() in recurrence.weekdays
        case Every.MONTHLY_WEEKDAY:
            return day.weekday() == recurrence.weekdays[0] and is_nth(recurrence.nth, day)
        case Every.YEARLY_LUNAR:
            return is_lunar(recurrence, day)
        case _:
            its_month = recurrence.every is Every.MONTHLY_DATE or day.month == recurrence.month
            last = (day + ONE_DAY).month != day.month
            return its_month and is_or_ends_before(recurrence.day, day.day, last)


def is_nth(nth: int, day: date) -> bool:
    if nth == LAST:
        return (day + 7 * ONE_DAY).month != day.month
    return (day.day + 6) // 7 == nth


def is_lunar(recurrence: Recurrence, day: date) -> bool:
    lunar, tomorrow = LunarDate.from_solar(day), LunarDate.from_solar(day + ONE_DAY)
    if lunar.month != recurrence.month or lunar.leap:
        return False
    return is_or_ends_before(recurrence.day, lunar.day, tomorrow.day == 1)


def is_or_ends_before(wanted: int, day: int, last: bool) -> bool:  # noqa: FBT001 -- of the month
    return day == wanted or (last and day < wanted)


def periods_between(every: Every, first: date, day: date) -> int:
    match every:
        case Every.DAILY:
            return (day - first).days
        case Every.WEEKLY:
            mondays = [each - each.weekday() * ONE_DAY for each in (first, day)]
            return (mondays[1] - mondays[0]).days // 7
        case Every.MONTHLY_DATE | Every.MONTHLY_WEEKDAY:
            return (day.year - first.year) * 12 + day.month - first.month
        case _:
            return 0


def by_hand(recurrence: Recurrence, holidays: Holidays, last: date) -> Iterator[date]:
    first: date | None = None
    day = recurrence.starts
    while day <= min(last, recurrence.ends or last):
        if is_its_day(recurrence, day):
            first = first or day
            if periods_between(recurrence.every, first, day) % recurrence.interval == 0:
                yield from moved_by_hand(day, recurrence.on_holiday, holidays)
        day += ONE_DAY


def moved_by_hand(day: date, on_holiday: OnHoliday, holidays: Holidays) -> Iterator[date]:
    if on_holiday is OnHoliday.SKIP and holidays.is_holiday(day):
        return
    step = {OnHoliday.BEFORE: -ONE_DAY, OnHoliday.AFTER: ONE_DAY}.get(on_holiday)
    while step is not None and holidays.is_holiday(day):
        day += step
    yield day


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    every = draw(st.sampled_from(Every))
    yearly = every in {Every.YEARLY_DATE, Every.YEARLY_LUNAR}
    month = draw(st.integers(1, 12))
    longest = monthrange(2028, month)[1] if every is Every.YEARLY_DATE else 30
    return Recurrence(
        every=every,
        at=draw(
            st.times(max_value=time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0))
        ),
        starts=draw(st.dates(date(2026, 6, 1), date(2026, 12, 1))),
        weekdays=tuple(
            draw(st.sets(st.integers(0, 6), min_size=1, max_size=3 if every is Every.WEEKLY else 1))
        ),
        nth=draw(st.sampled_from([1, 2, 3, 4, LAST])),
        day=draw(st.integers(1, longest)),
        month=month,
        interval=1 if yearly else draw(st.integers(1, 5)),
        on_holiday=draw(st.sampled_from(OnHoliday)),
    )


@st.composite
def closed_days(draw: st.DrawFn) -> Holidays:
    firsts = draw(st.lists(st.dates(date(2026, 8, 1), date(2027, 8, 1)), max_size=12))
    return Holidays(
        [Days(each, each + draw(st.integers(0, 20)) * ONE_DAY) for each in firsts],
    )


@given(
    recurrence=recurrences(),
    holidays=closed_days(),
    since=st.datetimes(datetime(2026, 8, 1), datetime(2027, 8, 1), timezones=st.just(UTC)),
    span=st.integers(0, 400),
    length=st.none() | st.integers(400, 600),
)
def test_it_is_what_one_finds_day_by_day(
    recurrence: Recurrence, holidays: Holidays, since: datetime, span: int, length: int | None
) -> None:
    if length is not None:
        recurrence = replace(recurrence, ends=recurrence.starts + length * ONE_DAY)
    until = since + span * ONE_DAY
    days = set(by_hand(recurrence, holidays, until.date() + 400 * ONE_DAY))
    moments = sorted(datetime.combine(day, recurrence.at, SHANGHAI) for day in days)

    found = recurrence.upcoming(since, until, holidays, SHANGHAI)

    assert found == [each for each in moments if since < each <= until]


@given(recurrence=recurrences(), holidays=closed_days())
def test_step_by_step_it_is_the_same_as_at_once_and_never_on_a_day_to_avoid(
    recurrence: Recurrence, holidays: Holidays
) -> None:
    since = datetime(2026, 6, 1, tzinfo=UTC)
    until, steps = since + timedelta(days=500), [since]
    while (following := recurrence.next_after(steps[-1], holidays, BERLIN)) is not None:
        if following > until:
            break
        assert following > steps[-1]
        steps.append(following)

    assert steps[1:] == recurrence.upcoming(since, until, holidays, BERLIN)
    if recurrence.on_holiday is not OnHoliday.SEND:
        days = {each.astimezone(BERLIN).date() for each in steps[1:]}
        assert not any(holidays.is_holiday(day) for day in days)


@given(
    at=st.times(max_value=time(4)).map(lambda at: at.replace(second=0, microsecond=0)),
    starts=st.sampled_from([date(2026, 10, 25), date(2027, 3, 28)]),
)
def test_where_clocks_change_it_comes_as_soon_as_they_show_the_time_or_a_later_one(
    at: time, starts: date
) -> None:
    midnight = datetime.combine(starts, time(), BERLIN).astimezone(UTC)
    minutes = (midnight + timedelta(minutes=n) for n in range(6 * 60))
    wanted = next(each for each in minutes if each.astimezone(BERLIN).time() >= at)

    found = rule(Every.DAILY, at=at, starts=starts).next_after(midnight - ONE_DAY, NONE, BERLIN)

    assert found == wanted
