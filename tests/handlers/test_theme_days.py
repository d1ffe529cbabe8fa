"""Theme days: planned, announced, signed up for, changed; one winner for the last place."""

import asyncio
from datetime import timedelta

from tests.handlers.conftest import a_member
from tests.noticing import later, students, worked
from tests.stage import Person, Stage

TITLE = "红色故事代代传 · 第 3 期"


async def plans(member: Person, *, when: str = "12月10日 19:00", capacity: str = "") -> None:
    await member.types("/themeday")
    await member.types(TITLE)
    await member.types(when)
    await member.types("材料楼 A204")
    await member.types("退休教师王老师，讲他 1978 年参加高考")
    if capacity:
        await member.types(capacity)
    else:
        await member.taps("不限人数")
    await member.taps("发布")


async def opens(person: Person) -> None:
    await person.types("/themedays")
    await person.taps(TITLE)


async def test_a_day_is_planned_found_and_signed_up_for(both_stages: Stage) -> None:
    member = await a_member(both_stages)
    [student] = await students(both_stages, 1)
    await plans(member)
    assert TITLE in member.hears

    await opens(student)
    assert "12 月 10 日 19:00（周四）" in student.hears
    assert "退休教师王老师" in student.hears
    await student.taps("我去")
    assert student.toast == "报上了"
    assert "你报上名了" in student.hears
    await member.taps("谁来")

    assert "要来 1" in member.hears
    assert "学生0" in member.hears


async def test_wrong_input_is_told_and_nothing_is_lost(stage: Stage) -> None:
    member = await a_member(stage)
    await member.types("/themeday")
    await member.types("长" * 61)
    assert any("60 个字以内" in each for each in member.heard)
    await member.types(TITLE)
    await member.types("昨天 8:00")
    assert any("没看懂时间" in each or "已经过了" in each for each in member.heard)
    await member.types("11月20日 8:00")
    assert any("已经过了" in each for each in member.heard)
    await member.types("12月10日 19:00")
    await member.types("A204")
    await member.taps("不写")
    for wrong in ("很多", "0", "99999"):
        await member.types(wrong)
        assert any("1 到 5000 的整数" in each for each in member.heard), wrong
    await member.types("40")

    assert "名额 40" in member.hears
    assert TITLE in member.hears


async def test_students_cannot_plan(stage: Stage) -> None:
    [student] = await students(stage, 1)

    await student.types("/themeday")

    assert "更高的角色" in student.hears


