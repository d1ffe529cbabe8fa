"""Answers are promised in hours in which members work."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.content.faults import Faults
from branch.tickets.reading_terms import read_terms
from branch.tickets.working_hours import CLOSES, OPENS, Closed, WorkingHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
NATIONAL_DAY = Closed(date(2026, 10, 1), date(2026, 10, 7), "国庆节")
HOURS = WorkingHours(SHANGHAI, (NATIONAL_DAY,))
MOMENTS = st.datetimes(
    datetime(2026, 9, 1),
    datetime(2026, 12, 1),
    timezones=st.just(UTC),
)


def here(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("asked", "urgent", "promised"),
    [
        (here(11, 25, 20), False, here(11, 26, 20)),
        (here(11, 25, 23, 40), False, here(11, 26, 22)),
        (here(11, 25, 7), False, here(11, 25, 22)),
        (here(11, 25, 8), True, here(11, 25, 12)),
        (here(11, 25, 20), True, here(11, 26, 10)),
        (here(9, 30, 20), False, here(10, 8, 20)),
        (here(10, 3, 12), True, here(10, 8, 12)),
    ],
)
def test_a_day_of_work_or_four_hours_of_it(
    asked: datetime,
    urgent: bool,  # noqa: FBT001 -- a parameter of the test
    promised: datetime,
) -> None:
    assert HOURS.promise(asked, urgent) == promised


@given(asked=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=20)), urgent=st.booleans())
def test_it_is_promised_in_open_hours_after_the_question_and_in_order(
    asked: datetime,
    later: timedelta,
    urgent: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    promised = HOURS.promise(asked, urgent)
    local = promised.astimezone(SHANGHAI)
    assert promised > asked
    assert promised.tzinfo is UTC
    assert OPENS <= local.time() <= CLOSES
    assert not NATIONAL_DAY.first <= local.date() <= NATIONAL_DAY.last
    assert promised <= HOURS.promise(asked + later, urgent)


def test_a_calendar_that_is_closed_for_ever_still_promises_something() -> None:
    closed = WorkingHours(UTC, (Closed(date.min, date.max, ""),))
    asked = datetime.combine(date(2026, 1, 1), time(12), UTC)
    assert closed.promise(asked, False) > asked


def test_the_branch_s_own_days_are_read_and_faults_are_named(tmp_path: Path) -> None:
    faults = Faults()
    hours = read_terms(Path("content"), faults, zone=SHANGHAI)
    assert not faults.noted
    assert hours.promise(here(9, 30, 20), False) == here(10, 8, 20)

    assert read_terms(tmp_path, faults, zone=SHANGHAI).closed == ()
    (tmp_path / "terms.yaml").write_text(
        "closed:\n  - name: 倒着\n    from: 2026-10-07\n    to: 2026-10-01\n"
    )
    read_terms(tmp_path, faults, zone=SHANGHAI)
    assert "is before `from`" in str(faults.noted)
