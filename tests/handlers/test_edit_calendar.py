"""Members change a date in the chat: shown at once, told to whom it concerns, taken back."""

from datetime import UTC, datetime, timedelta

from branch.people.model import Deed
from playground.clock import MovableClock
from tests.bot.waiting import until
from tests.handlers.conftest import a_member
from tests.stage import NOW, Person, Stage, performance

HOURS = timedelta(hours=8)
SOURCE = "研招网 https://yz.chsi.com.cn/"


def letters(person: Person, sign: str) -> list[str]:
    return [text for text in person.heard if text.startswith(sign)]


async def a_subscriber(stage: Stage, name: str) -> Person:
    person = stage.person(name)
    await person.joins()
    await person.types("/remind")
    await person.taps("提醒我")
    return person


async def changes(member: Person, milestone: str, date: str, *, source: str = SOURCE) -> None:
    await member.types("/calendar")
    await member.taps("改日期")
    await member.taps(milestone)
    await member.types(date)
    await member.types(source)
    await member.taps("确认修改")


async def comes_to(stage: Stage, moment: datetime) -> None:
    """Ring through the last hours before it; those before are not waited for."""
    await stage.clock.move_to(moment - HOURS)
    begun = stage.clock.now()
    await stage.clock.move_to(moment)
    await stage.parts.alarm_clock.moved(begun, moment)
    await stage.settle()


async def test_students_have_no_such_button(student: Person) -> None:
    await student.types("/calendar")

    assert not any("改日期" in label for label in student.buttons)


async def test_before_and_after_and_then_it_is_so(stage: Stage) -> None:
    member, student = await a_member(stage), stage.person()
    await student.joins()
    await member.types("/calendar")
    await member.taps("改日期")
    await member.taps("国家线公布")
    await member.types("2.26")
    await member.types(SOURCE)
    assert "原来：还没有公布，往年大约在 2 月下旬" in member.hears
    assert "改成：2027 年 2 月 26 日（周五" in member.hears
    assert "还没有人收到过原来的日期" in member.hears

    await member.taps("确认修改")
    assert "✅ 改好了" in member.hears
    await student.types("/calendar")
    assert "国家线公布：2027 年 2 月 26 日（周五" in student.hears


async def test_a_date_before_what_usually_comes_first_is_worth_a_second_look(
    stage: Stage,
) -> None:
    member = await a_member(stage)
    await member.types("/calendar")
    await member.taps("改日期")
    await member.taps("公布初试成绩")
    await member.types("2026-11-26")
    await member.types(SOURCE)

    assert "⚠️ 「初试」是 12 月 19 日，一般在它之前" in member.hears
    await member.taps("确认修改")
    assert "✅ 改好了" in member.hears


