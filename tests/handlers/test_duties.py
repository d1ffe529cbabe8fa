"""Members say what they answer; tickets find them, the clock goes after what is late."""

from datetime import timedelta

from tests.handlers.test_tickets import asks, member_of, opened
from tests.stage import Stage


async def test_a_member_ticks_subjects_names_schools_and_goes_away(both_stages: Stage) -> None:
    member = await member_of(both_stages, "张党员")
    await member.types("/profile")
    await member.taps("我能答")
    assert "现在一个没勾" in member.hears
    await member.taps("调剂")
    assert "✓ 调剂" in member.buttons
    await member.taps("学校/专业")
    await member.types("浙大、高分子，金属材料")
    assert "浙大、高分子、金属材料" in member.hears
    await member.taps("暂离 3 天")
    assert "你暂离到" in member.hears
    await member.taps("我回来了")
    assert "暂离到" not in member.hears
    await member.taps("✓ 调剂")
    assert "✓ 调剂" not in member.buttons
    await member.taps("清空")
    assert "金属材料" not in member.hears


async def test_students_have_no_such_page(stage: Stage) -> None:
    student = stage.person()
    await student.joins()
    await student.types("/profile")
    assert "🙋 我能答" not in student.buttons
    await student.taps_data(student.last.id, "duty", force=True)
    assert "✓" not in student.hears


async def test_not_for_me_goes_to_the_next(stage: Stage) -> None:
    desk = await opened(stage)
    third, fourth = await member_of(stage, "钱党员"), await member_of(stage, "孙党员")
    await asks(desk.student, "怎么选")
    assert "新的咨询" in third.hears
    assert "新的咨询" not in fourth.hears
    await third.taps("不合适")
    assert "换下一位来答" in third.hears
    assert "新的咨询 #1" in fourth.hears


async def test_the_clock_says_what_is_late_and_closes_what_is_over(stage: Stage) -> None:
    stage.clock.on_moved(stage.parts.alarm_clock.moved)
    desk = await opened(stage)
    admin = await stage.admin()
    await asks(desk.student, "怎么选")
    await stage.clock.move_to(stage.clock.now() + timedelta(days=2))
    await stage.settle()
    assert any("时间过了" in text for text in admin.heard)
    assert any("超过答应时间还没回的有 1 个" in text for text in admin.heard)

    await desk.one.types("/desk")
    await desk.one.taps("超时 1")
    await desk.one.taps("#1")
    await desk.one.taps("回答")
    await desk.one.types("先看自己想要什么")
    await desk.one.taps("发送")
    await stage.clock.move_to(stage.clock.now() + timedelta(days=8))
    await stage.settle()
    assert "一周没有新消息" in desk.student.hears
    await desk.student.taps("看进展")
    assert "已关闭" in desk.student.hears
