"""A theme day from its series to its feedback: planned by rule, asked, checked in, remembered."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from branch.people.model import Role, TelegramId
from branch.theme_days.attendance import code_at
from branch.theme_days.model import ThemeDayId
from playground.clock import MovableClock
from playground.world import World
from storage.theme_day_tables import DAY_RATINGS, DAY_REMARKS
from tests.handlers.conftest import a_member
from tests.noticing import later, secretary, students, worked
from tests.stage import NOW, Person, Stage, performance, run_bot

TITLE = "红色故事代代传 · 第 3 期"
PICTURE = b"\x89PNG a picture"


async def plans(member: Person, *, when: str = "11月26日 19:00", title: str = TITLE) -> None:
    await member.types("/themeday")
    for words in (title, when, "材料楼 A204", "退休教师王老师，讲他 1978 年参加高考"):
        await member.types(words)
    await member.taps("不限人数")
    await member.taps("发布")


async def opens(person: Person, title: str = TITLE) -> None:
    await person.types("/themedays")
    if not any(title in each for each in person.buttons):
        await person.taps("往期")
    await person.taps(title)


async def goes(person: Person) -> None:
    await opens(person)
    await person.taps("我去")


async def at_the_door(stage: Stage) -> str:
    """Half an hour before it begins; the code that stands there."""
    start = datetime(2026, 11, 26, 11, 0, tzinfo=UTC)
    await later(stage, start - timedelta(minutes=30) - stage.clock.now())
    return await code(stage)


async def code(stage: Stage) -> str:
    async with stage.parts.transactions.begin() as work:
        secret = await work.doors.secret(ThemeDayId(1), otherwise="made up by a test")
    return code_at(secret, stage.clock.now())


async def sends_picture(person: Person, data: bytes = PICTURE, caption: str = "") -> None:
    person.stage.world.send_photo(person.id, person.chat_id, data, "picture.png", caption=caption)
    await person.stage.settle()


async def ends_term(stage: Stage, person: Person) -> None:
    """What they were is over; nobody has told their chat."""
    now = stage.clock.now()
    async with stage.parts.transactions.begin() as work:
        known = await work.people.by_telegram(TelegramId(person.id), now=now)
        assert known is not None
        for grant in await work.roles.active(now=now):
            if grant.person_id == known.id:
                await work.roles.end(grant.id, by=known.id, now=now)


def last_file(person: Person) -> Any:
    history = reversed(person.stage.world.history(person.chat_id))
    return next(m.document for m in history if m.document and m.from_bot)


def shown_in(stage: Stage, person: Person, message: int) -> bytes:
    photos = [m.photo for m in stage.world.history(person.id) if m.id == message]
    return bytes(photos[0].data) if photos[0] else b""


async def test_what_speaks_against_a_time_is_said_and_nothing_is_forbidden(stage: Stage) -> None:
    member = await a_member(stage)
    await plans(member, when="12月17日 19:00", title="第一场")

    await member.types("/themeday")
    for words in ("第二场", "12月17日 20:00", "A204"):
        await member.types(words)
    await member.taps("不写")
    await member.taps("不限人数")

    assert "⚠️ 那天是「初试」" in member.hears
    assert "和「第一场」" in member.hears
    await member.taps("发布")
    assert "第二场" in member.hears


async def test_only_members_sign_up_where_it_is_for_members(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await member.types("/themeday")
    for words in (TITLE, "11月26日 19:00", "A204"):
        await member.types(words)
    await member.taps("不写")
    await member.taps("不限人数")
    await member.taps("给谁")
    await member.taps("只给党员")
    assert "党员参加" in member.hears
    await member.taps("发布")

    await opens(student)
    await student.taps("我去")
    assert "这次是给党员的" in student.hears
    await opens(member)
    await member.taps("我去")
    assert "你报上名了" in member.hears


async def test_reminders_come_at_the_chosen_times(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await plans(member)
    await opens(member)
    await member.taps("改活动")
    await member.taps("提醒")
    await member.taps("三天")
    await member.taps("一天")
    await member.taps("好了")
    assert "开始前三天、两小时提醒" in member.hears
    await member.taps("就这么改")
    await goes(student)

    for _ in range(9):
        await later(stage, timedelta(hours=12))

    assert sum("快到了" in each for each in student.heard) == 2
    at = [m.date for m in stage.world.history(student.id) if "快到了" in (m.text or "")]
    assert at[1] - at[0] > timedelta(hours=48)


async def test_a_cover_goes_with_the_announcement_and_the_link(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await plans(member)
    await opens(member)
    await member.taps("改活动")
    await member.taps("海报")
    await member.types("没有图")
    assert any("发一张图片" in each for each in member.heard)
    await sends_picture(member)
    assert "有海报" in member.hears
    await member.taps("就这么改")

    await student.types("/start day_1")
    assert any(m.photo for m in stage.world.history(student.id) if m.from_bot)
    assert TITLE in student.hears
    await student.taps("看海报")
    assert sum(bool(m.photo) for m in stage.world.history(student.id) if m.from_bot) == 2
    await opens(member)
    await member.taps("写通知")
    await member.taps("所有人")
    await member.taps("下一步")
    await member.taps("确认发给")
    await worked(stage)
    shown = [m for m in stage.world.history(student.id) if m.photo and TITLE in (m.text or "")]
    assert len(shown) == 1


async def begins_series(member: Person, rule: str) -> None:
    await member.types("/themedays")
    await member.taps("系列")
    await member.taps("建一个系列")
    await member.types("红色故事代代传")
    await member.types("退休教师、校友和同事讲学科的故事")
    await sends_picture(member)
    await member.types(rule)
    await member.types("材料楼 A204")
    await member.types("40")


async def test_a_series_plans_its_days_away_from_holidays_and_exams(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    await begins_series(member, "每月第三个周四 19:00")
    # 17 December is in the week of the preliminary exam, so it is moved behind it
    assert "12 月 21 日 19:00（周一）" in member.hears
    await member.taps("建好")

    assert any("避开假日和考试周" in each for each in member.heard)
    assert sum("按安排排上了下一次" in each for each in member.heard) == 1
    member.button("红色故事代代传 · 第 1 期")
    await member.types("/themedays")
    assert sum("红色故事代代传" in each for each in member.buttons) == 1

    await later(stage, timedelta(days=8))
    await later(stage, timedelta(hours=1))
    await member.types("/themedays")
    assert sum("红色故事代代传" in each for each in member.buttons) == 1
    await later(stage, timedelta(days=22))
    await member.types("/themedays")
    assert [each for each in member.buttons if "红色故事" in each] == ["红色故事代代传 · 第 2 期"]


async def test_wrong_rules_and_names_are_told(stage: Stage) -> None:
    member = await a_member(stage)
    await begins_series(member, "有空就办")
    assert any("没看懂多久一次" in each for each in member.heard)
    await member.types("/cancel")
    await begins_series(member, "每月第三个周四 19:00")
    await member.taps("建好")

    await begins_series(member, "每月第一个周四 19:00")
    await member.taps("建好")

    assert any("已经有同名的系列" in each for each in member.heard)


async def test_a_series_that_ended_plans_nothing(stage: Stage) -> None:
    member = await a_member(stage)
    [other] = await students(stage, 1)
    await begins_series(member, "每月第三个周四 19:00")
    await member.taps("建好")
    await other.types("/themedays")
    await other.taps("系列")
    await other.taps("红色故事代代传")
    assert "改系列" not in other.buttons

    await member.taps("结束系列")
    await member.taps("确定结束")
    assert any("还没有系列" in each for each in member.heard)
    await later(stage, timedelta(days=40))
    await member.types("/themedays")
    assert not any("第 2 期" in each for each in member.buttons)


async def test_questions_are_asked_once_voted_on_answered_and_kept(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    first, second, third = await students(stage, 3)
    await plans(member)
    for person, words in (
        (first, "当年怎么复习数学的？"),
        (second, "当年怎么复习数学的"),
        (third, "实验失败了怎么办"),
    ):
        await opens(person)
        await person.taps("问讲者")
        await person.taps("我来问")
        await person.types(words)
    assert any("已经有人问了一样的" in each for each in second.heard)
    assert "1. 当年怎么复习数学的？（2 票）" in third.hears

    await third.taps("1（2）")
    await third.taps("我也想听")
    assert "3 票，包括你的" in third.hears
    await third.taps("收回一票")
    assert "2 票\n" in third.hears + "\n"
    assert "拿掉" not in third.buttons
    await first.types("/themedays")
    await first.taps(TITLE)
    await first.taps("问讲者")
    await first.taps("1（2）")
    assert "拿掉" in first.buttons

    await opens(member)
    await member.taps("问讲者")
    await member.taps("1（2）")
    await member.taps("记下回答")
    await member.types("白天上班，晚上点煤油灯做题，一本樊映川做了三遍。")
    assert "现场的回答" in member.hears
    await member.taps("整理进知识库")
    assert "当年怎么复习数学的" in "".join(member.heard[-2:])
    await member.types("/cancel")


async def test_nobody_asks_more_than_five_and_long_ones_are_told(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await plans(member)
    await opens(student)
    await student.taps("问讲者")
    await student.taps("我来问")
    await student.types("问" * 201)
    assert "200 个字以内" in student.hears
    await student.types("第一个")
    for number in range(2, 7):
        await student.taps("我来问")
        await student.types(f"第 {number} 个")

    assert "已经问了 5 个" in student.hears
    await opens(student)
    assert "问讲者（5）" in student.buttons


async def test_check_in_by_code_by_link_by_hand(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    typing, scanning, forgot, absent = await students(stage, 4)
    await plans(member)
    for person in (typing, forgot, absent):
        await goes(person)
    await opens(typing)
    assert "✅ 签到" not in typing.buttons
    await typing.types("/start in_1_123456")
    assert "签到 11 月 26 日 18:00 开始" in typing.hears

    digits = await at_the_door(stage)
    await opens(typing)
    await typing.taps("签到")
    await typing.types("000000" if digits != "000000" else "111111")
    assert "不对" in typing.hears
    await typing.types(f"{digits[:3]} {digits[3:]}")
    assert "签到好了" in typing.hears
    await scanning.types(f"/start in_1_{digits}")
    await scanning.types(f"/start in_1_{digits}")
    assert "已经签过到" in scanning.hears

    await opens(member)
    await member.taps("现场与会后")
    await member.taps("签到名单")
    assert "来了 2 人（没报名直接来的 1）" in member.hears
    assert "报了名没签到 2" in member.hears
    await member.taps("学生2")
    assert "来了 3 人" in member.hears
    await member.taps("✓ 学生2")
    assert "来了 2 人" in member.hears
    await member.taps("□ 学生2")
    await member.taps("发成表格")
    book = load_workbook(BytesIO(last_file(member).data))
    assert [row[0].value for row in book["来了"].iter_rows(min_row=2)] == [
        "学生0",
        "学生1",
        "学生2",
    ]
    assert [row[0].value for row in book["没来"].iter_rows(min_row=2)] == ["学生3"]
    await opens(typing)
    assert "你签到了" in typing.hears


async def test_a_code_sent_without_a_word_is_taken_while_it_stands_there(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await plans(member)
    digits = await at_the_door(stage)

    await student.types(f"{digits[:3]} {digits[3:]}")
    assert "签到好了" in student.hears
    await member.types("123456" if digits != "123456" else "654321")
    assert "签到好了" not in member.hears
    await stage.clock.move_to(stage.clock.now() + timedelta(hours=6))
    await student.types(digits)
    assert "签到" not in student.hears


async def test_who_is_late_still_finds_the_day(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await plans(member)
    await at_the_door(stage)
    await later(stage, timedelta(hours=1))

    await student.types("/themedays")
    await student.taps(TITLE)
    assert "✅ 签到" in student.buttons


async def test_an_old_code_and_many_wrong_ones_are_refused(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await plans(member)
    digits = await at_the_door(stage)
    await stage.clock.move_to(stage.clock.now() + timedelta(minutes=5))

    await student.types(f"/start in_1_{digits}")
    assert "这个码过期了" in student.hears
    await student.types("/start in_x_y")
    assert "这个码过期了" in student.hears
    await opens(student)
    await student.taps("签到")
    for _ in range(5):
        await student.types("12")
    assert "也可以请他们补签" in student.hears
    assert member.stage is stage


async def test_the_sign_at_the_door_changes_by_itself(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await plans(member)
    digits = await at_the_door(stage)
    await opens(member)
    await member.taps("现场与会后")
    await member.taps("打开签到码")
    sign = next(m for m in reversed(stage.world.history(member.id)) if m.photo)
    before = shown_in(stage, member, sign.id)
    assert "已签到 0 人" in sign.text

    await student.types(f"/start in_1_{digits}")
    await stage.parts.services.theme_days.watch.go_on(now=stage.clock.now())
    shown = next(m for m in stage.world.history(member.id) if m.id == sign.id)
    assert "已签到 1 人" in shown.text
    assert shown_in(stage, member, sign.id) == before
    await stage.clock.move_to(stage.clock.now() + timedelta(minutes=2))
    await stage.parts.services.theme_days.watch.go_on(now=stage.clock.now())
    assert shown_in(stage, member, sign.id) != before
    assert await code(stage) != digits

    await stage.clock.move_to(stage.clock.now() + timedelta(hours=5))
    assert not await stage.parts.services.theme_days.watch.go_on(now=stage.clock.now())


async def test_minutes_with_pictures_are_for_all(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    await plans(member)
    await at_the_door(stage)
    await later(stage, timedelta(hours=1))

    await opens(member)
    await member.taps("现场与会后")
    await member.taps("写纪要")
    await member.types("长" * 3001)
    assert "3000 个字以内" in member.hears
    await member.types("王老师讲了 <煤油灯> 和樊映川。")
    await sends_picture(member)
    await sends_picture(member, PICTURE + b"2")
    assert "2 张图" in member.hears
    await member.taps("存下")

    await opens(student)
    await student.taps("看纪要")
    assert "王老师讲了 <煤油灯> 和樊映川。" in student.hears
    pictures = [m for m in stage.world.history(student.id) if m.photo and m.from_bot]
    assert len(pictures) == 2


async def test_who_may_not_write_minutes_hears_it_before_a_word_is_written(stage: Stage) -> None:
    member, other = await a_member(stage), await a_member(stage, "李学姐")
    chief = await secretary(stage)
    await plans(member)
    await at_the_door(stage)
    await later(stage, timedelta(hours=1))
    for person in (member, other, chief):
        await opens(person)
        await person.taps("现场与会后")

    assert "写纪要" not in other.buttons
    assert "看评分" in other.buttons
    assert "写纪要" in chief.buttons
    _, data = member.button("写纪要")
    stage.world.tap(other.id, other.chat_id, other.last.id, data, force=True)
    await stage.settle()
    assert "发起人和书记" in other.hears
    await other.types("我来写")
    assert "存下" not in other.buttons


async def test_minutes_that_cannot_be_saved_any_more_are_still_there(stage: Stage) -> None:
    member = await a_member(stage)
    await plans(member)
    await at_the_door(stage)
    await later(stage, timedelta(hours=1))
    await opens(member)
    await member.taps("现场与会后")
    await member.taps("写纪要")
    await member.types("王老师讲了煤油灯。")
    await sends_picture(member)
    await ends_term(stage, member)

    await member.taps("存下")
    assert "发起人和书记" in member.heard[-2]
    assert "没有存上" in member.hears
    assert "王老师讲了煤油灯。" in member.hears
    assert "1 张图" in member.hears
    assert member.buttons == ["存下", "清空照片", "先不写了"]

    async with stage.parts.transactions.begin() as work:
        known = await work.people.by_telegram(TelegramId(member.id), now=stage.clock.now())
        assert known is not None
        await work.roles.grant(known.id, Role.MEMBER, by=None, now=stage.clock.now(), until=None)
    await member.taps("存下")
    await member.taps("看纪要")
    assert "王老师讲了煤油灯。" in member.hears


async def test_feedback_is_asked_of_who_was_there_and_is_nobodys(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    people = await students(stage, 6)
    await plans(member)
    digits = await at_the_door(stage)
    for person in people[:5]:
        await person.types(f"/start in_1_{digits}")
    await later(stage, timedelta(hours=3))
    assert all(any("1 分是浪费时间" in each for each in p.heard) for p in people[:5])
    assert not any("1 分是浪费时间" in each for each in people[5].heard)

    for person, rating in zip(people[:4], (5, 5, 4, 3), strict=True):
        await person.taps(f"{rating}")
    await opens(member)
    await member.taps("现场与会后")
    await member.taps("看评分")
    assert "满 5 人才显示" in member.hears
    await people[0].taps("说两句")
    await people[0].types("想听更多实验的事")
    message, data = people[1].button("说两句")
    await people[4].taps("5")
    await opens(member)
    await member.taps("现场与会后")
    await member.taps("看评分")
    assert "4.4 分（5 人评，问了 5 人）" in member.hears
    assert "「想听更多实验的事」" in member.hears
    await people[1].taps_data(message, data)
    await people[1].types("/cancel")

    # nothing in what is kept leads back
    assert {each.name for each in DAY_RATINGS.columns} == {"id", "day_id", "rating"}
    assert {each.name for each in DAY_REMARKS.columns} == {"id", "day_id", "words"}


async def test_one_rates_once_and_only_who_was_there(stage: Stage) -> None:
    member = await a_member(stage)
    there, not_there = await students(stage, 2)
    await plans(member)
    digits = await at_the_door(stage)
    await there.types(f"/start in_1_{digits}")
    await later(stage, timedelta(hours=3))
    message, data = there.button("4")
    stage.world.tap(there.id, there.chat_id, message, data)
    stage.world.tap(there.id, there.chat_id, message, data, force=True)
    await stage.settle()

    assert any("你评过了" in each for each in there.heard)
    stage.world.tap(not_there.id, not_there.chat_id, not_there.last.id, data, force=True)
    await stage.settle()
    assert "来过的人才能评" in not_there.hears


async def test_the_year_of_each_member(stage: Stage) -> None:
    member = await a_member(stage)
    chief = await secretary(stage)
    await plans(member)
    await goes(chief)
    await chief.taps("去不了")
    digits = await at_the_door(stage)
    await member.types(f"/start in_1_{digits}")
    await later(stage, timedelta(hours=1))

    await member.types("/themedays")
    await member.taps("年度考勤")

    assert "2026 年主题党日，办了 1 次" in member.hears
    assert "王学长：来 1" in member.hears
    assert "陈书记：来 0，请假 1" in member.hears
    await member.taps("发成表格")
    rows = list(load_workbook(BytesIO(last_file(member).data)).active.iter_rows(values_only=True))
    assert ("王学长", 1, 1, 0, 0) in rows
    await member.taps("2025")
    assert any("2025 年主题党日，办了 0 次" in each for each in member.heard)


async def test_who_leaves_frees_a_place_and_stays_counted(stage: Stage) -> None:
    member = await a_member(stage)
    first, second = await students(stage, 2)
    await member.types("/themeday")
    for words in (TITLE, "11月26日 19:00", "A204"):
        await member.types(words)
    await member.taps("不写")
    await member.types("1")
    await member.taps("发布")
    await goes(first)
    await opens(second)
    await second.taps("排队")

    await first.types("/privacy")
    await first.taps("删除")
    for _ in range(2):
        confirm = next(t for t in first.buttons if "删" in t)
        await first.taps(confirm)
    await later(stage, timedelta(hours=1))

    assert any("有位子了" in each for each in second.heard)


async def test_a_restart_between_the_questions_loses_nothing(sqlite_url: str) -> None:
    clock = MovableClock(NOW)
    async with performance(sqlite_url, world=World(clock), clock=clock) as stage:
        member = await a_member(stage)
        await plans(member)
        await opens(member)
        await member.taps("问讲者")
        await member.taps("我来问")
        world, server = stage.world, stage.server
        await stage.runtime.close()
        async with run_bot(world, server, clock, sqlite_url) as again:
            person = Person(again, member.id)
            await person.types("重启之后还在吗")

            assert "重启之后还在吗（1 票" in person.hears
