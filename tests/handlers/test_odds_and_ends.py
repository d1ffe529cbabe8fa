"""What is neither a question nor a known command, and taps that come at the wrong time."""

import pytest

from tests.stage import Person, Stage


async def test_an_unknown_command_is_told_kindly(student: Person) -> None:
    await student.types("/fly me")

    assert student.hears.startswith("没有 /fly 这个命令。")


async def test_a_sticker_a_voice_a_photo_and_a_file_each_get_a_word(
    stage: Stage, student: Person
) -> None:
    stage.world.send_sticker(student.id, student.id, "😀")
    await stage.settle()
    assert "收到你的表情" in student.hears
    stage.world.send_voice(student.id, student.id)
    await stage.settle()
    assert "语音我还听不懂" in student.hears
    stage.world.send_photo(student.id, student.id, b"\x89PNG\r\n\x1a\n", "p.png")
    await stage.settle()
    assert "图片我还看不懂" in student.hears
    stage.world.send_document(student.id, student.id, b"%PDF", "a.pdf")
    await stage.settle()
    assert "文件我还看不了" in student.hears


@pytest.mark.parametrize(
    "text",
    [
        "😀" * 2048,
        "\u202e\u200f怎么报名\u202c",
        "\ud83d",
        "a\x00b",
        "<b>&amp;</b>",
        "。" * 4096,
        "\u2800",
        "?",
        "' OR 1=1 --",
        "{{ 7 * 7 }}",
    ],
    ids=["emoji", "rtl", "surrogate", "nul", "html", "stops", "blank", "mark", "sql", "jinja"],
)
async def test_odd_texts_get_a_sensible_reply(both_stages: Stage, text: str) -> None:
    student = both_stages.person()
    await student.joins()
    before = len(student.heard)

    await student.types(text)

    assert len(student.heard) > before
    assert "出了点问题" not in student.hears


async def test_a_name_full_of_markup_is_shown_as_typed(stage: Stage) -> None:
    student = stage.person("<b>小&林</b>\u202e")

    await student.types("/start")

    assert "你好，<b>小&林</b>" in student.hears


async def test_a_button_of_yesterday_says_so_and_changes_nothing(
    stage: Stage, student: Person
) -> None:
    await student.types("/profile")
    await student.taps("改毕业年")
    old_message, data = student.button("2028")
    await student.taps("返回")

    await student.taps_data(old_message, data, force=True)

    assert "用过或过期" in student.toast
    await student.types("/profile")
    assert "毕业年：2027" in student.hears


async def test_a_double_tap_is_done_once(stage: Stage) -> None:
    student = stage.person()
    await student.types("/start")
    message, data = student.button("同意")

    stage.world.tap(student.id, student.id, message, data)
    stage.world.tap(student.id, student.id, message, data)
    await stage.settle()

    assert "（1/2）" in student.hears
    assert student.toast != ""
    assert stage.world.toasts(student.id)[0].text == ""


async def test_a_forged_tap_is_passed_over(student: Person) -> None:
    await student.types("/start")

    for data in ("menu:1", "entry", "entry:nowhere", "end:99", "lang:xx", "year:abc", "role:king"):
        await student.taps_data(student.last.id, data, force=True)

    assert "出了点问题" not in "".join(student.heard)


async def test_an_edited_question_is_answered_as_it_reads_now(
    stage: Stage, student: Person
) -> None:
    message = stage.world.say(student.id, student.id, "天气怎么样啊朋友")
    await stage.settle()
    stage.world.edit(student.id, student.id, message, "今年考研哪天考")
    await stage.settle()

    assert "12 月 19 日" in student.hears


async def test_cancel_puts_down_what_is_open_and_says_when_nothing_is(student: Person) -> None:
    await student.types("/cancel")
    assert "现在没有正在填的东西" in student.hears
    await student.types("/profile")
    await student.taps("改毕业年")
    await student.types("/cancel")
    assert student.hears == "好，放下了。"


async def test_a_form_left_for_another_is_taken_up_again(stage: Stage) -> None:
    admin = await stage.admin()
    await admin.types("/invite")
    await admin.taps("党员")
    await admin.types("/ask")
    assert "想问什么" in admin.hears
    await admin.types("该不该二战")
    await admin.taps("发给党员")

    assert "收到，编号 #1" in "".join(admin.heard[-3:])
    assert "任期到什么时候？（2/3）" in admin.hears


async def test_a_sticker_in_the_midst_of_a_form_shows_the_form_again(
    stage: Stage, student: Person
) -> None:
    await student.types("/profile")
    await student.taps("改毕业年")
    stage.world.send_sticker(student.id, student.id, "😀")
    await stage.settle()

    assert "哪一年本科毕业？" in student.hears
    await student.taps("2029")
    assert "毕业年：2029" in student.hears


async def test_a_group_never_sees_what_is_one_persons(stage: Stage) -> None:
    admin = await stage.admin()
    (in_group,) = stage.group("材料 1 班", admin)
    await stage.settle()
    username = stage.world.bot["username"]

    for command in ("/profile", "/privacy", "/roles", "/audit", "/invite", "/start", "/cancel"):
        await in_group.types(f"{command}@{username}")
        assert in_group.hears == "这个在群里说不清，私聊我细说。"


async def test_in_a_group_the_bot_speaks_only_when_spoken_to(stage: Stage) -> None:
    xiao, wang = stage.person("小林"), stage.person("小王")
    in_group, _ = stage.group("材料 1 班", xiao, wang)
    username = stage.world.bot["username"]
    await stage.settle()
    greeted = len(in_group.heard)

    await in_group.types("今年考研哪天考")
    assert len(in_group.heard) == greeted
    await in_group.types(f"@{username} 今年考研哪天考")

    assert "12 月 19 日" in in_group.hears
    assert "私聊看全文" in in_group.hears
