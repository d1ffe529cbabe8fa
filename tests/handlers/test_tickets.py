"""A question that the base cannot answer reaches a member, and the answer comes back."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from branch.people.model import Role, TelegramId
from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World
from tests.stage import NOW, Person, Stage, run_bot

QUESTION = "390 分该保一志愿还是冲一冲？<b>急"
ANSWER = "看你能不能接受调剂：能，就冲；不能，就保。"


@dataclass
class Desk:
    stage: Stage
    student: Person
    one: Person
    other: Person


async def member_of(stage: Stage, name: str) -> Person:
    person = stage.person(name)
    await person.joins()
    async with stage.parts.transactions.begin() as work:
        kept = await work.people.by_telegram(TelegramId(person.id), now=stage.clock.now())
        assert kept is not None
        now = stage.clock.now()
        await work.roles.grant(
            kept.id, Role.MEMBER, by=None, now=now, until=now + timedelta(days=30)
        )
    return person


async def opened(stage: Stage) -> Desk:
    one, other = await member_of(stage, "张党员"), await member_of(stage, "赵党员")
    student = stage.person()
    await student.joins()
    return Desk(stage, student, one, other)


@pytest.fixture
async def desk(stage: Stage) -> Desk:
    return await opened(stage)


async def asks(student: Person, question: str = QUESTION) -> None:
    await student.types("/tickets")
    await student.taps("问党员")
    await student.types(question)
    await student.taps("发给党员")


async def test_from_a_question_nobody_covers_to_the_answer(both_stages: Stage) -> None:
    desk = await opened(both_stages)
    student, one, other = desk.student, desk.one, desk.other
    await student.types("食堂阿姨今天心情怎么样呀")
    await student.taps("问党员")
    assert "食堂阿姨今天心情怎么样呀" in student.hears
    assert "署名：林小雨，27 届" in student.hears
    assert student.buttons == ["发给党员", "匿名发", "选方向", "重写", "放下不问了"]
    await student.taps("重写")
    await student.types(QUESTION)
    assert QUESTION in student.hears
    await student.taps("发给党员")
    assert student.hears.startswith("收到，编号 #1。一般 24 小时内")

    for member in (one, other):
        assert member.hears.startswith("📨 新的咨询 #1 · 27 届")
        assert QUESTION in member.hears
        assert "林小雨" in member.hears
    await one.taps("回答")
    await other.taps("回答")
    assert other.hears == "#1 张党员 已经接了，正在回。"
    await one.types("先写一版")
    await one.taps("重写")
    await one.types(ANSWER)
    assert ANSWER in one.hears
    await one.taps("发送")
    assert one.hears.startswith("✓ #1 的回答送到了")

    assert student.hears.startswith("💬 #1 有回复了")
    assert QUESTION in student.hears
    assert ANSWER in student.hears
    assert [text for text in student.heard if "有回复了" in text] == [student.hears]
    await student.types("/tickets")
    assert "#1 已回复" in student.hears


async def test_the_answer_below_which_one_asks_stays(desk: Desk) -> None:
    await desk.student.types("今年考研哪天考")
    answer = desk.student.hears
    await desk.student.taps("问党员")

    assert answer in desk.student.heard
    assert "今年考研哪天考" in desk.student.hears
    assert desk.student.buttons[:2] == ["发给党员", "匿名发"]


async def test_who_has_not_agreed_is_asked_to_first(desk: Desk) -> None:
    stranger = desk.stage.person("路过")
    await stranger.types("食堂阿姨今天心情怎么样呀")
    await stranger.taps("问党员")

    assert "/start" in stranger.hears
    await stranger.types("/tickets")
    assert "/start" in stranger.hears


async def test_where_no_member_can_read_it_nothing_is_promised(
    stage: Stage, student: Person
) -> None:
    await asks(student)

    assert "现在没有能收到消息的党员" in student.hears
    assert "24 小时" not in student.hears


async def test_members_find_what_waits_at_the_desk(desk: Desk) -> None:
    await asks(desk.student)
    await desk.one.types("/desk")
    assert "等回答的 1 个" in desk.one.hears
    await desk.one.taps("#1")
    assert QUESTION in desk.one.hears
    await desk.one.taps("回答")
    await desk.one.taps("放回去")
    assert "放回去了" in desk.one.hears

    await desk.other.types("/desk")
    await desk.other.taps("#1")
    await desk.other.taps("回答")
    await desk.other.types(ANSWER)
    await desk.other.taps("发送")
    assert ANSWER in desk.student.hears
    await desk.one.types("/desk")
    assert desk.one.hears == "📨 没有等回答的，都答完了。"


async def test_students_see_no_desk_and_no_tickets_of_others(desk: Desk) -> None:
    await asks(desk.student)
    other = desk.stage.person("别的同学")
    await other.joins()
    await other.types("/desk")
    assert other.hears != ""
    assert QUESTION not in other.hears
    await other.types("/tickets")
    message = other.last.id
    for data in ("ticket:1", "close:1", "take:1"):
        await other.taps_data(message, data, force=True)
        assert QUESTION not in other.hears
    await desk.student.types("/tickets")
    assert "#1 等人接" in desk.student.hears


async def test_a_member_whose_term_is_over_answers_nothing_any_more(desk: Desk) -> None:
    await asks(desk.student)
    await desk.one.taps("回答")
    await desk.one.types(ANSWER)
    await desk.stage.clock.move_to(desk.stage.clock.now() + timedelta(days=31))
    await desk.one.taps("发送")

    assert not [text for text in desk.student.heard if ANSWER in text]
    await desk.one.types("/desk")
    assert QUESTION not in desk.one.hears


async def test_what_a_member_lets_lie_another_may_take_next_day(desk: Desk) -> None:
    await asks(desk.student)
    await desk.one.taps("回答")
    await desk.stage.clock.move_to(desk.stage.clock.now() + timedelta(hours=25))
    await desk.other.taps("回答")
    assert "归你了" in desk.other.hears

    await desk.one.types(ANSWER)
    await desk.one.taps("发送")
    assert desk.one.hears == "#1 赵党员 已经接了，正在回。"


async def test_closed_by_the_student_nobody_answers_it(desk: Desk) -> None:
    await asks(desk.student)
    await desk.one.taps("回答")
    await desk.student.types("/tickets")
    await desk.student.taps("#1")
    await desk.student.taps("关闭")
    assert desk.student.hears.startswith("#1 已关闭")

    await desk.one.types(ANSWER)
    await desk.one.taps("发送")
    assert "已经回复或关闭" in desk.one.hears
    assert desk.student.hears.startswith("#1 已关闭")


async def test_closed_by_a_member_the_student_is_told(desk: Desk) -> None:
    await asks(desk.student)
    await desk.one.types("/desk")
    await desk.one.taps("#1")
    await desk.one.taps("关闭")

    assert "被党员关闭了" in desk.student.hears


async def test_five_may_wait_and_ten_a_day_may_be_asked(desk: Desk) -> None:
    for number in range(1, 6):
        await asks(desk.student, f"第 {number} 个问题怎么办")
    await asks(desk.student, "第 6 个问题怎么办")
    assert "5 个问题在等回复" in desk.student.hears

    for number in range(1, 11):
        await desk.student.types("/tickets")
        await desk.student.taps(f"#{min(number, 10)}")
        await desk.student.taps("关闭")
        if number <= 5:
            await asks(desk.student, f"又一个 {number} 问题怎么办")
    await asks(desk.student, "第十一个问题怎么办")
    assert "一天里已经问了 10 个" in desk.student.hears
    assert len([text for text in desk.one.heard if "新的咨询" in text]) == 10


async def test_what_does_not_fit_is_not_sent(desk: Desk) -> None:
    await desk.student.types("/tickets")
    await desk.student.taps("问党员")
    await desk.student.types("长" * 1001)
    assert "1000 字以内" in desk.student.hears
    await desk.student.types("长" * 1000)
    await desk.student.taps("发给党员")
    await desk.one.taps("回答")
    await desk.one.types("答" * 2501)
    assert "2500 字以内" in desk.one.hears
    await desk.one.types("答" * 2500)
    await desk.one.taps("发送")

    assert "答" * 2500 in desk.student.hears


async def test_words_of_despair_get_help_and_no_number(desk: Desk) -> None:
    await desk.student.types("/tickets")
    await desk.student.taps("问党员")
    await desk.student.types("我不想活了")

    assert "12356" in desk.student.hears
    assert "新的咨询" not in "".join(desk.one.heard)


async def test_who_has_blocked_us_gets_the_answer_when_they_return(desk: Desk) -> None:
    await asks(desk.student)
    desk.stage.world.block(desk.student.id)
    await desk.one.taps("回答")
    await desk.one.types(ANSWER)
    await desk.one.taps("发送")
    assert ANSWER not in desk.student.hears

    desk.stage.world.unblock(desk.student.id)
    await desk.stage.settle()
    assert ANSWER in desk.student.hears


async def test_a_restart_in_the_midst_loses_nothing(either_url: str) -> None:
    world = World(MovableClock(NOW))
    async with PlaygroundServer(world) as server:
        await _play_over_two_restarts(world, server, either_url)


async def _play_over_two_restarts(world: World, server: PlaygroundServer, url: str) -> None:
    async with run_bot(world, server, world.clock, url) as first:
        desk = await opened(first)
        await desk.student.types("/tickets")
        await desk.student.taps("问党员")
        await desk.student.types(QUESTION)
    async with run_bot(world, server, world.clock, url) as second:
        desk.student.stage = desk.one.stage = second
        await desk.student.taps("发给党员")
        await desk.one.taps("回答")
        await desk.one.types(ANSWER)
    async with run_bot(world, server, world.clock, url) as third:
        desk.student.stage = desk.one.stage = third
        await desk.one.taps("发送")
        assert ANSWER in desk.student.hears
