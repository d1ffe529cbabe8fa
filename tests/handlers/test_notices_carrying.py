"""What a notice can carry, and when it goes out."""

import struct
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from playground.faults import Fault, Status
from playground.model import Media, MediaKind, MessageView
from tests.handlers.conftest import a_member
from tests.noticing import WORDS, card, later, sends, students, with_receipt, worked, writes
from tests.stage import Person, Stage

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02"


def received(reader: Person, *, photo: bool = False, file: bool = False) -> list[MessageView]:
    return [
        each
        for each in reader.stage.world.history(reader.id)
        if each.from_bot and ((photo and each.photo) or (file and each.document))
    ]


async def shows(person: Person, caption: str = "", **more: object) -> None:
    world = person.stage.world
    world.send_photo(person.id, person.chat_id, PNG, "p.png", caption=caption, **more)
    await person.stage.settle()


async def goes_out(member: Person) -> None:
    await member.taps("所有人")
    await member.taps("下一步")
    await member.taps("确认发给")
    await worked(member.stage)


async def test_a_photo_arrives_with_its_words_below_it(both_stages: Stage) -> None:
    member = await a_member(both_stages)
    [reader] = await students(both_stages, 1)
    await member.types("/notice")
    await shows(member, "{{ 姓名 }}，海报在这里")

    await goes_out(member)

    [photo] = received(reader, photo=True)
    assert photo.text == "学生0，海报在这里"


async def test_words_too_long_for_a_caption_come_first_and_the_photo_after_them(
    stage: Stage,
) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await member.types("/notice")
    await shows(member, "字" * 1020 + "{{ 姓名 }}{{ 姓名 }}")

    await goes_out(member)

    [photo] = received(reader, photo=True)
    assert photo.text == ""
    assert any("学生0学生0" in each for each in reader.heard)


