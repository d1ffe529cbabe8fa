"""What members answer with: entries, earlier answers, canned replies; one answer to many."""

import pytest

from playground.faults import Fault, Status
from tests.handlers.test_desk_group import gathered
from tests.handlers.test_tickets import Desk, asks, opened
from tests.stage import Person, Stage


@pytest.fixture
async def desk(stage: Stage) -> Desk:
    return await opened(stage)


async def answers(member: Person, text: str) -> None:
    await member.taps("回答")
    await member.types(text)
    await member.taps("发送")


async def another(stage: Stage, name: str) -> Person:
    student = stage.person(name)
    await student.joins()
    return student


async def test_one_tap_below_a_new_ticket_sends_an_entry(desk: Desk) -> None:
    await asks(desk.student, "准考证什么时候能打印")
    assert any(label.startswith("发 📖 ") and "准考证" in label for label in desk.one.buttons)
    await desk.one.taps("发 📖 ")
    assert desk.student.hears.startswith("💬 #1 有回复了")
    assert "来源：" in desk.student.hears
    assert desk.one.hears.startswith("✓ #1 的回答送到了")
    # a second tap, and another member's, send nothing more
    await desk.one.taps("发 📖 ")
    await desk.other.taps("发 📖 ")
    assert len([text for text in desk.student.heard if "有回复了" in text]) == 1


async def test_the_list_names_the_three_nearest_the_buttons_only_what_may_fit(desk: Desk) -> None:
    await asks(desk.student, "食堂阿姨今天心情怎么样呀")
    assert not [label for label in desk.one.buttons if label.startswith("发 ")]
    await desk.one.taps("参考答案")
    assert len([label for label in desk.one.buttons if label.startswith("📖 ")]) == 3


async def test_what_was_answered_before_is_offered_and_sent_again(both_stages: Stage) -> None:
    desk = await opened(both_stages)
    await asks(desk.student, "导师一直不回邮件要不要再发一封")
    await answers(desk.one, "等一周再发，<b>别</b>催")
    later = await another(both_stages, "小赵")
    await asks(later, "导师一直不回我邮件，要不要再发一封")
    assert any(label.startswith("发 💬 #1") for label in desk.other.buttons)
    await desk.other.taps("参考答案")
    await desk.other.taps("💬 #1")
    assert "等一周再发，<b>别</b>催" in desk.other.hears
    await desk.other.taps("就发这个")
    assert "等一周再发，<b>别</b>催" in later.hears
    # who asks the same later has joined: the entry that is made of it knows their words
    await desk.one.types("/desk")
    await desk.one.taps("已回复的")
    await desk.one.taps("#1")
    await desk.one.taps("写进知识库")
    if "不一样，继续" in desk.one.buttons:
        await desk.one.taps("不一样，继续")
    assert "导师一直不回我邮件，要不要再发一封" in desk.one.hears


async def test_one_message_of_the_desk_sends_the_same_entry_to_two(both_stages: Stage) -> None:
    desk = await opened(both_stages)
    two = await another(both_stages, "小赵")
    await asks(desk.student, "准考证什么时候能打印")
    await asks(two, "准考证什么时候可以打印呢")
    await desk.one.types("/desk")
    for number, back in (("#1", 3), ("#2", 0)):
        for step in (number, "参考答案", "📖 ", "就发这个", *["返回"] * back):
            await desk.one.taps(step)
    assert "来源：" in desk.student.hears
    assert "来源：" in two.hears
    await desk.one.taps("就发这个")
    assert len([text for text in two.heard if "有回复了" in text]) == 1


async def test_in_the_group_suggestions_stand_below_the_question(stage: Stage) -> None:
    group = await gathered(stage)
    await asks(group.student, "准考证什么时候能打印")
    await group.one_there.taps("参考答案")
    assert "可以参考这些" in group.one_there.hears
    assert any("新的咨询 #1" in text for text in group.one_there.heard)
    await group.one_there.taps("📖 ")
    await group.one_there.taps("就发这个")
    assert "来源：" in group.student.hears


async def test_one_answer_reaches_everyone_who_asks_the_same(both_stages: Stage) -> None:
    desk = await opened(both_stages)
    two, three = await another(both_stages, "小赵"), await another(both_stages, "小钱")
    await asks(desk.student, "导师不回邮件怎么办")
    await asks(two, "导师不回邮件该怎么办")
    await asks(three, "导师不回我邮件怎么办呀")
    await desk.one.types("/desk")
    await desk.one.taps("#1")
    await desk.one.taps("同类一起答")
    assert {"✓ #1", "✓ #2", "✓ #3"} <= set(desk.one.buttons)
    await desk.one.taps("✓ #3")
    await desk.one.taps("一起答 2 个")
    await desk.one.types("等一周再发一封")
    assert "#1 #2" in desk.one.hears
    await desk.one.taps("发送")

    assert "发出去了：#1、#2" in desk.one.hears
    assert "等一周再发一封" in desk.student.hears
    assert "等一周再发一封" in two.hears
    assert "等一周再发一封" not in three.hears


