"""A call for papers, up to the receipt: opened, written for, handed in, changed, taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.assembly import Parts
from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World
from tests.handlers.calling import (
    ABSTRACT,
    PDF,
    THEME,
    TITLE,
    a_docx,
    asks_for,
    opens,
    sends,
    submits,
    writes,
)
from tests.handlers.conftest import a_member
from tests.noticing import later, students, worked
from tests.stage import NOW, Person, Stage, run_bot

DEADLINE = datetime(2026, 12, 10, 15, 59, tzinfo=UTC)
"""The tenth of December, a minute before midnight in Shanghai."""


async def moves_to(stage: Stage, moment: datetime) -> None:
    """The clock alone: nothing rings."""
    await stage.clock.move_to(moment)


async def changes_the_deadline(member: Person, to: str) -> None:
    await member.types("/call")
    await member.taps(THEME)
    await member.taps("改征文")
    await member.taps("截止")
    await member.types(to)
    await member.taps("就这么改")


async def test_a_call_is_opened_and_a_paper_handed_in(both_stages: Stage) -> None:
    member, author = await a_member(both_stages), await a_member(both_stages, "李学姐")
    await opens(member)
    assert THEME in member.hears
    assert "12 月 10 日 23:59（周四）截止" in member.hears
    assert "党员交了 0/2" in member.hears
    assert "?start=call_1" in member.hears

    receipt = await submits(author)

    assert receipt == "DJ2026-001"
    assert "之前还能换文件" in author.hears
    assert await submits(member, data=b"%PDF-2") == "DJ2026-002"
    await member.types("/call")
    await member.taps(THEME)
    assert "党员交了 2/2" in member.hears


async def test_all_of_a_call_can_be_set_and_is_shown_before_it_opens(stage: Stage) -> None:
    member = await a_member(stage)
    await asks_for(member)
    assert "不收补交" in member.hears
    for field, typed in (
        ("补交码", "夏天2026"),
        ("摘要字数", "100-300"),
        ("正文字数", "5000"),
        ("文件大小", "8"),
        ("要求", "写身边的事"),
    ):
        await member.taps(field)
        await member.types(typed)
    await member.taps("文件种类")
    await member.taps("ZIP")
    await member.taps("DOCX")
    await member.taps("好了")
    await member.taps("对象")
    await member.taps("党员和同学")

    for words in (
        "补交码 夏天2026",
        "摘要 100–300 字，正文最多 5000 字",
        "文件 PDF、ZIP，最大 8 MB",
        "写身边的事",
        "党员、同学都能投",
    ):
        assert words in member.hears
    await member.taps("开始征文")
    assert "夏天2026" not in member.hears
    assert "最大 8 MB" in member.hears


async def test_wrong_input_for_a_call_is_told_and_nothing_is_lost(stage: Stage) -> None:
    member = await a_member(stage)
    await member.types("/call")
    await member.taps("发起征文")
    await member.types("长" * 61)
    assert any("60 个字以内" in each for each in member.heard)
    await member.types(THEME)
    await member.taps("不写要求")
    for wrong, why in (
        ("昨天", "没看懂时间"),
        ("11月20日 8:00", "已经过了"),
        ("改天", "没看懂时间"),
    ):
        await member.types(wrong)
        assert any(why in each for each in member.heard[-2:]), wrong
    await member.types("12月10日 18:00")
    await member.taps("只收党员")
    for field, wrong, why in (
        ("补交码", "ab", "4 到 20 个字符"),
        ("摘要字数", "300-100", "一个范围"),
        ("摘要字数", "999999", "一个范围"),
        ("正文字数", "0", "1 到 100000 的整数"),
        ("文件大小", "21", "1 到 20 的整数"),
    ):
        await member.taps(field)
        await member.types(wrong)
        assert any(why in each for each in member.heard[-2:]), wrong
        await member.taps("返回")

    assert "18:00" in member.hears
    # the deadline passes while the last look is open
    await moves_to(stage, DEADLINE + timedelta(days=1))
    await member.taps("开始征文")
    assert any("截止时间已经过了" in each for each in member.heard[-2:])


async def test_students_open_no_calls_and_see_only_those_for_everybody(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await opens(member)
    await student.types("/call")
    assert "发起征文" not in student.buttons
    assert THEME not in student.hears
    await student.types("/start call_1")
    assert "没有这次征文" in student.hears
    await student.types("/submit")
    assert "现在没有在收稿的征文" in student.hears

    await opens(member, theme="人人都能写", everybody=True)
    await student.types("/start call_2")
    assert "人人都能写" in student.hears
    assert "党员交了" not in student.hears
    await student.taps("投稿")
    await student.types(TITLE)
    await student.types("/submit")
    assert "有合作者吗" in student.hears


async def test_a_notice_tells_of_a_call_and_leads_to_it(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await opens(member, everybody=True)
    await member.taps("写通知")
    await member.taps("所有人")
    await member.taps("下一步")
    await member.taps("确认发给")
    await worked(stage)

    assert any(THEME in each and "23:59（周四）截止" in each for each in student.heard)
    _, address = student.button("投稿")
    await student.types(f"/start {address.rpartition('=')[2]}")
    await student.taps("投稿")
    assert "题目是什么" in student.hears


async def test_a_draft_is_kept_from_the_first_answer_on(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    await opens(member)
    await member.types("/submit")
    assert "题目是什么" in member.hears
    await member.types(TITLE)
    await member.types("张三、李四")
    await member.taps("先放着")
    await member.types("国家线什么时候出")

    await member.types("/submit")
    assert "摘要发过来" in member.hears
    await member.types("字" * 312)
    assert any("摘要现在 312 字，最多 300" in each for each in member.heard[-2:])
    await member.types(ABSTRACT)
    await member.types("炼钢；党员")
    await member.taps("先放着")
    await member.types("/submit")
    assert "把文件发过来" in member.hears
    await sends(member)
    assert "合作者：张三、李四" in member.hears
    await member.taps("合作者")
    await member.types("只有张三")
    assert "合作者：只有张三" in member.hears


async def test_files_of_the_wrong_kind_or_size_are_refused_in_words(stage: Stage) -> None:
    member = await a_member(stage)
    await asks_for(member)
    await member.taps("文件大小")
    await member.types("1")
    await member.taps("正文字数")
    await member.types("100")
    await member.taps("开始征文")
    await writes(member, data=b"%PDF" + b"x" * 1024 * 1024)
    for data, name, why in (
        (None, "", "文件太大，最大 1 MB"),
        (b"MZ", "论文.exe", "要 PDF、DOCX"),
        (b"MZ", "论文.pdf", "要 PDF、DOCX"),
        (b"", "论文.pdf", "是空的"),
        (a_docx(101), "论文.docx", "正文现在 101 字，最多 100"),
    ):
        if data is not None:
            await sends(member, data, name)
        assert any(why in each for each in member.heard[-2:]), (name, member.heard[-2:])
    await member.types("这是我的论文")
    assert any("要一个文件" in each for each in member.heard[-2:])
    stage.world.send_photo(member.id, member.chat_id, b"\x89PNG")
    await stage.settle()
    assert any("要一个文件" in each for each in member.heard[-2:])

    await sends(member, a_docx(100), "论文.docx")
    assert "📎 论文.docx（第 1 版）" in member.hears


async def test_versions_grow_and_the_same_file_twice_is_told(both_stages: Stage) -> None:
    member = await a_member(both_stages)
    await opens(member)
    receipt = await submits(member)
    await member.taps("换文件")
    await sends(member, PDF, "换了名字.pdf")
    assert any("和第 1 版一样" in each for each in member.heard[-2:])
    await sends(member, b"%PDF second")

    assert "第 2 版" in member.hears
    assert receipt in member.hears
    await member.taps("改内容")
    await member.taps("题目")
    await member.types("另一个题目")
    await member.taps("好了")
    assert "另一个题目" in member.hears
    assert receipt in member.hears


async def test_withdrawn_and_taken_up_again_with_the_same_receipt(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    await opens(member)
    receipt = await submits(member)
    await member.taps("撤回")
    assert "编号不变" in member.hears
    await member.taps("确定撤回")
    assert "撤回了" in member.hears
    await member.types("/call")
    await member.taps(THEME)
    assert "党员交了 0/1" in member.hears

    await member.taps("我的稿子")
    await member.taps("接着投")
    await member.taps("提交")
    assert receipt in member.hears
    await member.taps("撤回")
    await moves_to(stage, DEADLINE + timedelta(minutes=1))
    await member.taps("确定撤回")
    assert "接着投" not in member.buttons
    assert "撤回了" in member.hears


@pytest.mark.parametrize(("late_by", "taken"), [(0, True), (59, True), (60, False)])
async def test_the_last_minute_counts_to_its_end(
    stage: Stage, late_by: int, *, taken: bool
) -> None:
    member = await a_member(stage)
    await opens(member)
    await writes(member)
    await moves_to(stage, DEADLINE + timedelta(seconds=late_by))

    await member.taps("提交")

    if taken:
        assert "DJ2026-001" in member.hears
    else:
        assert any("12 月 10 日 23:59 截止了" in each for each in member.heard[-2:])
        assert TITLE in member.hears


async def test_after_the_deadline_only_the_late_code_helps(both_stages: Stage) -> None:
    stage = both_stages
    member, other = await a_member(stage), await a_member(stage, "李学姐")
    await asks_for(member)
    await member.taps("补交码")
    await member.types("夏天2026")
    await member.taps("开始征文")
    await writes(other)
    await moves_to(stage, DEADLINE + timedelta(hours=2))

    await other.taps("提交")
    assert "12 月 14 日 00:00 前还能交" in other.hears
    await other.types("冬天2026")
    assert any("补交码不对" in each for each in other.heard[-2:])
    await other.types("夏天2026")
    assert "DJ2026-001" in other.hears
    assert "（补交）" in other.hears
    assert "换文件" not in other.buttons

    await moves_to(stage, DEADLINE + timedelta(days=3, minutes=1))
    await member.types("/submit")
    assert "现在没有在收稿的征文" in member.hears


async def test_a_deadline_moved_while_somebody_submits_has_one_outcome(both_stages: Stage) -> None:
    """Whoever locks first; the other sees what they have done."""
    stage = both_stages
    member, author = await a_member(stage), await a_member(stage, "李学姐")
    await opens(member)
    await writes(author)
    await member.types("/call")
    await member.taps(THEME)
    await member.taps("改征文")
    await member.taps("截止")
    await member.types("12月11日 12:00")
    # the old deadline is over a moment ago when one moves it and the other hands in
    await moves_to(stage, DEADLINE + timedelta(seconds=61))
    for person, label in ((member, "就这么改"), (author, "提交")):
        message, data = person.button(label)
        stage.world.tap(person.id, person.chat_id, message, data)
    await stage.settle()
    await worked(stage)

    handed_in = any("DJ2026-001" in each for each in author.heard)
    refused = any("23:59 截止了" in each for each in author.heard)
    assert handed_in != refused
    assert any("截止时间改了" in each for each in author.heard)
    if refused:
        await author.types("/submit")
        await author.taps("提交")
        assert "DJ2026-001" in author.hears


async def test_a_moved_deadline_is_told_to_whoever_has_begun(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    begun, done, idle = [await a_member(stage, name) for name in ("甲", "乙", "丙")]
    await opens(member)
    await submits(done)
    await begun.types("/submit")
    await begun.types(TITLE)

    await changes_the_deadline(member, "12月12日 18:00")
    await worked(stage)

    assert any("告诉了 2 人" in each for each in member.heard)
    for person in (begun, done):
        told = [each for each in person.heard if "的截止时间改了" in each]
        assert len(told) == 1
        assert "12 月 12 日 18:00" in told[0]
        assert "原来 12 月 10 日 23:59" in told[0]
    assert not any("的截止时间改了" in each for each in idle.heard)


async def test_of_two_who_change_a_call_the_second_looks_again(stage: Stage) -> None:
    member = await a_member(stage)
    await opens(member)
    chief = await stage.admin()
    for person in (member, chief):
        await person.types("/call")
        await person.taps(THEME)
        await person.taps("改征文")
        await person.taps("文件大小")
        await person.types("5" if person is member else "6")
    await member.taps("就这么改")
    await chief.taps("就这么改")

    assert any("刚刚有人改过" in each for each in chief.heard[-2:])
    await member.types("/start call_1")
    assert "最大 5 MB" in member.hears


async def test_a_closed_call_takes_nothing_and_tells_who_was_at_it(both_stages: Stage) -> None:
    stage = both_stages
    member, author = await a_member(stage), await a_member(stage, "李学姐")
    await opens(member)
    await writes(author)
    await member.types("/call")
    await member.taps(THEME)
    await member.taps("关闭征文")
    await member.taps("确定关闭")
    await worked(stage)

    assert "（已关闭）" in member.hears
    assert any("提前关了" in each for each in author.heard)
    await author.taps("提交")
    assert any("不再收稿" in each for each in author.heard[-2:])


async def test_restart_at_the_minute_of_the_deadline_loses_nothing(sqlite_url: str) -> None:
    clock = MovableClock(NOW)
    world = World(clock)
    async with PlaygroundServer(world) as server:
        async with run_bot(world, server, clock, sqlite_url) as stage:
            member, late = await a_member(stage), await a_member(stage, "李学姐")
            await opens(member)
            await writes(member)
            await writes(late, data=b"%PDF late")
            await moves_to(stage, DEADLINE + timedelta(seconds=30))
        # tapped while nobody is there, and read within the minute
        message, data = member.button("提交")
        world.tap(member.id, member.chat_id, message, data)
        async with run_bot(world, server, clock, sqlite_url) as stage:
            again = Person(stage, member.id)
            await stage.settle()
            assert "DJ2026-001" in again.hears
        message, data = late.button("提交")
        world.tap(late.id, late.chat_id, message, data)
        await clock.move_to(DEADLINE + timedelta(seconds=61))
        async with run_bot(world, server, clock, sqlite_url) as stage:
            too_late = Person(stage, late.id)
            await stage.settle()
            # a tap that nobody received in time has no time of its own: said so, and kept
            assert any("截止了" in each for each in too_late.heard)
            assert TITLE in too_late.hears
            await again_with_more_time(Person(stage, member.id), too_late)


async def test_what_was_received_in_time_counts_however_late_it_is_handled(
    either_url: str,
) -> None:
    """The program dies between keeping the tap and handling it, over the deadline."""
    clock = MovableClock(NOW)
    world = World(clock)
    async with PlaygroundServer(world) as server:
        async with run_bot(world, server, clock, either_url) as stage:
            member = await a_member(stage)
            await opens(member)
            await writes(member)
            await moves_to(stage, DEADLINE + timedelta(seconds=30))
        async with run_bot(world, server, clock, either_url, change=handles_nothing) as stage:
            message, data = member.button("提交")
            world.tap(member.id, member.chat_id, message, data)
            await stage.settle()
        await clock.move_to(DEADLINE + timedelta(hours=1))
        async with run_bot(world, server, clock, either_url) as stage:
            await stage.settle()
            assert "DJ2026-001" in Person(stage, member.id).hears


def handles_nothing(parts: Parts) -> None:
    parts.lanes.put = lambda *_, **__: None  # type: ignore[method-assign]  # it dies before


async def again_with_more_time(member: Person, late: Person) -> None:
    await changes_the_deadline(member, "12月11日 12:00")
    await late.types("/submit")
    await late.taps("提交")
    assert "DJ2026-002" in late.hears


async def test_a_second_tap_on_submit_gives_one_receipt(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    await opens(member)
    await writes(member)
    message, data = member.button("提交")
    for _ in range(2):
        stage.world.tap(member.id, member.chat_id, message, data)
    await stage.settle()

    assert sum("DJ2026-001" in each for each in member.heard) >= 1
    assert not any("DJ2026-002" in each for each in member.heard)
    await later(stage, timedelta(minutes=1))
    await member.types("/submit")
    assert "DJ2026-001" in member.hears


async def test_many_at_once_get_receipts_of_their_own(both_stages: Stage) -> None:
    stage = both_stages
    people = [await a_member(stage, f"党员{each}") for each in range(5)]
    await opens(people[0])
    for number, person in enumerate(people):
        await writes(person, data=f"%PDF {number}".encode())
    for person in people:
        message, data = person.button("提交")
        stage.world.tap(person.id, person.chat_id, message, data)
    await stage.settle()

    receipts = sorted(
        each.partition("编号 ")[2].partition("。")[0]
        for person in people
        for each in person.heard
        if each.startswith("✅ 收到，编号")
    )
    assert receipts == [f"DJ2026-00{each}" for each in range(1, 6)]
