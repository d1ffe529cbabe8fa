"""One moment, as members type it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.dates.typed_moment import MomentPast, MomentUnclear, read_moment
from tests.stage import SHANGHAI

NOW = datetime(2026, 11, 25, 18, 30, tzinfo=SHANGHAI)
"""A Wednesday."""


def read(typed: str) -> datetime:
    return read_moment(typed, now=NOW, zone=SHANGHAI)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:31", "11-25 18:31"),
        ("今晚9点", "11-25 21:00"),
        ("明天 8:00", "11-26 08:00"),
        ("明天", "11-26 09:00"),
        ("明早八点", "11-26 08:00"),
        ("明天中午", "11-26 12:00"),
        ("明天 20 : 00", "11-26 20:00"),
        ("后天下午3点半", "11-27 15:30"),
        ("20点 大后天", "11-28 20:00"),
        ("周五 18:30", "11-27 18:30"),
        ("周五晚上七点三刻", "11-27 19:45"),
        ("周三20:00", "11-25 20:00"),
        ("周二 8:00", "12-01 08:00"),
        ("下周一 9点", "11-30 09:00"),
        ("下周三 9点", "12-02 09:00"),
        ("下下周一", "12-07 09:00"),
        ("本周日", "11-29 09:00"),
        ("12月3日 20:00", "12-03 20:00"),
        ("十二月三号晚八点", "12-03 20:00"),
        ("2026-12-03 20:00", "12-03 20:00"),
        ("2026年12月3日20点", "12-03 20:00"),
        ("１２／３　８：００", "12-03 08:00"),
        ("12.3 8:00", "12-03 08:00"),
        ("30号 8点", "11-30 08:00"),
        ("20分钟后", "11-25 18:50"),
        ("2小时后", "11-25 20:30"),
        ("半小时后", "11-25 19:00"),
        ("一个半小时后", "11-25 20:00"),
        ("1小时15分钟后", "11-25 19:45"),
        ("三天后 8点", "11-28 08:00"),
        ("两周后", "12-09 09:00"),
        ("tomorrow 8:00", "11-26 08:00"),
        ("tonight 9pm", "11-25 21:00"),
        ("Fri 18:30", "11-27 18:30"),
        ("on Friday at 6:30 pm", "11-27 18:30"),
        ("next Mon 9:00", "11-30 09:00"),
        ("3 Dec 20:00", "12-03 20:00"),
        ("Dec 3rd, 2026 8 pm", "12-03 20:00"),
        ("on the 30th 8:00", "11-30 08:00"),
        ("in 2 hours", "11-25 20:30"),
        ("in half an hour", "11-25 19:00"),
        ("in 3 days", "11-28 09:00"),
    ],
)
def test_it_is_understood(typed: str, meant: str) -> None:
    found = read(typed)

    assert f"{found.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == f"2026-{meant}"
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "typed",
    [
        "8:00",
        "18:30",
        "今天 8:00",
        "周三 8点",
        "本周一",
        "11月1日",
        "5月27日",
        "2020-01-01",
        "15号",
        "0分钟后",
    ],
)
def test_what_is_over_is_not_taken_for_what_is_to_come(typed: str) -> None:
    with pytest.raises(MomentPast):
        read(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("5月25日 8点", "05-25 08:00"), ("1/5 8:00", "01-05 08:00"), ("3 Mar", "03-03 09:00")],
)
def test_a_day_more_than_half_a_year_ago_is_next_years(typed: str, meant: str) -> None:
    assert f"{read(typed).astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == f"2027-{meant}"


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", ""),
        ("吃饭", "吃饭"),
        ("明天 8:00 吃饭", "吃饭"),
        ("每天 8:00", "每天"),
        ("每年7月1日 8:00", "每年"),
        ("每周一 20:00", "每"),
        ("农历八月十五", "农历"),
        ("八月初一", "八月初一"),
        ("周一三 8点", "周一三"),
        ("明天或后天", "或后天"),
        ("31号", "31号"),
        ("2月30日", "2月30日"),
        ("明天 25:00", "明天 25:00"),
        ("明天晚上1点", "明天晚上1点"),
        ("9999-12-31", "9999-12-31"),
        ("last Thursday of the month 19:00", "last"),
        ("8:00 " * 50, ("8:00 " * 50)[:200]),
    ],
)
def test_what_is_not_understood_is_named(typed: str, part: str) -> None:
    with pytest.raises(MomentUnclear) as unclear:
        read(typed)

    assert unclear.value.part == part


def test_an_hour_that_the_clocks_leave_out_becomes_the_next_there_is() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2027, 3, 27, 12, tzinfo=berlin)

    found = read_moment("明天 2:30", now=before, zone=berlin)

    assert found == datetime(2027, 3, 28, 3, tzinfo=berlin)


PIECES = """
明天 今晚 下 周五 周 后 天 小时 分钟 半 个 一 二 十 点 12月 3日
号 8:00 12/3 2026-12-03 9999 0 in 2 hours Fri next 3 Dec the 15th pm , -
"""
WORDS = st.sampled_from(PIECES.split())


@given(st.lists(WORDS, max_size=8).map("".join) | st.lists(WORDS, max_size=8).map(" ".join))
def test_whatever_is_typed_it_is_to_come_or_refused(typed: str) -> None:
    try:
        found = read(typed)
    except (MomentUnclear, MomentPast):
        return
    assert found > NOW