async def test_an_announcement_reaches_subscribers_once(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    subscriber = await a_subscriber(stage, "订阅的")
    other = stage.person("没订阅的")
    await other.joins()
    await stage.clock.move_to(datetime(2026, 11, 23, 4, tzinfo=UTC))  # not in quiet hours

    await changes(member, "国家线公布", "2027-02-26")
    await stage.settle()
    assert len(letters(subscriber, "📣")) == 1
    assert "2027 届国家线公布的日期公布了" in subscriber.hears
    assert letters(other, "📣") == []

    await member.taps("改日期")
    await member.taps("国家线公布")
    await member.types("2027-02-26")  # the same again
    assert "现在就是这个日期" in member.hears
    await stage.settle()
    assert len(letters(subscriber, "📣")) == 1


async def test_exactly_those_who_were_told_get_one_correction(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    told, late = await a_subscriber(stage, "收到过"), stage.person("还没收到")
    await late.joins()
    await comes_to(stage, datetime(2026, 12, 12, 2, tzinfo=UTC))
    assert len(letters(told, "🔔 初试还有")) == 1
    await late.types("/remind")
    await late.taps("提醒我")

    await member.types("/calendar")
    await member.taps("改日期")
    await member.taps("初试")
    assert "已经有 1 个人收到过这个日期" in member.hears
    await member.types("12.26-27")
    await member.types(SOURCE)
    await member.taps("确认修改")
    await stage.settle()
    assert "1 个人" in member.hears
    (correction,) = letters(told, "❗️更正")
    assert "之前告诉你的：12 月 19 日至 20 日" in correction
    assert "现在是：12 月 26 日至 27 日" in correction
    assert letters(late, "❗️更正") == []

    for day in (18, 19, 25, 26):
        await comes_to(stage, datetime(2026, 12, day, 4, tzinfo=UTC))
    assert len(letters(told, "❗️更正")) == 1
    firsts = [text.split("\n")[0] for text in letters(told, "🔔 初试")]
    # the reminders of the 18th and the 19th were called back
    assert firsts == ["🔔 初试还有 7 天", "🔔 初试还有 7 天", "🔔 初试：明天", "🔔 初试：就是今天"]


async def test_taking_it_back_corrects_those_who_were_corrected(stage: Stage) -> None:
    member, told = await a_member(stage), await a_subscriber(stage, "收到过")
    await comes_to(stage, datetime(2026, 12, 12, 2, tzinfo=UTC))
    await changes(member, "初试", "12.26-27")
    await member.taps("改日期")
    await member.taps("初试")
    await member.taps("历史")
    assert "王学长改成 12 月 26 日至 27 日" in member.hears
    await member.taps("撤销")
    await stage.settle()

    assert "✅ 改好了：2027 届初试，12 月 19 日至 20 日" in member.hears
    corrections = letters(told, "❗️更正")
    assert len(corrections) == 2
    assert "现在是：12 月 19 日至 20 日" in corrections[-1]


async def test_a_date_that_is_withdrawn_says_so(stage: Stage) -> None:
    member, told = await a_member(stage), await a_subscriber(stage, "收到过")
    await comes_to(stage, datetime(2026, 12, 12, 2, tzinfo=UTC))
    await member.types("/calendar")
    await member.taps("改日期")
    await member.taps("初试")
    await member.taps("未公布")
    await member.taps("来源不变")
    await member.taps("确认修改")
    await stage.settle()

    assert "日期收回了" in letters(told, "❗️更正")[0]


async def test_wrong_dates_say_what_to_do(stage: Stage) -> None:
    member = await a_member(stage)
    await member.types("/calendar")
    await member.taps("改日期")
    await member.taps("国家线公布")
    for typed, answer in (
        ("下周", "没看懂日期"),
        ("2.30", "日历上没有这一天"),
        ("2025-02-26", "不在这一届里"),
        ("2.26 25:00", "没有这个时刻"),
        ("3.5-2.26", "结束比开始还早"),
        ("未公布", "现在就是这个日期"),
    ):
        await member.types(typed)
        assert answer in member.hears, typed


async def test_of_two_who_change_the_same_date_one_is_told(stage: Stage) -> None:
    first, second = await a_member(stage, "甲"), await a_member(stage, "乙")
    for member in (first, second):
        await member.types("/calendar")
        await member.taps("改日期")
        await member.taps("国家线公布")
        await member.types("2.26" if member is first else "2.27")
        await member.types(SOURCE)
    await first.taps("确认修改")
    await second.taps("确认修改")

    assert "没有改：甲在" in second.hears


async def test_it_is_in_the_audit_log_and_another_replica(either_url: str) -> None:
    async with performance(either_url) as here:
        member = await a_member(here)
        async with performance(either_url, clock=MovableClock(NOW)) as there:
            await changes(member, "国家线公布", "2.26")
            calendar = there.parts.services.calendar.live.calendar
            await until(lambda: calendar.milestone(2027, "national_line").announced)
        async with here.parts.transactions.look() as work:
            (_, record), *_ = await work.audit.latest(limit=1)
    assert record.deed is Deed.DATE_CHANGED
    assert record.details == {
        "intake": 2027,
        "milestone": "national_line",
        "from": "open",
        "to": "2027-02-26",
    }


async def test_it_survives_a_restart(sqlite_url: str) -> None:
    async with performance(sqlite_url) as before:
        member = await a_member(before)
        await changes(member, "国家线公布", "2.26")
    async with performance(sqlite_url, world=before.world, clock=before.clock) as after:
        same = Person(after, member.id)
        await same.types("/calendar")

        assert "国家线公布：2027 年 2 月 26 日" in same.hears


async def test_who_is_no_member_any_more_is_refused(stage: Stage) -> None:
    member = await a_member(stage)
    await member.types("/calendar")
    await member.taps("改日期")
    async with stage.parts.transactions.begin() as work:
        for grant in await work.roles.active(now=NOW):
            await work.roles.end(grant.id, by=grant.person_id, now=NOW)
    await member.taps("国家线公布")

    assert "改日期" not in member.hears
    assert "哪个节点" not in member.hears