async def test_what_another_has_in_hand_is_left_out_and_named(desk: Desk) -> None:
    two = await another(desk.stage, "小赵")
    await asks(desk.student, "导师不回邮件怎么办")
    await asks(two, "导师不回邮件该怎么办")
    await desk.one.types("/desk")
    await desk.one.taps("#1")
    await desk.one.taps("同类一起答")
    await desk.one.taps("一起答 2 个")
    await desk.other.taps("回答")
    await desk.one.types("等一周再发一封")
    await desk.one.taps("发送")

    assert "没发给 #2" in desk.one.hears
    assert "等一周再发一封" not in "".join(two.heard)


async def test_a_ticket_and_its_answer_become_an_entry(desk: Desk) -> None:
    two = await another(desk.stage, "小赵")
    await asks(desk.student, "实验室的门禁卡坏了找谁换")
    await asks(two, "实验室门禁卡坏了找谁换啊")
    await desk.one.types("/desk")
    await desk.one.taps("#1")
    await desk.one.taps("同类一起答")
    await desk.one.taps("一起答 2 个")
    await desk.one.types("找系办 305 的老师，带学生证，当天就能换")
    await desk.one.taps("发送")
    await desk.one.types("/desk")
    await desk.one.taps("已回复的")
    await desk.one.taps("#1")
    await desk.one.taps("写进知识库")
    if "不一样，继续" in desk.one.buttons:
        await desk.one.taps("不一样，继续")
    assert "实验室的门禁卡坏了找谁换" in desk.one.hears
    assert "实验室门禁卡坏了找谁换啊" in desk.one.hears


async def test_canned_replies_are_kept_edited_used_and_put_away(both_stages: Stage) -> None:
    desk = await opened(both_stages)
    await desk.one.types("/desk")
    await desk.one.taps("常用回复")
    await desk.one.taps("＋ 新的")
    await desk.one.types("联系导师")
    await desk.one.types("先看主页 <i>再</i>发邮件")
    assert "常用回复 1 条" in desk.one.hears

    await asks(desk.student, "怎么联系导师")
    await desk.other.taps("回答")
    await desk.other.taps("常用回复")
    await desk.other.taps("联系导师")
    await desk.other.types("另外祝顺利")
    assert "先看主页 <i>再</i>发邮件\n\n另外祝顺利" in desk.other.hears
    await desk.other.taps("发送")
    assert "先看主页 <i>再</i>发邮件\n\n另外祝顺利" in desk.student.hears

    await desk.one.types("/desk")
    await desk.one.taps("常用回复")
    await desk.one.taps("联系导师")
    await desk.one.taps("改")
    await desk.one.types("联系老师")
    await desk.one.types("发一封短信")
    await desk.one.taps("联系老师")
    assert "发一封短信" in desk.one.hears
    await desk.one.taps("收起来")
    assert "常用回复 0 条" in desk.one.hears


async def test_the_card_does_all_that_it_says(desk: Desk) -> None:
    one, other = desk.one, desk.other
    await asks(desk.student, "怎么联系导师")
    await one.types("/desk")
    await one.taps("#1")
    await one.taps("放一放")
    await one.taps("3 小时")
    assert "放到" in one.hears
    await one.types("/desk")
    assert "都答完了" in one.hears
    await one.taps("放着的")
    await one.taps("#1")
    await one.taps("更多")
    await one.taps("⚡ 加急")
    assert "⚡" in one.hears
    await one.taps("更多")
    await one.taps("标签")
    await one.types("#导师 邮件")
    assert "#导师 #邮件" in one.hears
    await one.taps("更多")
    await one.taps("方向")
    await one.taps("复试")
    assert "复试" in one.hears
    await one.taps("转交")
    await one.taps("赵党员")
    assert "转给你了" in other.hears
    await one.taps("更多")
    await one.taps("历史")
    assert "转交 · 张党员" in one.hears
    await one.types("/desk")
    await one.taps("搜索")
    await one.types("联系导师")
    assert "找「联系导师」 1 个" in one.hears


async def test_who_is_asked_to_pause_hears_until_when(desk: Desk) -> None:
    await asks(desk.student, "怎么联系导师")
    await desk.one.types("/desk")
    await desk.one.taps("#1")
    await desk.one.taps("更多")
    await desk.one.taps("请 TA 歇歇")
    await desk.one.taps("1 天")
    await asks(desk.student, "再问一个")
    assert "党员请你先歇一歇" in desk.student.hears
    await desk.one.taps("更多")
    await desk.one.taps("请 TA 歇歇")
    await desk.one.taps("让 TA 接着问")
    await asks(desk.student, "再问一个")
    assert "编号 #2" in desk.student.hears


async def test_an_answer_that_failed_is_seen_and_sent_again(desk: Desk) -> None:
    await asks(desk.student, "怎么联系导师")
    broken = Status(code=400, description="Bad Request: can't parse entities")
    await desk.one.taps("回答")
    await desk.one.types("先看主页")
    desk.stage.world.faults.add(Fault(kind=broken, method="sendMessage"))

    await desk.one.taps("发送")
    assert "没送到，可以再发一次" in desk.one.hears
    await desk.one.taps("再发一次")
    assert desk.one.hears.startswith("✓ #1 的回答送到了")
    assert "先看主页" in desk.student.hears
