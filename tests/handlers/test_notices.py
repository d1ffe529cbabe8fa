"""Notices: a member writes, people read, and both see what has become of it."""

import io
from datetime import timedelta

from openpyxl import load_workbook

from playground.faults import Fault, Status
from tests.handlers.conftest import a_member
from tests.noticing import (
    WORDS,
    card,
    later,
    secretary,
    sends,
    students,
    with_receipt,
    worked,
    writes,
)
from tests.stage import Person, Stage, performance


async def test_a_notice_reaches_everybody_once_and_its_author_hears(both_stages: Stage) -> None:
    member = await a_member(both_stages)
    readers = await students(both_stages, 3)

    await sends(member)

    assert [each.heard.count(WORDS) for each in readers] == [1, 1, 1]
    assert any("发完了" in each and "送到 4 / 4" in each for each in member.heard)


async def test_a_second_tap_on_send_sends_nothing_more(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await writes(member)
    message, data = member.button("确认发给")

    await member.taps_data(message, data)
    await member.taps_data(message, data, force=True)
    await worked(stage)

    assert reader.heard.count(WORDS) == 1


async def test_the_count_is_shown_as_the_audience_is_chosen(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    older = stage.person("学姐")
    await older.joins(cohort="2028")
    await students(stage, 2)
    await member.types("/notice")
    await member.types(WORDS)

    await member.taps("按届")
    await member.taps("2027 届（3）")
    await member.taps("好了")
    assert "共 3 人" in member.hears
    await member.taps("排除一些人")
    await member.taps("按身份")
    await member.taps("党员")
    await member.taps("好了")
    await member.taps("返回")
    assert "共 2 人" in member.hears
    await member.taps("下一步")
    await member.taps("确认发给 2 人")
    await worked(stage)

    assert WORDS not in older.heard


async def test_by_class_and_by_a_list_that_people_joined_by_its_link(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    first, second, third = await students(stage, 3)
    await first.types("/profile")
    await first.taps("改班级")
    await first.types("材料２３０１")
    assert "班级：材料2301" in first.hears
    await member.types("/notice")
    await member.types(WORDS)
    await member.taps("按名单")
    await member.taps("新建名单")
    await member.types("考研一组")
    link = next(each for each in member.heard if "start=list_" in each)
    payload = link.rpartition("start=")[2].split()[0]

    await second.types(f"/start {payload}")
    assert "考研一组" in second.hears
    await member.taps("考研一组")
    await member.taps("好了")
    assert "共 1 人" in member.hears or "共 2 人" in member.hears
    await member.taps("下一步")
    await member.taps("确认发给")
    await worked(stage)

    assert WORDS in second.heard
    assert WORDS not in first.heard
    assert WORDS not in third.heard


async def test_a_field_is_each_readers_own_and_its_value_is_escaped(stage: Stage) -> None:
    member = await a_member(stage)
    plain, odd = stage.person("林小雨"), stage.person("<b>&李")
    await plain.joins()
    await odd.joins()

    await sends(member, words='{{ 姓名 }}，{{ 班级 or "同学" }}，明天开会')

    assert "林小雨，同学，明天开会" in plain.heard
    assert "<b>&李，同学，明天开会" in odd.heard


async def test_an_unknown_field_is_refused_as_it_is_written(stage: Stage) -> None:
    member = await a_member(stage)
    await member.types("/notice")

    await member.types("{{ 生日 }}快乐")

    assert any("生日" in each and "姓名" in each for each in member.heard)
    await member.types("大家好")
    assert "发给谁" in member.hears


async def test_what_is_no_field_is_refused_too(stage: Stage) -> None:
    member = await a_member(stage)
    for wrong in ("{{ 姓名 ", "{{ 姓名.__class__ }}", "{% for a in [1] %}x{% endfor %}"):
        await member.types("/notice")
        await member.types(wrong)
        assert "发给谁" not in member.hears, wrong
        await member.taps("先不写了")


async def test_who_lacks_a_field_is_counted_before_anything_is_sent(stage: Stage) -> None:
    member = await a_member(stage)
    readers = await students(stage, 2)
    await readers[0].types("/profile")
    await readers[0].taps("改班级")
    await readers[0].types("材料2301")

    await member.types("/notice")
    await member.types("{{ 班级 }}的同学")
    await member.taps("按班级")
    await member.taps("材料2301")
    await member.taps("好了")
    await member.taps("所有人")
    await member.taps("下一步")

    assert any("班级" in each for each in member.heard[-3:])
    assert all("的同学" not in each for reader in readers for each in reader.heard)


async def test_too_long_after_filling_in_is_refused_with_the_length(stage: Stage) -> None:
    member = await a_member(stage)
    long = stage.person("长" * 60)
    await long.joins()

    await writes(member, words="字" * 3980 + "{{ 姓名 }}{{ 姓名 }}")
    if "确认发给" in " ".join(member.buttons):
        await member.taps("确认发给")

    assert any("4096" in each for each in member.heard)
    assert len(long.heard) < 10


async def test_what_telegram_does_not_take_is_refused_at_the_preview(stage: Stage) -> None:
    member = await a_member(stage)
    await students(stage, 1)
    await member.types("/notice")
    await member.types(WORDS)
    await member.taps("所有人")
    reason = "Bad Request: PHOTO_INVALID_DIMENSIONS"
    stage.world.faults.add(Fault(kind=Status(code=400, description=reason), method="sendMessage"))

    await member.taps("下一步")

    assert any("photo_invalid_dimensions" in each.lower() for each in member.heard)
    assert "1/3" in member.hears


async def test_a_receipt_is_counted_once_and_the_rest_are_reminded(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    first, second = await students(stage, 2)
    await with_receipt(member)

    await first.taps("收到")
    await first.taps_data(*first.button("已收到"))
    assert "之前就记下了" in first.toast
    await member.taps("刷新")
    assert "收到 1 人点了" in card(member)
    await member.taps("谁没点")
    assert "学生1" in card(member, "提醒他们")
    assert "学生0" not in card(member, "提醒他们")
    message, data = member.button("提醒他们")
    await member.taps_data(message, data)
    await member.taps_data(message, data, force=True)
    await worked(stage)

    assert sum("还没点「收到」" in each for each in second.heard) == 1
    assert not any("还没点「收到」" in each for each in first.heard)


async def test_a_correction_changes_every_copy_and_those_on_their_way(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    here, resting = await students(stage, 2)
    await resting.types("/remind")
    await resting.taps("通知设置")
    await resting.taps("每天一次")
    await sends(member)
    assert WORDS in here.heard
    assert WORDS not in resting.heard

    await member.taps("更正")
    await member.types("明天下午四点开会")
    await member.taps("全部更正")
    await worked(stage)
    await later(stage, timedelta(days=1))
    await stage.settle()

    assert WORDS not in here.heard
    assert "明天下午四点开会" in here.heard
    assert resting.heard.count("明天下午四点开会") == 1
    assert WORDS not in resting.heard


async def test_where_a_copy_cannot_be_edited_a_correction_follows(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await sends(member)
    copy = next(m for m in stage.world.history(reader.id) if m.text == WORDS)
    stage.world.remove(reader.id, copy.id)

    await member.taps("更正")
    await member.types("明天下午四点开会")
    await member.taps("全部更正")
    await worked(stage)

    assert any("更正" in each and "四点" in each for each in reader.heard)


async def test_a_recall_deletes_every_copy(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    readers = await students(stage, 2)
    await sends(member)

    await member.taps("撤回")
    await member.taps("确定撤回")
    await worked(stage)

    assert all(WORDS not in each.heard for each in readers)
    await member.taps("刷新")
    assert "已撤回" in card(member)


async def test_after_48_hours_a_recall_says_that_it_is_too_late(stage: Stage) -> None:
    member = await a_member(stage)
    await students(stage, 1)
    await sends(member)
    message, data = member.button("撤回")
    await later(stage, timedelta(hours=49))

    await member.taps_data(message, data)
    await member.taps("确定撤回")

    assert any("48 小时" in each for each in member.heard)


async def test_who_has_switched_a_kind_off_gets_only_what_is_urgent(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await reader.types("/remind")
    await reader.taps("通知设置")
    await reader.taps("其他")
    assert "不收：其他" in reader.hears

    await sends(member)
    assert WORDS not in reader.heard
    await writes(member, words="停课")
    await member.taps("设置")
    await member.taps("紧急")
    await member.taps("好了")
    await member.taps("确认发给")
    await worked(stage)

    assert any("紧急通知" in each and "停课" in each for each in reader.heard)


async def test_paused_nothing_goes_out_until_it_goes_on(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await writes(member)
    await member.taps("时间")
    await member.types("2小时后")
    await member.taps("确认发给")
    await worked(stage)

    await member.taps("暂停")
    assert "已暂停" in member.hears
    await later(stage, timedelta(hours=3))
    await worked(stage)
    assert WORDS not in reader.heard
    await member.taps("继续")
    await worked(stage)

    # it is 23:00 by now: quiet
    await later(stage, timedelta(hours=10))
    await worked(stage)
    assert reader.heard.count(WORDS) == 1


async def test_cancelled_what_has_not_gone_out_never_does(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await writes(member)
    await member.taps("时间")
    await member.types("1小时后")
    await member.taps("确认发给")
    await worked(stage)

    await member.taps("取消")
    await member.taps("确定取消")
    await later(stage, timedelta(hours=2))
    await worked(stage)

    assert WORDS not in reader.heard


async def test_a_large_audience_needs_a_second_person(sqlite_url: str) -> None:
    async with performance(sqlite_url, approve_above=2) as stage:
        member = await a_member(stage)
        second = await secretary(stage)
        readers = await students(stage, 2)
        await sends(member)
        assert all(WORDS not in each.heard for each in readers)
        assert "同意" in second.hears

        await second.taps("同意发")
        await worked(stage)

        assert all(each.heard.count(WORDS) == 1 for each in readers)
        assert any("陈书记 同意了" in each for each in member.heard)


async def test_who_wrote_it_cannot_approve_it_and_a_refused_one_never_goes_out(
    sqlite_url: str,
) -> None:
    async with performance(sqlite_url, approve_above=2) as stage:
        author, second = await secretary(stage, "李书记"), await secretary(stage)
        readers = await students(stage, 2)
        await sends(author)
        message, data = second.button("同意发")
        stage.world.tap(author.id, author.chat_id, message, data, force=True)
        await stage.settle()
        assert all(WORDS not in each.heard for each in readers)

        await second.taps("不同意")
        await worked(stage)

        assert all(WORDS not in each.heard for each in readers)
        assert any("没有同意" in each for each in author.heard)


async def test_the_table_has_a_row_each_that_agrees_with_the_card(stage: Stage) -> None:
    member = await a_member(stage)
    first, _ = await students(stage, 2)
    await with_receipt(member)
    await first.taps("收到")

    await member.taps("明细表")

    sent = next(m.document for m in reversed(stage.world.history(member.id)) if m.document)
    book = load_workbook(io.BytesIO(sent.data))
    rows = list(book["明细"].iter_rows(values_only=True))
    assert len(rows) == 1 + 3
    assert [row[4] for row in rows[1:]] == ["送到"] * 3
    assert sum(row[6] is not None for row in rows[1:]) == 1


async def test_students_cannot_write_or_see_notices(stage: Stage, student: Person) -> None:
    for command in ("/notice", "/notices"):
        await student.types(command)
        assert "更高的角色" in student.hears


async def test_a_recurring_notice_says_its_next_times_and_is_written_each_time_once(
    both_stages: Stage,
) -> None:
    stage = both_stages
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await writes(member)
    await member.taps("时间")
    await member.types("每周四 19:00，节假日顺延")
    assert "每周四 19:00，节假日顺延" in member.hears
    assert "接下来：11 月 26 日 19:00（周四）、12 月 3 日 19:00（周四）、" in member.hears

    await member.taps("确认发给")
    await later(stage, timedelta(days=3))
    assert WORDS not in reader.heard
    # each time it is looked at soon after: what is found half a day late is not sent
    await later(stage, timedelta(hours=23, minutes=30))
    await later(stage, timedelta(days=7))

    assert reader.heard.count(WORDS) == 2
    await member.types("/notices")
    await member.taps("日程")
    assert "12 月 10 日" in member.hears


async def test_received_said_in_words_counts_too_and_otherwise_is_small_talk(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await reader.types("收到")
    assert "记下了" not in reader.hears

    await with_receipt(member)
    await reader.types("收到！谢谢")
    assert "记下了，谢谢：明天下午三点" in reader.hears
    await member.taps("刷新")
    assert "收到 1 人点了" in card(member)

    await reader.types("收到")
    assert "记下了" not in reader.hears


async def test_the_card_says_when_every_copy_is_corrected(stage: Stage) -> None:
    member = await a_member(stage)
    await students(stage, 1)
    await sends(member)

    await member.taps("更正")
    await member.types("明天下午四点开会")
    await member.taps("全部更正")
    await later(stage, timedelta(seconds=4))

    assert "更正过 1 次" in card(member)


async def test_what_the_clock_has_sent_is_reported_too(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    people = await students(stage, 3)
    for person in people:
        await person.types("/remind")
        await person.taps("提醒我")
    await member.types("/notices")
    await member.taps("日程")
    assert "12 月 12 日 09:00　🎓 初试 · 3 人" in member.hears
    stage.world.block(people[2].id)

    await later(stage, timedelta(days=20))
    await member.types("/notices")
    await member.taps("日程")
    await member.taps("发过的提醒")

    assert "12 月 12 日 09:00　初试 · 送到 2 / 3，联系不上 1" in member.hears
    assert "一周预告 · 送到 2 / 3" in member.hears


async def test_the_card_of_what_waits_is_not_drawn_over_and_over(stage: Stage) -> None:
    member = await a_member(stage)
    await students(stage, 1)
    await writes(member)
    await member.taps("时间")
    await member.types("2小时后")
    await member.taps("确认发给")
    await later(stage, timedelta(seconds=10))

    drawn = edits(stage)
    for _ in range(5):
        await later(stage, timedelta(seconds=10))

    assert edits(stage) == drawn


def edits(stage: Stage) -> int:
    """Those that Telegram refused, since nothing was another, with them."""
    return sum(call.method == "editMessageText" for call in stage.world.log)
