"""Reminders of a call: whom, when, once; and what is late stays away."""

from datetime import datetime, timedelta

import pytest

from branch.papers.letters import LEADS
from branch.papers.reminding import lead_due
from tests.handlers.calling import THEME, TITLE, opens, submits, writes
from tests.handlers.conftest import a_member
from tests.handlers.test_calls import DEADLINE, changes_the_deadline
from tests.noticing import later, students, worked
from tests.stage import Person, Stage

WEEK, TWO_DAYS, HALF_A_DAY = LEADS


async def at(stage: Stage, moment: datetime) -> None:
    """The clock goes on to then, and rings; and to the next morning, when letters go out again."""
    await later(stage, moment + timedelta(minutes=31) - stage.clock.now())
    await later(stage, timedelta(hours=8))


def reminders(person: Person) -> list[str]:
    return [each for each in person.heard if each.startswith(f"🔔 {THEME}：")]


async def test_each_hears_what_they_still_have_to_do(both_stages: Stage) -> None:
    stage = both_stages
    opener = await a_member(stage)
    idle, begun, whole, done = [await a_member(stage, name) for name in "甲乙丙丁"]
    [student] = await students(stage, 1)
    await opens(opener)
    await submits(opener)
    await submits(done, data=b"%PDF done")
    await begun.types("/submit")
    await begun.types(TITLE)
    await writes(whole, data=b"%PDF whole")

    await at(stage, DEADLINE - WEEK)

    assert ["还有 7 天截止" in each for each in reminders(idle)] == [True]
    assert "五问" in reminders(idle)[0]
    assert "还差 摘要、文件" in reminders(begun)[0]
    assert "只差点「提交」" in reminders(whole)[0]
    for person in (opener, done, student):
        assert reminders(person) == []

    await whole.taps("提交")
    await at(stage, DEADLINE - TWO_DAYS)
    await at(stage, DEADLINE - HALF_A_DAY)
    assert [len(reminders(person)) for person in (idle, begun, whole)] == [3, 3, 1]
    assert "还有 2 天截止" in reminders(idle)[1]
    assert "还有 12 小时截止" in reminders(idle)[2]


async def test_students_are_reminded_of_what_they_have_begun_only(stage: Stage) -> None:
    opener = await a_member(stage)
    begun, idle = await students(stage, 2)
    await opens(opener, everybody=True)
    await begun.types("/submit")
    await begun.types(TITLE)

    await at(stage, DEADLINE - TWO_DAYS)

    assert len(reminders(begun)) >= 1
    assert reminders(idle) == []


async def test_a_moved_deadline_takes_its_reminders_along(both_stages: Stage) -> None:
    stage = both_stages
    opener, idle = await a_member(stage), await a_member(stage, "甲")
    await opens(opener)
    await at(stage, DEADLINE - TWO_DAYS)
    before = len(reminders(idle))
    await changes_the_deadline(opener, "12月15日")
    await at(stage, DEADLINE - HALF_A_DAY)
    assert len(reminders(idle)) == before

    await at(stage, DEADLINE + timedelta(days=3))
    assert len(reminders(idle)) == before + 1
    assert "12 月 15 日 23:59" in reminders(idle)[-1]


async def test_the_opener_hears_what_came_in_and_who_was_nearly_there(both_stages: Stage) -> None:
    stage = both_stages
    opener, nearly = await a_member(stage), await a_member(stage, "甲")
    await opens(opener)
    await submits(opener)
    await writes(nearly, data=b"%PDF nearly")
    await at(stage, DEADLINE)

    told = [each for each in opener.heard if "截止了，收到 1 份" in each]
    assert len(told) == 1
    assert "写完了没提交的有 1 份" in told[0]
    # a letter is kept: it names nobody who might want to be forgotten
    assert "甲" not in told[0]
    await worked(stage)
    assert sum("截止了，收到" in each for each in nearly.heard) == 0


@pytest.mark.parametrize(
    ("before", "lead"),
    [
        (timedelta(days=8), None),
        (WEEK, WEEK),
        (WEEK - timedelta(hours=5, minutes=59), WEEK),
        (WEEK - timedelta(hours=6), None),
        (TWO_DAYS, TWO_DAYS),
        (HALF_A_DAY, HALF_A_DAY),
        (HALF_A_DAY - timedelta(hours=7), None),
        (timedelta(0), None),
        (timedelta(days=-1), None),
    ],
)
def test_what_is_more_than_six_hours_late_is_not_written(
    before: timedelta, lead: timedelta | None
) -> None:
    assert lead_due(DEADLINE, DEADLINE - before) == lead


def test_a_call_that_opens_later_has_no_reminder_of_before() -> None:
    now = DEADLINE - WEEK + timedelta(hours=2)

    assert lead_due(DEADLINE, now, since=now - timedelta(hours=1)) is None
    assert lead_due(DEADLINE, now, since=now - timedelta(hours=3)) == WEEK
