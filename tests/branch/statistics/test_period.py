"""Periods: the one before each, their parts, and how they are written into a button."""

from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.statistics.period import Filter, Period, Step

TODAY = date(2026, 11, 22)
PERIODS = st.one_of(
    st.sampled_from([7, 30, 90]).map(lambda days: Period.days(days, today=TODAY)),
    st.integers(2001, 2100).map(Period.year),
    st.integers(2001, 2100).map(Period.season),
)


def test_the_last_days_end_with_today_and_follow_on_those_before() -> None:
    week = Period.days(7, today=TODAY)

    assert (week.start, week.last) == (date(2026, 11, 16), TODAY)
    assert (week.before().start, week.before().until) == (date(2026, 11, 9), week.start)


def test_a_season_leads_from_one_september_to_the_next() -> None:
    season = Period.season(2026)

    assert (season.start, season.last) == (date(2025, 9, 1), date(2026, 8, 31))
    assert season.before() == Period.season(2025)


def test_a_day_begins_at_midnight_of_the_branch() -> None:
    assert Period.year(2026).bounds(ZoneInfo("Asia/Shanghai")) == (
        datetime(2025, 12, 31, 16, tzinfo=UTC),
        datetime(2026, 12, 31, 16, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("period", "step", "parts"),
    [
        (Period.days(7, today=TODAY), Step.DAY, 7),
        (Period.days(30, today=TODAY), Step.DAY, 30),
        (Period.days(90, today=TODAY), Step.WEEK, 13),
        (Period.year(2026), Step.MONTH, 12),
        (Period.season(2026), Step.MONTH, 12),
    ],
)
def test_a_line_has_a_handful_of_points(period: Period, step: Step, parts: int) -> None:
    assert period.step is step
    assert len(period.parts()) == parts


@given(PERIODS)
def test_parts_fill_the_period_and_the_one_before_has_as_many(period: Period) -> None:
    parts = period.parts()

    assert (parts[0][0], parts[-1][1]) == (period.start, period.until)
    assert all(end == start for (_, end), (start, _) in pairwise(parts))
    assert period.before().until == period.start
    assert len(period.before().parts()) == len(parts)


@given(PERIODS)
def test_a_period_is_read_as_it_was_written(period: Period) -> None:
    assert Period.read(period.code, today=TODAY) == period


@pytest.mark.parametrize("code", ["", "x7", "d", "d8", "y1", "y99999", "s-1", "d\u0667", "\uff17"])
def test_what_is_no_period_is_none(code: str) -> None:
    assert Period.read(code, today=TODAY) is None


def test_a_filter_goes_back_with_its_period_and_stays_with_its_people() -> None:
    of = Filter(period=Period.year(2026), cohort=2027, class_name="材料2301")

    assert of.before() == Filter(period=Period.year(2025), cohort=2027, class_name="材料2301")
