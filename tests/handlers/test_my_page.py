"""One's own page says what one has done, and nothing of anybody else."""

from datetime import timedelta

from tests.handlers.conftest import a_member
from tests.noticing import later, students
from tests.stage import Stage


async def test_a_member_sees_what_they_have_done(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    [student] = await students(stage, 1)
    for when in ("11月23日 19:00", "12月3日 19:00"):
        await member.types("/themeday")
        for words in (f"主题党日 {when}", when, "A204"):
            await member.types(words)
        await member.taps("不写")
        await member.taps("不限人数")
        await member.taps("发布")
        await member.taps("我去")
    await later(stage, timedelta(hours=23))
    await member.types("/themedays")
    await member.taps("主题党日 11月23日")
    await member.taps("现场与会后")
    await member.taps("签到名单")
    await member.taps("□ 王学长")
    await later(stage, timedelta(hours=4))

    await member.types("/start")
    await member.taps("我的足迹")
    assert "王学长，党员" in member.hears
    assert "今年的主题党日来了 1 次，办了 1 次" in member.hears
    assert "主题党日 12月3日 19:00，12 月 3 日 19:00（周四）：要去" in member.hears
    assert "回答过 0 次咨询" in member.hears
    await student.types("/start")
    await student.taps("我的足迹")
    assert "来了 0 次，办了 1 次" in student.hears
    assert "要去" not in student.hears
    assert "回答过" not in student.hears
