"""Days on which nobody works."""

from datetime import date

from msgspec import Struct

from branch.content.faults import Faults
from branch.dates.holidays import Holidays
from branch.tickets.reading_terms import read_terms
from tests.stage import ROOT, SHANGHAI


class Days(Struct, frozen=True):
    first: date
    last: date
    name: str


NATIONAL = Days(date(2026, 10, 1), date(2026, 10, 7), "国庆节")
MID_AUTUMN = Days(date(2026, 9, 25), date(2026, 9, 27), "中秋节")
TRIP = Days(date(2026, 10, 7), date(2026, 10, 9), "秋游")


def test_both_ends_are_holidays_and_have_their_name() -> None:
    holidays = Holidays([MID_AUTUMN, NATIONAL])

    assert [holidays.name_of(date(2026, 10, day)) for day in (1, 7, 8)] == [
        "国庆节",
        "国庆节",
        None,
    ]
    assert holidays.is_holiday(date(2026, 9, 25))
    assert not holidays.is_holiday(date(2026, 9, 24))


def test_what_overlaps_is_one_holiday_with_the_first_name() -> None:
    holidays = Holidays([NATIONAL, TRIP])

    assert holidays.name_of(date(2026, 10, 7)) == "国庆节"
    assert holidays.name_of(date(2026, 10, 8)) == "秋游"
    assert holidays.open_before(date(2026, 10, 9)) == date(2026, 9, 30)
    assert holidays.open_after(date(2026, 10, 1)) == date(2026, 10, 10)


def test_an_open_day_stays_where_it_is() -> None:
    holidays = Holidays([NATIONAL])

    assert holidays.open_before(date(2026, 10, 8)) == date(2026, 10, 8)
    assert holidays.open_after(date(2026, 9, 30)) == date(2026, 9, 30)


def test_they_are_known_to_the_end_of_the_last_year_that_has_any() -> None:
    assert Holidays([NATIONAL, MID_AUTUMN]).known_until == date(2026, 12, 31)
    assert Holidays().known_until is None


def test_the_days_of_the_content_are_taken_as_they_are() -> None:
    faults = Faults()
    hours = read_terms(ROOT / "content", faults, zone=SHANGHAI)

    assert Holidays(hours.closed).name_of(date(2026, 10, 3)) == "国庆节"
