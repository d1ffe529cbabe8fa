"""Asking a person with more than a line of text: files, several messages, edits, no name."""

import struct

import pytest

from branch.people.model import Role, TelegramId
from tests.handlers.test_tickets import Desk, asks, opened
from tests.stage import Person, Stage

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02"


@pytest.fixture
async def desk(stage: Stage) -> Desk:
    return await opened(stage)


async def shows(person: Person, *, caption: str = "", name: str = "成绩单.png") -> int:
    message = person.stage.world.send_photo(person.id, person.chat_id, PNG, name, caption=caption)
    await person.stage.settle()
    return message


async def edits(person: Person, message: int, text: str) -> None:
    person.stage.world.edit(person.id, person.chat_id, message, text)
    await person.stage.settle()


async def replies(person: Person, to: int, text: str) -> None:
    await person.types(text, reply_to=to)


async def test_ask_takes_text_pictures_files_and_voice(both_stages: Stage) -> None:
    desk = await opened(both_stages)
    student, world = desk.student, desk.stage.world
    await student.types("/ask")
    assert "文字、图片、文件、语音都行" in student.hears
    await student.types("这个分数能报哪些学校")
    await shows(student, caption="成绩单在这")
    world.send_document(student.id, student.chat_id, b"%PDF-1.4", "简历 <最终>.pdf")
    await desk.stage.settle()
    world.send_voice(student.id, student.chat_id, seconds=7)
    await desk.stage.settle()
    assert "这个分数能报哪些学校\n成绩单在这" in student.hears
    assert "📎 图片 1 张，语音 1 条，简历 <最终>.pdf" in student.hears
    await student.taps("发给党员")
    assert student.hears.startswith("收到，编号 #1")

    received = [m for m in world.history(desk.one.id) if m.from_bot][-4:]
    assert "这个分数能报哪些学校\n成绩单在这" in (received[0].text or "")
    assert received[1].photo is not None
    assert received[2].document is not None
    assert received[2].document.name == "简历 <最终>.pdf"
    assert received[3].voice_seconds is not None


async def test_an_album_is_counted_and_travels_together(desk: Desk) -> None:
    student, world = desk.student, desk.stage.world
    await student.types("/ask")
    world.send_album(
        student.id, student.chat_id, [(PNG, f"{n}.png") for n in range(3)], caption="看"
    )
    await desk.stage.settle()
    assert "📎 图片 3 张" in student.hears
    assert len([text for text in student.heard if "要发给党员的" in text]) == 1
    await student.taps("发给党员")

    assert len([m for m in world.history(desk.one.id) if m.photo]) == 3


async def test_messages_of_the_draft_can_be_edited_and_begun_anew(desk: Desk) -> None:
    student, world = desk.student, desk.stage.world
    await student.types("/ask")
    await student.types("材料复式线多少")
    message = [m for m in world.history(student.id) if not m.from_bot][-1].id
    await edits(student, message, "材料复试线多少")
    assert "材料复试线多少" in student.hears
    assert "复式" not in student.hears
    await student.taps("重写")
    await student.types("另一个问题")
    assert "复试线" not in student.hears
    # asking to write in the midst loses nothing
    await student.types("/ask")
    assert "另一个问题" in student.hears


async def test_an_edit_before_the_answer_is_followed(desk: Desk) -> None:
    student = desk.student
    await student.types("/ask")
    await student.types("该不该二战啊我")
    message = [m for m in desk.stage.world.history(student.id) if not m.from_bot][-1].id
    await student.taps("发给党员")
    await desk.one.taps("回答")
    await edits(student, message, "该不该三战啊我")

    assert "#1 跟着改了" in student.hears
    assert "改了问题，现在是：" in desk.one.heard[-2] + desk.one.hears
    assert any("该不该三战啊我" in text for text in desk.one.heard[-2:])
    await student.types("/tickets")
    await student.taps("#1")
    assert "该不该三战啊我" in student.hears
    assert "二战" not in student.hears


async def test_anonymous_the_members_see_one_name_that_says_nothing(both_stages: Stage) -> None:
    desk = await opened(both_stages)
    student = desk.student
    for question in ("第一个匿名问题", "第二个匿名问题"):
        await student.types("/ask")
        await student.types(question)
        await student.taps("匿名发")
    letters = [text for text in desk.one.heard if "新的咨询" in text]
    names = {text.split("（匿名）")[0].rsplit("· ", 1)[1] for text in letters}
    assert len(letters) == 2
    assert len(names) == 1
    assert "林小雨" not in "".join(desk.one.heard)

    await desk.one.taps("回答")
    await desk.one.types("匿名也收得到")
    await desk.one.taps("发送")
    assert "匿名也收得到" in student.hears
    await desk.one.taps("看全部")
    assert "（匿名）" in desk.one.hears
    assert "林小雨" not in "".join(desk.one.heard)
    await student.types("/tickets")
    assert "第二个匿名问题" in student.hears


