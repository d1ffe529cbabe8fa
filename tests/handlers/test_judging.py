"""Did it help: the last word counts, a reason is one tap, and nobody is left standing."""

from typing import Any

import pytest
from sqlalchemy import select

from storage.tables import FEEDBACK
from tests.stage import Person, Stage, performance

ASKED = "今年考研哪天考"
HEADING = "📌 2027 考研初试是哪几天"


@pytest.fixture
async def asker(both_stages: Stage) -> Person:
    """Somebody who has just read an answer, on a database of each kind."""
    person = both_stages.person()
    await person.joins()
    await person.types(ASKED)
    return person


async def test_one_tap_says_that_it_helped(asker: Person) -> None:
    await asker.taps("有用")

    assert asker.hears.startswith(HEADING)
    assert asker.buttons[:2] == ["✓ 有用", "没用"]
    assert asker.toast == "谢谢，记下了。"
    assert await judged(asker.stage) == [("exam-dates", "helpful", None, None)]


async def test_no_help_leads_to_a_reason_and_on_from_there(asker: Person) -> None:
    await asker.taps("没用")
    assert asker.hears.startswith(HEADING)
    assert asker.hears.endswith("哪里没帮上忙？点一个就行。")
    assert asker.buttons == [
        *("有用", "✓ 没用", "没答到点上", "过时了", "看不懂", "有错误"),
        *("问党员", "📚 按主题看", "菜单"),
    ]

    await asker.taps("没答到点上")
    assert "记下了：没答到点上。" in asker.hears
    assert asker.buttons[0] == "写一句"
    assert asker.buttons[-3:] == ["问党员", "📚 按主题看", "菜单"]
    assert "2027 考研初试是哪几天" not in asker.buttons
    assert len(asker.buttons) > 3
    assert await judged(asker.stage) == [("exam-dates", "not_helpful", "off_the_point", None)]


async def test_a_line_of_ones_own_is_kept_with_the_reason(asker: Person) -> None:
    for tap in ("没用", "有错误", "写一句"):
        await asker.taps(tap)
    assert "看不到是谁写的" in asker.hears
    await asker.types("日期跟公告<b>对不上</b>")

    assert "收到" in asker.hears
    assert await judged(asker.stage) == [
        ("exam-dates", "not_helpful", "wrong", "日期跟公告<b>对不上</b>")
    ]
    await asker.types("准考证什么时候打印")
    assert "准考证" in asker.hears


async def test_whoever_types_on_instead_of_giving_a_reason_has_asked(asker: Person) -> None:
    await asker.taps("没用")
    await asker.types("准考证什么时候打印")

    assert "准考证" in asker.hears
    assert await judged(asker.stage) == [("exam-dates", "not_helpful", None, None)]


async def test_the_last_word_counts_once(asker: Person) -> None:
    message, bad = asker.button("没用")
    _, good = asker.button("有用")
    for data in (bad, bad, good, good):
        await asker.taps_data(message, data, force=True)
    assert await judged(asker.stage) == [("exam-dates", "helpful", None, None)]

    await asker.taps("没用")
    await asker.taps("过时了")
    await asker.taps_data(message, bad, force=True)
    assert await judged(asker.stage) == [("exam-dates", "not_helpful", "outdated", None)]

    await asker.types(ASKED)
    await asker.taps("有用")
    assert await judged(asker.stage) == [("exam-dates", "helpful", None, None)]


async def test_two_people_judge_for_themselves(asker: Person) -> None:
    other = asker.stage.person("赵同学")
    await other.joins()
    await other.types(ASKED)
    await other.taps("没用")
    await asker.taps("有用")

    assert sorted(row[1] for row in await judged(asker.stage)) == ["helpful", "not_helpful"]


async def test_words_of_despair_in_the_line_are_heard_and_not_kept(asker: Person) -> None:
    for tap in ("没用", "看不懂", "写一句"):
        await asker.taps(tap)
    await asker.types("看不懂，我不想活了")

    assert "12356" in asker.hears
    assert await judged(asker.stage) == [("exam-dates", "not_helpful", "unclear", None)]


async def test_judgements_leave_with_the_person(asker: Person) -> None:
    await asker.taps("没用")
    await asker.types("/privacy")
    for tap in ("删除全部", "要删，下一步", "全部删除"):
        await asker.taps(tap)

    assert await judged(asker.stage) == []


async def test_somebody_of_whom_nothing_is_kept_is_not_asked(stage: Stage) -> None:
    passer_by = stage.person("路人")
    await passer_by.types(ASKED)

    assert passer_by.hears.startswith(HEADING)
    assert "有用" not in passer_by.buttons
    assert passer_by.buttons[-1] == "菜单"


async def test_an_entry_that_was_taken_away_meanwhile_is_said_to_be_gone(asker: Person) -> None:
    message, _ = asker.button("没用")
    await asker.taps_data(message, "bad:no-such-entry", force=True)

    assert "已经撤下" in asker.hears
    assert await judged(asker.stage) == []


async def test_the_line_survives_a_restart(sqlite_url: str) -> None:
    async with performance(sqlite_url) as before:
        person = before.person()
        await person.joins()
        await person.types(ASKED)
        for tap in ("没用", "有错误", "写一句"):
            await person.taps(tap)
    async with performance(sqlite_url, world=before.world, clock=before.clock) as after:
        person.stage = after
        await person.types("第二天的科目写反了")

        assert await judged(after) == [("exam-dates", "not_helpful", "wrong", "第二天的科目写反了")]


async def judged(stage: Stage) -> list[tuple[Any, ...]]:
    async with stage.parts.transactions.look() as work:
        rows = await work._connection.execute(
            select(
                FEEDBACK.c.entry, FEEDBACK.c.verdict, FEEDBACK.c.reason, FEEDBACK.c.words
            ).order_by(FEEDBACK.c.id)
        )
        return [tuple(row) for row in rows]
