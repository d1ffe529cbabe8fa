"""What is said of a date, word for word, in every phase and both languages."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from branch.exam_calendar.model import Phase
from tests.texts.samples import Values, dated, undated
from texts.language import Language
from texts.renderer import Texts

SAID = Texts(ZoneInfo("Asia/Shanghai"))
EXAM = dated(Phase.UPCOMING)
REGISTRATION = {"first": date(2026, 10, 15), "last": date(2026, 10, 24)}
RECOMMENDATION = {"first": date(2025, 9, 22), "last": date(2025, 10, 20), "year": True}
LINE = {"first": date(2027, 2, 24), "last": date(2027, 2, 24)}
TICKET = {"first": date(2026, 12, 9), "last": date(2026, 12, 9), "days": 17}
OVER_NEW_YEAR = {"first": date(2026, 12, 30), "last": date(2027, 1, 3), "year": True}
NEXT = {"next_first": date(2027, 10, 14), "next_last": date(2027, 10, 23)}
CLOSING = datetime(2026, 10, 24, 14, 0, tzinfo=UTC)


def say(form: str, language: Language, values: Values) -> str:
    usual = {Language.ZH: "10 月中下旬", Language.EN: "mid to late October"}
    return SAID.render(f"dates/{form}", language, **values | {"usual": usual[language]})


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        (
            EXAM,
            "12 月 19 日至 20 日（周六、周日，还有 <b>27</b> 天）",
            "19–20 December (Sat, Sun; <b>27</b> days to go)",
        ),
        (
            EXAM | {"days": 1},
            "12 月 19 日至 20 日（周六、周日，就是明天）",
            "19–20 December (Sat, Sun; tomorrow)",
        ),
        (
            EXAM | {"days": 0},
            "12 月 19 日至 20 日（周六、周日，就是今天）",
            "19–20 December (Sat, Sun; today)",
        ),
        (
            EXAM | TICKET,
            "12 月 9 日（周三，还有 <b>17</b> 天）",
            "9 December (Wed; <b>17</b> days to go)",
        ),
        (
            EXAM | REGISTRATION | {"days": 0},
            "10 月 15 日（周四）至 10 月 24 日（周六，今天开始）",
            "15 October (Thu) to 24 October (Sat; starts today)",
        ),
        (
            EXAM | REGISTRATION | {"days": 1},
            "10 月 15 日（周四）至 10 月 24 日（周六，明天开始）",
            "15 October (Thu) to 24 October (Sat; starts tomorrow)",
        ),
        (
            dated(Phase.UNDER_WAY),
            "12 月 19 日至 20 日（周六、周日，正在进行）",
            "19–20 December (Sat, Sun; under way)",
        ),
        (
            dated(Phase.UNDER_WAY, **LINE),
            "2 月 24 日（周三，就是今天）",
            "24 February (Wed; today)",
        ),
        (
            dated(Phase.OVER, **REGISTRATION),
            "10 月 15 日（周四）至 10 月 24 日（周六，已经结束）",
            "15 October (Thu) to 24 October (Sat; over)",
        ),
        (
            dated(Phase.OVER, **RECOMMENDATION),
            "2025 年 9 月 22 日（周一）至 10 月 20 日（周一，已经结束）",
            "22 September (Mon) to 20 October 2025 (Mon; over)",
        ),
        (dated(Phase.OVER, **LINE), "2 月 24 日（周三，已经过了）", "24 February (Wed; past)"),
        (
            undated(Phase.NOT_ANNOUNCED),
            "还没有公布，往年大约在 10 月中下旬",
            "not announced yet; usually mid to late October",
        ),
        (
            undated(Phase.PROBABLY_OVER),
            "没有查到确切日期，往年大约在 10 月中下旬，现在多半已经过了",
            "exact dates not found; usually mid to late October; probably over by now",
        ),
    ],
)
def test_a_whole_date(values: Values, zh: str, en: str) -> None:
    assert (say("whole", Language.ZH, values), say("whole", Language.EN, values)) == (zh, en)


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        (EXAM, "12 月 19 日至 20 日（周六、周日）", "19–20 December (Sat, Sun)"),
        (EXAM | LINE | {"year": True}, "2027 年 2 月 24 日（周三）", "24 February 2027 (Wed)"),
        (
            EXAM | OVER_NEW_YEAR,
            "2026 年 12 月 30 日（周三）至 2027 年 1 月 3 日（周日）",
            "30 December 2026 (Wed) to 3 January 2027 (Sun)",
        ),
        (
            undated(Phase.NOT_ANNOUNCED),
            "还没有公布，往年大约在 10 月中下旬",
            "not announced yet; usually mid to late October",
        ),
        (
            undated(Phase.PROBABLY_OVER),
            "没有查到确切日期，往年大约在 10 月中下旬",
            "exact dates not found; usually mid to late October",
        ),
    ],
)
def test_a_date_alone(values: Values, zh: str, en: str) -> None:
    assert (say("date", Language.ZH, values), say("date", Language.EN, values)) == (zh, en)


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        (
            EXAM,
            "定在 12 月 19 日至 20 日（周六、周日，还有 <b>27</b> 天）",
            "19–20 December (Sat, Sun; <b>27</b> days to go)",
        ),
        (
            dated(Phase.UNDER_WAY, **REGISTRATION, ends=CLOSING),
            "正在进行，10 月 24 日 22:00 截止",
            "under way, closes 24 October 22:00",
        ),
        (
            dated(Phase.UNDER_WAY, **REGISTRATION),
            "正在进行，到 10 月 24 日为止",
            "under way, until 24 October",
        ),
        (
            dated(Phase.UNDER_WAY, days_to_end=0),
            "正在进行，今天是最后一天",
            "under way, today is the last day",
        ),
        (dated(Phase.UNDER_WAY, **LINE), "就是今天", "today"),
        (
            dated(Phase.OVER, **REGISTRATION),
            "已经在 10 月 24 日结束，下一届（2028 届）大约在 2027 年 10 月中下旬",
            (
                "over since 24 October; "
                "the next one (2028 intake) is likely in 2027, mid to late October"
            ),
        ),
        (
            dated(Phase.OVER, **REGISTRATION, **NEXT),
            "已经在 10 月 24 日结束，下一届（2028 届）是 2027 年 10 月 14 日至 23 日",
            "over since 24 October; the next one (2028 intake) is 14–23 October 2027",
        ),
        (
            dated(Phase.OVER, **LINE),
            "是在 2 月 24 日，已经过了，下一届（2028 届）大约在 2028 年 10 月中下旬",
            (
                "it was on 24 February; "
                "the next one (2028 intake) is likely in 2028, mid to late October"
            ),
        ),
        (
            undated(Phase.NOT_ANNOUNCED),
            "还没有公布，往年大约在 10 月中下旬",
            "not announced yet; usually mid to late October",
        ),
        (
            undated(Phase.PROBABLY_OVER),
            "多半已经过了，往年大约在 10 月中下旬，以官方公告为准",
            "probably over by now, usually mid to late October; go by the official notice",
        ),
    ],
)
def test_where_things_stand(values: Values, zh: str, en: str) -> None:
    assert (say("status", Language.ZH, values), say("status", Language.EN, values)) == (zh, en)


def test_what_is_usual_in_words_follows_without_a_space() -> None:
    values = undated(Phase.NOT_ANNOUNCED, usual="考前十天")
    assert SAID.render("dates/whole", Language.ZH, **values) == "还没有公布，往年大约在考前十天"