async def test_a_file_arrives_and_a_correction_changes_its_caption(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await member.types("/notice")
    file = stage.world.files.keep(b"%PDF-1.4", "安排.pdf", kind="document")
    media = Media(kind=MediaKind.DOCUMENT, file=file)
    stage.world.send(member.id, member.id, media=media, text="安排在附件里")
    await stage.settle()
    await goes_out(member)
    assert [each.text for each in received(reader, file=True)] == ["安排在附件里"]

    await member.taps("更正")
    await member.types("安排在附件里，地点改到 B101")
    await member.taps("全部更正")
    await worked(stage)

    assert [each.text for each in received(reader, file=True)] == ["安排在附件里，地点改到 B101"]


async def test_links_are_buttons_that_open_them_and_wrong_ones_are_told(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await writes(member)
    await member.taps("链接按钮")
    await member.types("报名表 example")
    assert any("example" in each and "网址" in each for each in member.heard[-3:])
    await member.types("报名表 https://example.org/form")

    await member.taps("确认发给")
    await worked(stage)

    assert reader.button("报名表")[1] == "https://example.org/form"


async def test_a_test_goes_to_oneself_alone(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await writes(member)
    before = member.heard.count(WORDS)

    await member.taps("发给自己试")
    await worked(stage)

    assert member.heard.count(WORDS) == before + 1
    assert WORDS not in reader.heard


async def test_spread_over_an_hour_they_do_not_all_come_at_once(stage: Stage) -> None:
    member = await a_member(stage)
    people = await students(stage, 6)
    await writes(member)
    await member.taps("设置")
    await member.taps("分散 60 分")
    await member.taps("好了")
    await member.taps("确认发给")
    await worked(stage)

    arrived = []
    for _ in range(7):
        arrived.append(sum(WORDS in each.heard for each in people))
        await later(stage, timedelta(minutes=10))

    assert arrived[0] < 6
    assert all(one <= other for one, other in pairwise(arrived))
    assert sum(WORDS in each.heard for each in people) == 6


async def test_at_night_only_what_is_urgent_goes_out_and_what_is_over_never(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await later(stage, timedelta(hours=3))  # eleven in the evening
    await sends(member)
    assert WORDS not in reader.heard
    await writes(member, words="停电，实验室先别进")
    await member.taps("设置")
    await member.taps("紧急")
    await member.taps("好了")
    await member.taps("确认发给")
    await worked(stage)
    assert any("停电" in each for each in reader.heard)
    assert WORDS not in reader.heard

    await later(stage, timedelta(hours=9))
    assert reader.heard.count(WORDS) == 1


async def test_who_has_not_acknowledged_another_notice_is_an_audience(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    first, second = await students(stage, 2)
    await with_receipt(member)
    await first.taps("收到")

    await member.types("/notice")
    await member.types("还没点收到的同学看这里")
    await member.taps("没点收到的")
    await member.taps("#1 没点收到的")
    await member.taps("好了")
    await member.taps("排除一些人")
    await member.taps("按身份")
    await member.taps("党员")
    await member.taps("好了")
    await member.taps("返回")
    await member.taps("下一步")
    await member.taps("确认发给 1 人")
    await worked(stage)

    assert "还没点收到的同学看这里" in second.heard
    assert "还没点收到的同学看这里" not in first.heard


async def test_gathered_weekly_it_comes_on_sunday_evening_with_one_sound(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await reader.types("/remind")
    await reader.taps("通知设置")
    await reader.taps("每周一次")
    for words in ("第一条", "第二条"):
        await sends(member, words=words)
    assert "第一条" not in reader.heard

    await stage.clock.move_to(datetime(2026, 11, 29, 10, 59, tzinfo=UTC))
    await later(stage, timedelta(minutes=2))

    assert [each for each in reader.heard if each in ("第一条", "第二条")] == ["第一条", "第二条"]


async def test_a_person_who_returns_gets_what_they_missed(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await writes(member)
    stage.world.block(reader.id)
    await member.taps("确认发给")
    await worked(stage)

    stage.world.unblock(reader.id)
    await reader.types("国家线")
    await worked(stage)

    assert reader.heard.count(WORDS) == 1


async def test_a_refused_one_is_sent_again_with_one_tap(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await writes(member)
    refused = Status(code=400, description="Bad Request: MESSAGE_TOO_ODD")
    stage.world.faults.add(Fault(kind=refused, method="sendMessage", times=2))
    await member.taps("确认发给")
    await worked(stage)
    assert WORDS not in reader.heard

    await member.taps("刷新")
    assert "没发成 2" in card(member)
    await member.taps("没到的再发")
    await worked(stage)

    assert reader.heard.count(WORDS) == 1


async def test_it_is_read_again_as_its_readers_see_it(stage: Stage) -> None:
    member = await a_member(stage)
    await students(stage, 1)
    await sends(member)
    before = member.heard.count(WORDS)

    await member.taps("看原文")

    assert member.heard.count(WORDS) == before + 1


async def test_older_notices_are_a_page_away(stage: Stage) -> None:
    member = await a_member(stage)
    await students(stage, 1)
    for number in range(8):
        await sends(member, words=f"第 {number} 条")

    await member.types("/notices")
    assert "第 7 条" in member.hears
    assert "第 0 条" not in member.hears
    await member.taps("更早")
    assert "第 0 条" in member.hears
    await member.taps("#1 ")
    assert "#1 发完了" in member.hears


async def test_muted_until_a_day_and_back(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await reader.types("/remind")
    await reader.taps("通知设置")
    await reader.taps("静音 7 天")
    await sends(member)
    assert WORDS not in reader.heard

    await later(stage, timedelta(days=6))
    assert WORDS not in reader.heard
    await later(stage, timedelta(days=1, hours=13))
    assert reader.heard.count(WORDS) == 1


async def test_a_list_is_left_with_one_tap(stage: Stage) -> None:
    member = await a_member(stage)
    [reader] = await students(stage, 1)
    await member.types("/notice")
    await member.types(WORDS)
    await member.taps("按名单")
    await member.taps("新建名单")
    await member.types("考研一组")
    link = next(each for each in member.heard if "start=list_" in each)
    await reader.types(f"/start {link.rpartition('start=')[2].split()[0]}")
    assert "名单 考研一组（2）" in " ".join(member.buttons) or "考研一组" in reader.hears

    await reader.types("/remind")
    await reader.taps("通知设置")
    await reader.taps("退出 考研一组")
    await member.taps("名单 考研一组")
    await member.taps("好了")

    assert "共 1 人" in member.hears
