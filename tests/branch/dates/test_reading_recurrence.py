"""How a notice recurs, as members type it."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.dates.reading_recurrence import RecurrenceUnclear, read_recurrence
from branch.dates.recurrence import LAST, Every, OnHoliday, Recurrence, RecurrenceFaulty

TODAY = date(2026, 11, 25)
NINE = time(9)


def rule(every: Every, at: time = NINE, **particulars: Any) -> Recurrence:
    return Recurrence(**{"every": every, "at": at, "starts": TODAY, **particulars})


DAILY, WEEKLY = Every.DAILY, Every.WEEKLY
DATE, WEEKDAY = Every.MONTHLY_DATE, Every.MONTHLY_WEEKDAY
LUNAR, YEARLY = Every.YEARLY_LUNAR, Every.YEARLY_DATE
WORK = (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("每天 8:00", rule(DAILY, time(8))),
        ("每天", rule(DAILY)),
        ("２０：００ 每日", rule(DAILY, time(20))),
        ("隔天早上7点", rule(DAILY, time(7), interval=2)),
        ("每3天 8:00", rule(DAILY, time(8), interval=3)),
        ("每周一、三 20:00", rule(WEEKLY, time(20), weekdays=(0, 2))),
        ("每周一20:00", rule(WEEKLY, time(20), weekdays=(0,))),
        ("每周一 三 五 八点", rule(WEEKLY, time(8), weekdays=(0, 2, 4))),
        ("每周一三五二十点", rule(WEEKLY, time(20), weekdays=(0, 2, 4))),
        ("每周五十八点半", rule(WEEKLY, time(18, 30), weekdays=(4,))),
        ("每周一 三点一刻", rule(WEEKLY, time(3, 15), weekdays=(0,))),
        ("每 周 五 20 : 00", rule(WEEKLY, time(20), weekdays=(4,))),
        ("每星期日、星期六下午3点", rule(WEEKLY, time(15), weekdays=(5, 6))),
        ("每周六日", rule(WEEKLY, weekdays=(5, 6))),
        ("每周1、3 20:00", rule(WEEKLY, time(20), weekdays=(0, 2))),
        ("每周1-5 7:30", rule(WEEKLY, time(7, 30), weekdays=WORK)),
        ("每周一到周五 8:00", rule(WEEKLY, time(8), weekdays=WORK)),
        ("每周五至一", rule(WEEKLY, weekdays=(0, 4, 5, 6))),
        ("每个工作日早8点", rule(WEEKLY, time(8), weekdays=WORK)),
        ("每两周周五 18:30", rule(WEEKLY, time(18, 30), weekdays=(4,), interval=2)),
        ("每两周五", rule(WEEKLY, weekdays=(4,), interval=2)),
        ("隔周周三", rule(WEEKLY, weekdays=(2,), interval=2)),
        ("每隔一周的周三", rule(WEEKLY, weekdays=(2,), interval=2)),
        ("每月 15 日 9:00", rule(DATE, day=15)),
        ("每月十五号晚上八点", rule(DATE, time(20), day=15)),
        ("每个月31号", rule(DATE, day=31)),
        ("每月最后一天 18点", rule(DATE, time(18), day=31)),
        ("每两个月15日", rule(DATE, day=15, interval=2)),
        ("每月最后一个周四 19:00", rule(WEEKDAY, time(19), weekdays=(3,), nth=LAST)),
        ("每月第二个周四 14:00", rule(WEEKDAY, time(14), weekdays=(3,), nth=2)),
        ("每月的第1个星期天", rule(WEEKDAY, weekdays=(6,), nth=1)),
        ("每年农历八月十五 9:00", rule(LUNAR, month=8, day=15)),
        ("农历正月初一 8点", rule(LUNAR, time(8), month=1, day=1)),
        ("每年腊月廿三", rule(LUNAR, month=12, day=23)),
        ("农历八月十五三点", rule(LUNAR, time(3), month=8, day=15)),
        ("农历8月15 9:00", rule(LUNAR, month=8, day=15)),
        ("每年七月初七", rule(LUNAR, month=7, day=7)),
        ("每年7月1日 8:00", rule(YEARLY, time(8), month=7, day=1)),
        ("每年十二月二十四日 中午12点", rule(YEARLY, time(12), month=12, day=24)),
    ],
)
def test_chinese_is_understood(typed: str, meant: Recurrence) -> None:
    assert read_recurrence(typed, today=TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("every day 8:00", rule(DAILY, time(8))),
        ("Daily at 8 pm", rule(DAILY, time(20))),
        ("every other day at noon", rule(DAILY, time(12), interval=2)),
        ("every Mon and Wed 20:00", rule(WEEKLY, time(20), weekdays=(0, 2))),
        ("Every Monday, Wednesday and Friday 8:00", rule(WEEKLY, time(8), weekdays=(0, 2, 4))),
        ("every Mon to Fri 12 am", rule(WEEKLY, time(0), weekdays=WORK)),
        ("every weekday 8am", rule(WEEKLY, time(8), weekdays=WORK)),
        ("weekly on Sundays", rule(WEEKLY, weekdays=(6,))),
        ("every 2 weeks on Fri 18:30", rule(WEEKLY, time(18, 30), weekdays=(4,), interval=2)),
        ("monthly on the 15th 9:00", rule(DATE, day=15)),
        ("every month on the 1st", rule(DATE, day=1)),
        ("every 3 months on the 2nd", rule(DATE, day=2, interval=3)),
        ("on the 15th of every month", rule(DATE, day=15)),
        ("last day of the month 5:30pm", rule(DATE, time(17, 30), day=31)),
        ("last Thursday of the month 19:00", rule(WEEKDAY, time(19), weekdays=(3,), nth=LAST)),
        ("every month on the second Thursday", rule(WEEKDAY, weekdays=(3,), nth=2)),
        ("first Mon of every month", rule(WEEKDAY, weekdays=(0,), nth=1)),
        ("lunar 8/15 9:00", rule(LUNAR, month=8, day=15)),
        ("every year on lunar 1/1", rule(LUNAR, month=1, day=1)),
        ("every year on 1 July 8:00", rule(YEARLY, time(8), month=7, day=1)),
        ("every July 1st", rule(YEARLY, month=7, day=1)),
        ("yearly on the 3rd of March", rule(YEARLY, month=3, day=3)),
    ],
)
def test_english_is_understood(typed: str, meant: Recurrence) -> None:
    assert read_recurrence(typed, today=TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "on_holiday"),
    [
        ("每天，遇节假日跳过", OnHoliday.SKIP),
        ("每天 节假日除外", OnHoliday.SKIP),
        ("每天，如遇法定节假日则提前", OnHoliday.BEFORE),
        ("遇到节假日顺延，每天", OnHoliday.AFTER),
        ("每天，遇节假日照发", OnHoliday.SEND),
        ("every day skip holidays", OnHoliday.SKIP),
        ("every day, before holidays", OnHoliday.BEFORE),
        ("every day after holidays", OnHoliday.AFTER),
    ],
)
def test_what_is_to_happen_on_holidays(typed: str, on_holiday: OnHoliday) -> None:
    assert read_recurrence(typed, today=TODAY) == rule(DAILY, on_holiday=on_holiday)


@pytest.mark.parametrize(
    ("typed", "starts", "ends"),
    [
        ("每天到 2027-06-30", TODAY, date(2027, 6, 30)),
        ("每天 8:00 到6月30日为止", TODAY, date(2027, 6, 30)),
        ("从 12月1日起每天", date(2026, 12, 1), None),
        ("每天，12月1日开始", date(2026, 12, 1), None),
        ("从明天起每天", date(2026, 11, 26), None),
        ("从11月1日起每天", date(2026, 11, 1), None),
        ("从3月1日起每天，到7月1日", date(2027, 3, 1), date(2027, 7, 1)),
        ("从12月1日到1月10日每天", date(2026, 12, 1), date(2027, 1, 10)),
        ("every day until 2027-06-30", TODAY, date(2027, 6, 30)),
        ("every day from 1 Dec till Dec 24, 2027", date(2026, 12, 1), date(2027, 12, 24)),
    ],
)
def test_from_when_to_when(typed: str, starts: date, ends: date | None) -> None:
    found = read_recurrence(typed, today=TODAY)

    assert (found.every, found.starts, found.ends) == (DAILY, starts, ends)


def test_everything_together_in_any_order() -> None:
    meant = rule(
        WEEKLY,
        time(18, 30),
        weekdays=(4,),
        interval=2,
        starts=date(2026, 12, 1),
        ends=date(2027, 6, 30),
        on_holiday=OnHoliday.AFTER,
    )

    for typed in (
        "从 12月1日起，每两周周五 18:30，遇节假日顺延，到 2027-06-30",
        "18:30 到2027年6月30日 每两周周五 遇节假日顺延 12月1日起",
        "Every 2 weeks on Fri at 6:30 pm, after holidays, from 1 Dec, until 2027-06-30.",
    ):
        assert read_recurrence(typed, today=TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", ""),
        ("吃饭", "吃饭"),
        ("8:00", "8:00"),
        ("周五 18:30", "周五"),
        ("每天 8:00 记得带书", "记得带书"),
        ("每天 8:00、20:00", "20:00"),
        ("每月1、15日", "15日"),
        ("每隔三天", "每隔三天"),
        ("每年闰八月十五", "每年闰八月十五"),
        ("每周一次", "次"),
        ("第二个周四 8点", "第二"),
        ("every day at lunch", "lunch"),
        ("every month", "every month"),
        ("每年2027年7月1日", "2027"),
        ("每99999天", "每99999天"),
    ],
)
def test_what_is_not_understood_is_named(typed: str, part: str) -> None:
    with pytest.raises(RecurrenceUnclear) as unclear:
        read_recurrence(typed, today=TODAY)

    assert unclear.value.part == part


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("每天 25:00", "at"),
        ("每天 8:60", "at"),
        ("每天上午15点", "at"),
        ("每天晚上1点", "at"),
        ("每周 20:00", "weekdays"),
        ("每月第五个周四", "nth"),
        ("每月32日", "day"),
        ("每年2月30日", "day"),
        ("每年13月1日", "month"),
        ("农历八月三十一", "day"),
        ("每0天", "interval"),
        ("每天到2026-01-01", "ends"),
        ("每天到2月30日", "ends"),
        ("从2月30日起每天", "starts"),
        ("从八月初一起每天", "starts"),
        ("每周一到2026-11-27", "ends"),
    ],
)
def test_what_cannot_be_is_named(typed: str, field: str) -> None:
    with pytest.raises(RecurrenceFaulty) as faulty:
        read_recurrence(typed, today=TODAY)

    assert faulty.value.field == field


PIECES = """
每 周 月 年 天 日 点 半 刻 一 二 十 廿 初 正月 农历 第 最后 个 到
从 起 遇节假日 顺延 晚上 下午 8:00 12/3 2027-06-30 15 0 99 every Mon until 2
weeks on the 1st of July month last , - holidays
"""
WORDS = st.sampled_from(PIECES.split())


@given(st.lists(WORDS, max_size=12).map("".join) | st.lists(WORDS, max_size=12).map(" ".join))
def test_whatever_is_typed_it_is_understood_or_refused(typed: str) -> None:
    try:
        found = read_recurrence(typed, today=TODAY)
    except (RecurrenceUnclear, RecurrenceFaulty):
        return
    assert isinstance(found, Recurrence)


@given(st.text(max_size=300))
def test_any_text_at_all_is_refused_kindly(typed: str) -> None:
    with pytest.raises((RecurrenceUnclear, RecurrenceFaulty)):
        read_recurrence(typed, today=TODAY)