async def test_two_taps_on_the_last_place_have_one_winner(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    people = await students(stage, 4)
    await plans(member, capacity="2")
    for person in people:
        await opens(person)

    for person in people:
        message, data = person.button("我去")
        stage.world.tap(person.id, person.chat_id, message, data)
    await stage.settle()

    said = sorted(person.toast for person in people)
    assert said == ["报上了"] * 2 + ["排上队了"] * 2


async def test_who_waits_moves_up_and_has_time_to_say_so(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    first, second, third = await students(stage, 3)
    await plans(member, capacity="1")
    for person in (first, second, third):
        await opens(person)
        await person.taps("我去" if person is first else "排队")
    assert "2 人在排队" in third.hears

    await first.taps("去不了")
    await worked(stage)
    assert "方便的话点一下原因" in first.hears
    await first.taps("实验走不开")
    assert any("有位子了，给你留到" in each for each in second.heard)
    assert not any("有位子了，给你留到" in each for each in third.heard)

    # nobody answers for twelve hours: it goes on to the next
    await later(stage, timedelta(hours=13))
    assert any("有位子了，给你留到" in each for each in third.heard)
    await third.taps("我去")
    assert "你报上名了" in third.hears
    await member.types("/themedays")
    await member.taps(TITLE)
    await member.taps("谁来")
    assert "要来 1" in member.hears
    assert "实验走不开" in member.hears
    assert "没回" in member.hears


async def test_a_change_reaches_who_signed_up_and_who_was_told_and_nobody_else(
    both_stages: Stage,
) -> None:
    stage = both_stages
    member = await a_member(stage)
    going, told, other = await students(stage, 3)
    await plans(member)
    await opens(going)
    await going.taps("我去")
    await announced(member, to="学生1")
    assert TITLE in "".join(told.heard)

    await opens(member)
    await member.taps("改活动")
    await member.taps("地点")
    await member.types("材料楼 B101")
    await member.taps("就这么改")
    await worked(stage)

    # who made the list is on it, too
    assert any("告诉了 3 人" in each for each in member.heard)
    for person in (going, told):
        assert any("有变动" in each and "原来 材料楼 A204" in each for each in person.heard)
    assert not any("有变动" in each for each in other.heard)


async def announced(member: Person, *, to: str) -> None:
    """By a notice with a button to sign up, to the list of that one student."""
    stage = member.stage
    await member.taps("写通知")
    await member.taps("按名单")
    await member.taps("新建名单")
    await member.types("试试")
    link = next(each for each in member.heard if "start=list_" in each)
    person = next(p for p in stage.world.people.values() if p.name == to)
    reader = Person(stage, person.id)
    await reader.types(f"/start {link.rpartition('start=')[2].split()[0]}")
    await member.taps("名单 试试")
    await member.taps("好了")
    await member.taps("下一步")
    await member.taps("确认发给")
    await worked(stage)


async def test_called_off_nobody_is_reminded_and_all_hear_of_it(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await plans(member, when="11月26日 19:00")
    await opens(student)
    await student.taps("我去")

    await opens(member)
    await member.taps("取消活动")
    await member.taps("确定取消活动")
    await later(stage, timedelta(days=4))

    assert sum("取消了，原定" in each for each in student.heard) == 1
    assert not any("快到了" in each for each in student.heard)
    await student.types("/themedays")
    assert TITLE not in student.hears


async def test_reminded_a_day_and_two_hours_before_once_each(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    going, not_going = await students(stage, 2)
    await plans(member, when="11月26日 19:00")
    for person in (going, not_going):
        await opens(person)
        await person.taps("我去")
    await not_going.taps("去不了")

    for _ in range(8):
        await later(stage, timedelta(hours=12))

    assert sum("快到了" in each for each in going.heard) == 2
    assert not any("快到了" in each for each in not_going.heard)


async def test_who_signed_up_is_an_audience(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    going, other = await students(stage, 2)
    await plans(member)
    await opens(going)
    await going.taps("我去")

    await member.types("/notice")
    await member.types("带上笔记本")
    await member.taps("报了活动的")
    await member.taps("报了活动 #1 的（1）")
    await member.taps("好了")
    await member.taps("下一步")
    await member.taps("确认发给 1 人")
    await worked(stage)

    assert "带上笔记本" in going.heard
    assert "带上笔记本" not in other.heard


async def test_a_link_leads_to_the_day_and_the_file_holds_it(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await plans(member)

    await student.types("/start day_1")
    assert TITLE in student.hears
    await student.taps("加进手机日历")

    sent = next(m.document for m in reversed(stage.world.history(student.id)) if m.document)
    text = sent.data.decode()
    assert "DTSTART:20261210T110000Z" in text
    assert "UID:day-1@linghang" in text
    await student.types("/start day_99")
    assert "没有这次活动" in student.hears


async def test_after_it_has_begun_nobody_signs_up(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await plans(member, when="11月26日 19:00")
    await opens(student)
    message, data = student.button("我去")
    await later(stage, timedelta(days=4))

    await student.taps_data(message, data)

    assert "已经开始了" in student.hears


async def test_a_second_tap_on_publish_plans_one_day(stage: Stage) -> None:
    member = await a_member(stage)
    await plans(member)
    shown = [m for m in stage.world.history(member.id) if "发布好了" in m.text]
    assert len(shown) == 1

    await asyncio.gather(member.types("/themedays"))

    assert member.hears.count(TITLE) == 1
