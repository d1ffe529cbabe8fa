"""Days and times in words: the branch's zone, both languages, spans over months and years."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date, format_time
from hypothesis import given
from hypothesis import strategies as st

from texts.language import Language
from texts.moments import Moments

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZH = Moments(Language.ZH, SHANGHAI)
EN = Moments(Language.EN, SHANGHAI)
SATURDAY = date(2026, 12, 19)
AFTER_MIDNIGHT_THERE = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)


def test_a_day_is_said_without_its_year() -> None:
    assert (ZH.day(SATURDAY), EN.day(SATURDAY)) == ("12 月 19 日", "19 December")


def test_a_day_is_said_with_its_year() -> None:
    assert ZH.day_with_year(SATURDAY) == "2026 年 12 月 19 日"
    assert EN.day_with_year(SATURDAY) == "19 December 2026"


def test_single_digits_stay_single() -> None:
    first = date(2027, 4, 8)
    assert (ZH.day(first), EN.day(first)) == ("4 月 8 日", "8 April")


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (date(2026, 12, 14 + n), f"周{'一二三四五六日'[n]}", "MonTueWedThuFriSatSun"[3 * n :][:3])
        for n in range(7)
    ],
)
def test_the_weekday_is_short(day: date, zh: str, en: str) -> None:
    assert (ZH.weekday(day), EN.weekday(day)) == (zh, en)


def test_a_moment_is_shown_in_the_branchs_zone() -> None:
    assert ZH.moment(AFTER_MIDNIGHT_THERE) == "1 月 1 日 00:30"
    assert EN.moment(AFTER_MIDNIGHT_THERE) == "1 January 00:30"
    assert ZH.day_with_year(AFTER_MIDNIGHT_THERE) == "2027 年 1 月 1 日"
    assert EN.weekday(AFTER_MIDNIGHT_THERE) == "Fri"
    assert EN.time(AFTER_MIDNIGHT_THERE) == "00:30"


def test_another_zone_shows_another_day() -> None:
    there = Moments(Language.EN, ZoneInfo("America/New_York"))
    assert there.moment(AFTER_MIDNIGHT_THERE) == "31 December 11:30"


@pytest.mark.parametrize(
    ("last", "year", "zh", "en"),
    [
        (SATURDAY, False, "12 月 19 日", "19 December"),
        (SATURDAY, True, "2026 年 12 月 19 日", "19 December 2026"),
        (date(2026, 12, 20), False, "12 月 19 日至 20 日", "19–20 December"),
        (date(2026, 12, 20), True, "2026 年 12 月 19 日至 20 日", "19–20 December 2026"),
    ],
)
def test_a_span_within_a_month_names_the_month_once(
    last: date,
    year: bool,  # noqa: FBT001 -- a column of the table
    zh: str,
    en: str,
) -> None:
    assert ZH.span(SATURDAY, last, year=year) == zh
    assert EN.span(SATURDAY, last, year=year) == en


@pytest.mark.parametrize(
    ("year", "zh", "en"),
    [
        (False, "10 月 31 日至 11 月 1 日", "31 October to 1 November"),
        (True, "2026 年 10 月 31 日至 11 月 1 日", "31 October to 1 November 2026"),
    ],
)
def test_a_span_over_months_names_both(
    year: bool,  # noqa: FBT001 -- a column of the table
    zh: str,
    en: str,
) -> None:
    first, last = date(2026, 10, 31), date(2026, 11, 1)
    assert (ZH.span(first, last, year=year), EN.span(first, last, year=year)) == (zh, en)


@pytest.mark.parametrize("year", [False, True])
def test_a_span_over_new_year_names_both_years(
    year: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    first, last = date(2026, 12, 31), date(2027, 1, 1)
    assert ZH.span(first, last, year=year) == "2026 年 12 月 31 日至 2027 年 1 月 1 日"
    assert EN.span(first, last, year=year) == "31 December 2026 to 1 January 2027"


def test_the_same_month_of_another_year_is_another_month() -> None:
    assert EN.span(date(2025, 12, 20), SATURDAY) == "20 December 2025 to 19 December 2026"


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(SHANGHAI)))
def test_days_and_times_are_said_as_unicode_s_tables_say_them(when: datetime) -> None:
    for moments, locale, day, year in (
        (ZH, "zh_Hans_CN", "M 月 d 日", "y 年 M 月 d 日"),
        (EN, "en_GB", "d MMMM", "d MMMM y"),
    ):
        assert moments.day(when) == format_date(when, day, locale)
        assert moments.day_with_year(when) == format_date(when, year, locale)
        assert moments.weekday(when) == format_date(when, "EEE", locale)
        assert moments.time(when) == format_time(when, "HH:mm", locale=locale)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        (None, Language.ZH),
        ("zh", Language.ZH),
        ("zh-hans", Language.ZH),
        ("ZH-TW", Language.ZH),
        ("en", Language.EN),
        ("de-AT", Language.EN),
        ("", Language.EN),
    ],
)
def test_a_client_is_greeted_in_its_language(code: str | None, language: Language) -> None:
    assert Language.of_client(code) is language
