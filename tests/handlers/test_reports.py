"""What members learn from questions: gaps, what is stale, what is read; and nobody's name."""

from datetime import timedelta

import pytest

from handlers.report_buttons import ShowGap, ShowGaps, ShowHits, ShowStale, WriteEntry
from tests.handlers.conftest import a_member
from tests.stage import Person, Stage

LOCKERS = ("快递柜坏了找谁修", "请问快递柜坏了找谁修呀？", "快递柜又坏了找谁修")
EXAM = "今年考研哪天考"
SOCKET = "图书馆的插座坏了"


async def asked(stage: Stage, name: str, *questions: str) -> Person:
    person = stage.person(name)
    await person.joins()
    for question in questions:
        await person.types(question)
    return person


pytestmark = pytest.mark.usefixtures("gaps_in_the_base")


@pytest.fixture
async def member(both_stages: Stage) -> Person:
    return await a_member(both_stages)


async def test_gaps_put_the_same_questions_together_and_name_nobody(member: Person) -> None:
    await asked(member.stage, "欧阳雪", SOCKET, LOCKERS[0])
    await asked(member.stage, "司马光", *LOCKERS[1:])
    await member.types("/unanswered")

    assert member.hears.startswith("📝 最近 7 天有 4 问没答上，归成 2 类")
    assert "1. 快递柜坏了找谁修（3 次）" in member.hears
    assert f"2. {SOCKET}（1 次）" in member.hears

    await member.taps("1. ")
    assert "最近 7 天问了 3 次，原话：" in member.hears
    assert all(each in member.hears for each in LOCKERS)
    assert not any(name in said for said in member.heard for name in ("欧阳雪", "司马光"))


async def test_none_of_these_and_off_the_point_are_gaps_too(member: Person) -> None:
    stage = member.stage
    student = await asked(stage, "小林", EXAM)
    await student.taps("没用")
    await student.taps("没答到点上")
    await member.types("/unanswered")
    assert f"1. {EXAM}（1 次）" in member.hears

    await student.types(EXAM)
    await student.taps("有用")
    await member.types("/unanswered")
    assert "都答上了" in member.hears


async def test_what_is_older_than_the_span_is_left_out(member: Person) -> None:
    clock = member.stage.clock
    await asked(member.stage, "小林", SOCKET)
    await clock.move_to(clock.now() + timedelta(days=8))
    await member.types("/unanswered")
    assert "最近 7 天的问题都答上了" in member.hears

    await member.taps("30 天")
    assert SOCKET in member.hears


async def test_a_gap_becomes_an_entry_with_what_students_asked_filled_in(member: Person) -> None:
    await asked(member.stage, "小林", *LOCKERS)
    await member.types("/knowledge")
    await member.taps("没答上的")
    await member.taps("1. ")
    await member.taps("写成词条")
    if "不一样，继续" in member.buttons:
        await member.taps("不一样，继续")
    await member.types("柜子上的电话打过去就行。")

    assert member.hears.startswith("「快递柜坏了找谁修」（3/5）")
    assert [line for line in member.hears.splitlines() if line[:3] in ("1. ", "2. ", "3. ")] == [
        "1. 快递柜坏了找谁修",
        "2. 快递柜又坏了找谁修",
        "3. 请问快递柜坏了找谁修呀？",
    ]


async def test_a_gap_that_was_closed_meanwhile_leads_back_to_the_list(member: Person) -> None:
    await member.types("/unanswered")
    message, _ = member.button("30 天")
    await member.taps_data(message, ShowGap(7, 4711).pack(), force=True)
    assert "都答上了" in member.hears

    await member.taps_data(message, WriteEntry(7, 4711).pack(), force=True)
    assert member.hears.startswith("➕ 新增一条（1/5）")


async def test_pages_of_gaps_can_be_turned(member: Person) -> None:
    things = ("插座", "空调", "门禁", "快递柜", "打印机", "开水器", "自行车棚")
    await asked(member.stage, "小林", *(f"{thing}坏了找谁" for thing in things))
    await member.types("/unanswered")
    message, _ = member.button("30 天")
    for page in (0, 1, 99, -1):
        await member.taps_data(message, ShowGaps(7, page).pack(), force=True)
        assert "7 问没答上" in member.hears


async def test_what_too_many_found_of_no_use_is_to_be_looked_at(member: Person) -> None:
    students = [await asked(member.stage, f"同学{number}", EXAM) for number in range(3)]
    for student, reason in zip(students, ["过时了", "过时了", "有错误"], strict=True):
        await student.taps("没用")
        await student.taps(reason)
    await students[-1].taps("写一句")
    await students[-1].types("今年涨了，电话 13812345678")
    await member.types("/knowledge")
    await member.taps("该看看的")

    assert "3 人评，3 人说没用：过时了 2、有错误 1" in member.hears
    assert "「今年涨了，电话 …」" in member.hears
    assert "同学" not in member.hears
    await member.taps(member.buttons[0])
    assert "仍有效" in " ".join(member.buttons)


async def test_two_dislikes_or_a_small_share_are_not_enough(member: Person) -> None:
    students = [await asked(member.stage, f"同学{number}", EXAM) for number in range(10)]
    for number, student in enumerate(students):
        await student.taps("没用" if number < 3 else "有用")
    await member.types("/knowledge")
    await member.taps("该看看的")
    assert "人评" not in member.hears

    await students[-1].taps("没用")
    await member.taps_data(member.last.id, ShowStale(0).pack(), force=True)
    assert "10 人评，4 人说没用" in member.hears


async def test_hits_count_what_was_answered_chosen_and_opened(member: Person) -> None:
    stage = member.stage
    students = [await asked(stage, f"同学{number}", EXAM) for number in range(5)]
    for number, student in enumerate(students):
        await student.taps("没用" if number < 1 else "有用")
    for _ in range(3):
        await students[0].types("/start entry_exam-dates")
    await students[0].types(SOCKET)
    await member.types("/knowledge")
    await member.taps("看得多的")

    assert member.hears.startswith("📈 最近 7 天：问了 6 次，答上 5 次（83%）")
    assert "答 5 · 选 0 · 点开 1 · 有用 80%（5 人评）" in member.hears


async def test_a_share_of_few_judgements_is_not_shown(member: Person) -> None:
    student = await asked(member.stage, "小林", EXAM)
    await student.taps("没用")
    await member.types("/knowledge")
    await member.taps("看得多的")

    assert "答 1 · 选 0 · 点开 0\n" in member.hears
    assert "有用" not in member.hears


async def test_the_hits_come_as_a_table_that_excel_opens(member: Person) -> None:
    await asked(member.stage, "小林", EXAM)
    await member.types("/knowledge")
    await member.taps("看得多的")
    await member.taps("全部")
    assert "开用以来" in member.hears
    await member.taps("下载表格")

    table = member.last.document.data.decode("utf-8-sig")
    head, first, *rest = table.splitlines()
    assert member.last.document.data.startswith(b"\xef\xbb\xbf")
    assert head == "词条,问题,直接答上,选中,点开,有用,没用"
    assert first.endswith(",1,0,0,0,0")
    assert len(rest) + 1 == len(member.stage.parts.services.guidance.shelf.library.library.entries)
    assert "小林" not in table


async def test_reports_are_for_members(member: Person) -> None:
    student = await asked(member.stage, "小林")
    await student.types("/start")
    for tap in (ShowGaps(7, 0), ShowGap(7, 1), WriteEntry(7, 1), ShowStale(0), ShowHits(7, 0)):
        await student.taps_data(student.last.id, tap.pack(), force=True)
        assert "更高的角色" in student.hears