async def test_who_it_is_needs_two_and_the_student_is_told(desk: Desk) -> None:
    secretary, admin = await _in_charge(desk.stage)
    await desk.student.types("/ask")
    await desk.student.types("匿名问一句")
    await desk.student.taps("匿名发")
    await desk.one.types("/desk")
    await desk.one.taps("#1")
    await desk.one.taps("更多")
    assert "🔓 申请看是谁" not in desk.one.buttons
    await secretary.types("/desk")
    await secretary.taps("#1")
    await secretary.taps("更多")
    assert "之前问过" not in secretary.buttons
    await secretary.taps("申请看是谁")
    await secretary.types("有人身安全的风险")
    assert "等另一位负责人同意" in secretary.hears
    assert "有人身安全的风险" in admin.hears
    await admin.taps("同意")

    assert "经两位负责人同意" in desk.student.hears
    await secretary.taps("看是谁")
    assert "林小雨" in secretary.toast
    assert "林小雨" not in "".join(secretary.heard)
    await admin.types("/audit")
    assert "匿名" in admin.hears


async def _in_charge(stage: Stage) -> tuple[Person, Person]:
    admin = await stage.admin("陈老师")
    secretary = stage.person("周书记")
    await secretary.joins()
    async with stage.parts.transactions.begin() as work:
        kept = await work.people.by_telegram(TelegramId(secretary.id), now=stage.clock.now())
        assert kept is not None
        await work.roles.grant(kept.id, Role.SECRETARY, by=None, now=stage.clock.now(), until=None)
    return secretary, admin


async def test_what_it_is_about_can_be_said(desk: Desk) -> None:
    await desk.student.types("/ask")
    await desk.student.types("要不要换个学校")
    await desk.student.taps("选方向")
    await desk.student.taps("择校择专业")
    assert "择校择专业" in desk.student.buttons
    await desk.student.taps("发给党员")
    await desk.one.types("/desk")
    await desk.one.taps("按方向")
    await desk.one.taps("择校择专业")
    assert "择校择专业 1 个" in desk.one.hears
    await desk.one.taps("#1")
    assert "择校择专业" in desk.one.hears


async def test_a_question_the_base_answers_is_offered_before_it_goes(desk: Desk) -> None:
    await desk.student.types("/ask")
    await desk.student.types("准考证什么时候打印")
    near = desk.student.buttons[-2]
    assert "准考证" in near
    await desk.student.taps(near)

    assert any("来源：" in text for text in desk.student.heard[-2:])
    # the question is still ready to be sent
    await desk.student.taps("发给党员")
    assert "收到，编号 #1" in desk.student.hears


async def test_more_by_reply_close_reopen_and_judge(both_stages: Stage) -> None:
    desk = await opened(both_stages)
    student, one = desk.student, desk.one
    await asks(student, "怎么联系导师")
    await one.taps("回答")
    await one.types("先看主页再发邮件")
    await one.taps("发送")
    answer = student.last.id
    await replies(student, answer, "邮件写多长")
    assert "补上了，#1" in student.hears
    assert "邮件写多长" in one.hears
    await one.taps("回答")
    await one.types("半页就够")
    await one.taps("发送")
    assert "半页就够" in student.hears

    await student.taps("评一下")
    await student.taps("5 · 解决了")
    await student.types("很具体")
    assert student.hears.startswith("谢谢")
    await one.types("/desk")
    await one.taps("已关闭的")
    await one.taps("#1")
    assert "⭐ 5/5 · 很具体" in one.hears
    assert "✓ 已送达" in one.hears

    await student.types("/tickets")
    await student.taps("#1")
    assert "你评了 5 分：很具体" in student.hears
    await student.taps("重新打开")
    assert "有人在答" in student.hears
    assert any("还没解决，重新打开了" in text for text in one.heard[-2:])


async def test_little_stars_lead_on(desk: Desk) -> None:
    await asks(desk.student, "怎么联系导师")
    await desk.one.taps("回答")
    await desk.one.types("不知道")
    await desk.one.taps("发送")
    await desk.student.taps("评一下")
    await desk.student.taps("1 · 没帮上")
    await desk.student.taps("不用了")

    assert "补充" in desk.student.buttons
    assert "重新打开" in desk.student.buttons


@pytest.mark.parametrize("language", ["en"])
async def test_in_english_too(stage: Stage, language: str) -> None:
    member = (await opened(stage)).one
    student = stage.person("Ana", language_code=language)
    await student.joins(language="English")
    await student.types("/ask")
    await student.types("Can I apply as an exchange student?")
    await student.taps("Anonymously")
    assert student.hears.startswith("Got it")
    await member.taps("回答")
    await member.types("Yes.")
    await member.taps("发送")
    assert "Yes." in student.hears
    await student.taps("Rate it")
    assert "5 · Solved" in student.buttons


async def test_names_texts_and_files_are_shown_as_typed(stage: Stage) -> None:
    desk = await opened(stage)
    awkward = "<b>&lt;李</b> {{ 7 * 7 }}"
    student = stage.person(awkward)
    await student.joins()
    await student.types("/ask")
    await student.types(f"问 {awkward}")
    stage.world.send_document(student.id, student.chat_id, b"%PDF-1.4", "<i>{{ x }}</i>.pdf")
    await stage.settle()
    await student.taps("发给党员")
    letter = next(text for text in desk.one.heard if "新的咨询" in text)
    assert awkward in letter.split("\n")[0]
    assert f"问 {awkward}" in letter
    await desk.one.taps("回答")
    await desk.one.types(f"答 {awkward}")
    await desk.one.taps("发送")
    assert f"答 {awkward}" in student.hears
    await desk.one.taps("看全部")
    assert awkward in desk.one.hears
    assert "<i>{{ x }}</i>.pdf" in desk.one.hears
    await desk.one.taps("更多")
    await desk.one.taps("标签")
    await desk.one.types("<b>急</b>")
    assert "#<b>急</b>" in desk.one.hears
