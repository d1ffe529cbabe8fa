"""Rosters and outcomes as people go through them: said, judged, counted; nobody sees another's."""

import io
import json
from datetime import timedelta

from openpyxl import Workbook, load_workbook

from tests.handlers.conftest import a_member
from tests.noticing import later, secretary, students
from tests.stage import Person, Stage

HEADER = "学号,姓名,班级,届"


def number(at: int) -> str:
    return str(2023110100 + at)


def roster(people: int, *, cohort: int = 2027, classes: int = 2) -> bytes:
    rows = [f"{number(at)},同学{at},材料230{at % classes + 1},{cohort}" for at in range(people)]
    return "\n".join([HEADER, *rows]).encode()


async def sends_file(person: Person, data: bytes, name: str = "花名册.csv") -> None:
    person.stage.world.send_document(person.id, person.chat_id, data, name)
    await person.stage.settle()


async def brings_in(person: Person, data: bytes, name: str = "花名册.csv") -> None:
    await person.types("/roster")
    await sends_file(person, data, name)
    await person.taps("导入")


async def test_a_roster_is_looked_at_and_brought_in(both_stages: Stage) -> None:
    head = await secretary(both_stages)
    await head.types("/roster")
    assert "还没有花名册" in head.hears
    await sends_file(head, roster(12) + "\n无,谁,,2027".encode())

    assert "新增 12 人，修改 0 人，没变 0 人" in head.hears
    assert "第 14 行：「无」不像学号" in head.hears
    await head.taps("导入 12 人")
    assert "新增 12 人" in head.hears
    await head.types("/roster")
    assert "2027 届：12 人，0 人认领了自己" in head.hears


async def test_a_second_import_corrects_and_takes_nobody_off(both_stages: Stage) -> None:
    head = await secretary(both_stages)
    await brings_in(head, roster(4))
    await head.types("/roster")
    await sends_file(head, f"学号,班级,届\n{number(0)},材料2309,2027\n{number(1)},,2027".encode())

    assert "新增 0 人，修改 1 人，没变 1 人" in head.hears
    assert "2027 届有 2 人不在这个文件里，会照旧留着" in head.hears
    await head.taps("导入 1 人")
    await head.types("/roster")
    assert "2027 届：4 人" in head.hears


async def test_a_workbook_without_years_is_asked_about(stage: Stage) -> None:
    head = await secretary(stage)
    book, out = Workbook(), io.BytesIO()
    book.active.append(["学号", "备注"])
    book.active.append([2023110101, "x"])
    book.save(out)
    await head.types("/roster")
    await sends_file(head, out.getvalue(), "名单.xlsx")
    assert "哪一年毕业" in head.hears
    await head.types("什么")
    assert any("四位年份" in each for each in head.heard)
    await head.taps("2027")

    assert "新增 1 人" in head.hears
    assert "没有用：备注" in head.hears
    await head.taps("不导入")
    await head.types("/roster")
    assert "还没有花名册" in head.hears


async def test_a_file_that_cannot_be_used_is_told_why(stage: Stage) -> None:
    head = await secretary(stage)
    await head.types("/roster")
    for data, name, why in (
        (b"PK\x03\x04\0\0", "x.xlsx", "不是能读的表格"),
        ("姓名,届\n张三,2027\n".encode(), "x.csv", "没找到「学号」"),
        (b"x" * 10_000_001, "x.csv", "超过 10 MB"),
    ):
        await sends_file(head, data, name)
        assert any(why in each for each in head.heard[-2:]), name


async def test_members_and_students_bring_in_no_roster(stage: Stage) -> None:
    member = await a_member(stage)
    [student] = await students(stage, 1)
    for person in (member, student):
        await person.types("/roster")
        assert "更高的角色" in person.hears


async def says(
    person: Person, kind: str, *, at: int | None = None, target: str = "", evidence: bytes = b""
) -> None:
    """For the first time: the number is asked for once."""
    await person.types("/outcome")
    if at is None:
        await person.taps("不填学号")
    else:
        await person.types(number(at))
    await fills_in(person, kind, target=target, evidence=evidence)


async def fills_in(person: Person, kind: str, *, target: str = "", evidence: bytes = b"") -> None:
    await person.taps(kind)
    if target:
        await person.types(target)
    else:
        await person.taps("不写")
    if evidence:
        await sends_file(person, evidence, "录取通知书.pdf")
    else:
        await person.taps("没有材料")
    await person.taps("提交")


async def test_a_student_says_once_who_they_are_and_what_became_of_them(
    both_stages: Stage,
) -> None:
    head = await secretary(both_stages)
    await brings_in(head, roster(6))
    [student] = await students(both_stages, 1)
    await student.types("/outcome")
    assert "原号码不存" in student.hears
    await student.types("2023 1101 03")
    assert any("对上了：2027 届，材料2302" in each for each in student.heard)
    await student.taps("考研上岸")
    await student.types("北京科技大学 材料")
    await sends_file(student, b"%PDF", "录取.pdf")
    assert "考研上岸：北京科技大学 材料" in student.hears
    assert "材料：有" in student.hears
    await student.taps("提交")

    assert "等党员核实" in student.hears
    await student.types("/outcome")
    assert "考研上岸：北京科技大学 材料" in student.hears
    assert "填学号" not in student.buttons


async def test_a_form_goes_back_and_changes_what_it_shows_at_the_end(stage: Stage) -> None:
    [student] = await students(stage, 1)
    await student.types("/outcome")
    await student.types("随便写写")
    assert any("不像学号" in each for each in student.heard)
    await student.taps("不填学号")
    await student.taps("工作")
    await student.types("长" * 81)
    assert any("80 个字以内" in each for each in student.heard)
    await student.taps("返回")
    await student.taps("出国")
    await student.types("某大学")
    await student.taps("没有材料")
    await student.taps("改去哪")
    await student.types("另一所大学")
    assert "出国出境：另一所大学" in student.hears
    await student.taps("提交")

    assert "不在花名册上" in student.hears
    await student.taps("更新去向")
    await student.taps("先不写了")
    await student.types("/outcome")
    assert "出国出境：另一所大学" in student.hears


async def test_five_wrong_numbers_are_enough_for_a_day(both_stages: Stage) -> None:
    stage = both_stages
    head = await secretary(stage)
    await brings_in(head, roster(3))
    [student] = await students(stage, 1)
    await student.types("/outcome")
    for at in range(4):
        await student.types(number(50 + at))
        assert any(f"还能试 {4 - at} 次" in each for each in student.heard)
    await student.types(number(60))
    assert any("今天的次数用完了" in each for each in student.heard)
    await fills_in(student, "工作")
    assert "不在花名册上" in student.hears

    await student.taps("填学号")
    await student.types(number(1))
    assert "今天的次数用完了" in student.hears
    await later(stage, timedelta(hours=25))
    await student.types("/outcome")
    await student.taps("填学号")
    await student.types(number(1))
    assert "对上了" in student.hears


async def test_of_two_who_say_they_are_the_same_one_has_the_row(both_stages: Stage) -> None:
    stage = both_stages
    head = await secretary(stage)
    await brings_in(head, roster(3))
    people = await students(stage, 2)
    for person in people:
        await person.types("/outcome")
    for person in people:
        stage.world.say(person.id, person.chat_id, number(1))
    await stage.settle()

    said = sorted(
        "对上了" if any("对上了" in each for each in person.heard) else "认领了"
        for person in people
        if any("对上了" in each or "已经有人认领了" in each for each in person.heard)
    )
    assert said == ["对上了", "认领了"]
    await head.types("/roster")
    assert "3 人，1 人认领了自己" in head.hears


async def test_a_double_tap_hands_in_once(both_stages: Stage) -> None:
    [student] = await students(both_stages, 1)
    await student.types("/outcome")
    await student.taps("不填学号")
    await student.taps("工作")
    await student.taps("不写")
    await student.taps("没有材料")
    message, data = student.button("提交")
    for _ in range(2):
        both_stages.world.tap(student.id, student.chat_id, message, data)
    await both_stages.settle()

    async with both_stages.parts.transactions.look() as work:
        assert len(await work.outcomes.told()) == 1


async def test_what_is_kept_is_exported_and_leaves_without_spoiling_the_count(
    both_stages: Stage,
) -> None:
    stage = both_stages
    head = await secretary(stage)
    await brings_in(head, roster(6))
    one, two = await students(stage, 2)
    await says(one, "考研上岸", at=1, target="北京科技大学", evidence=b"%PDF")
    await says(two, "工作", at=2, target="某公司")
    await one.types("/privacy")
    await one.taps("导出")
    kept = json.loads(one.last.document.data)

    assert [row["kind"] for row in kept["outcome_reports"]] == ["advanced_exam"]
    assert [row["target"] for row in kept["outcome_details"]] == ["北京科技大学"]
    assert [row["name"] for row in kept["roster"]] == ["同学1"]
    assert "某公司" not in json.dumps(kept, ensure_ascii=False)

    await one.taps("删除全部")
    await one.taps("要删")
    await one.taps("全部删除")
    async with stage.parts.transactions.look() as work:
        told = await work.outcomes.told()
        entries = await work.roster.all([2027])
        of_nobody = [await work.outcomes.get(each.id) for each in told]
    assert sorted(each.kind for each in told) == ["advanced_exam", "working"]
    assert len(entries) == 6
    assert "同学1" not in [each.name for each in entries]
    assert [each.target for each in of_nobody if each] == [None, "某公司"]

    # nor does the next import bring the name back
    await head.types("/roster")
    await sends_file(head, roster(6))
    assert "没变 6 人" in head.hears


async def test_a_member_verifies_and_the_student_hears(both_stages: Stage) -> None:
    stage = both_stages
    head = await secretary(stage)
    await brings_in(head, roster(6))
    member = await a_member(stage)
    one, two = await students(stage, 2)
    await says(one, "考研上岸", at=1, target="北京科技大学", evidence=b"%PDF")
    await says(two, "保研")
    await member.types("/outcomes")
    await member.taps("待核实 2")

    evidence = stage.world.history(member.chat_id)[-2].document
    assert evidence is not None
    assert evidence.name == "录取通知书.pdf"
    assert "考研上岸：北京科技大学" in member.hears
    assert "同学1（花名册）" in member.hears
    await member.taps("属实")
    assert "保研" in member.hears
    assert "不在花名册上" in member.hears
    assert "核实好了：考研上岸" in one.hears
    await member.taps("不对")
    await member.taps("材料不够")
    assert "都核实完了" in member.hears
    assert "「保研」没有通过：材料不够" in two.hears

    await two.types("/outcome")
    assert "还没有作数的去向" in two.hears
    await two.taps("更新去向")
    await fills_in(two, "保研", evidence=b"%PDF")
    assert "等党员核实" in two.hears


async def test_nobody_verifies_their_own_and_students_see_no_figures(both_stages: Stage) -> None:
    stage = both_stages
    member = await a_member(stage)
    other = await a_member(stage, "李学姐")
    [student] = await students(stage, 1)
    await says(member, "考研上岸")
    await member.types("/outcomes")
    assert not any("待核实" in each for each in member.buttons)
    await other.types("/outcomes")
    await other.taps("待核实 1")
    message, data = other.button("属实")
    # a forged tap
    await member.taps_data(message, data, force=True)
    assert "自己的要别的党员来看" in member.hears

    await student.types("/outcomes")
    assert "更高的角色" in student.hears
    for number_of, forged in ((message, data), (message, "outlook:0"), (message, "outyear:2027")):
        await student.taps_data(number_of, forged, force=True)
        assert "更高的角色" in student.hears


async def test_of_two_who_verify_the_same_one_does(both_stages: Stage) -> None:
    stage = both_stages
    members = [await a_member(stage, name) for name in ("王学长", "李学姐")]
    [student] = await students(stage, 1)
    await says(student, "工作")
    for member in members:
        await member.types("/outcomes")
        await member.taps("待核实")
    for member in members:
        message, data = member.button("属实")
        stage.world.tap(member.id, member.chat_id, message, data)
    await stage.settle()

    assert sum("已经有人看过" in "".join(member.heard) for member in members) == 1
    assert sum("核实好了" in each for each in student.heard) == 1


async def test_a_disputed_row_is_settled_by_a_member_and_both_hear(both_stages: Stage) -> None:
    stage = both_stages
    head = await secretary(stage)
    await brings_in(head, roster(6))
    member = await a_member(stage)
    first, second = await students(stage, 2)
    await says(first, "工作", at=1)
    await says(second, "考研上岸", at=1)
    assert "党员在核对" in second.hears
    await member.types("/outcomes")
    await member.taps("认领有争议 1")
    assert "同学1" in member.hears
    assert "学生0" in member.hears
    await member.taps("换给后来的")

    assert "没有要定的了" in member.hears
    assert "那一行归你了" in second.hears
    assert "换给了另一位同学" in first.hears
    async with stage.parts.transactions.look() as work:
        told = await work.outcomes.told()
    assert [(each.kind, each.roster is None) for each in told] == [
        ("working", True),
        ("advanced_exam", False),
    ]


async def test_members_read_rates_and_nothing_of_few_people(both_stages: Stage) -> None:
    stage = both_stages
    head = await secretary(stage)
    member = await a_member(stage)
    await member.types("/outcomes")
    assert "还没有花名册" in member.hears
    await brings_in(head, roster(30))
    people = await students(stage, 8)
    for at, person in enumerate(people):
        await says(person, "考研上岸" if at < 6 else "工作", at=at)
    await member.types("/outcomes")

    assert "2027 届：20.0%（6/30，95% 区间 9.5–37.3%）" in member.hears
    assert "分母是那一届花名册上的所有人" in member.hears
    await member.taps("2027")
    assert (
        "考研上岸 6，保研 0，出国出境 0，工作 ＊，再考一年 0，其他 0，没有消息 ＊" in member.hears
    )
    assert "材料2301：15 人，＊" in member.hears
    assert "待核实" not in member.hears


async def test_a_year_is_frozen_corrected_and_frozen_again(both_stages: Stage) -> None:
    stage = both_stages
    head = await secretary(stage)
    member = await a_member(stage)
    await brings_in(head, roster(20))
    people = await students(stage, 7)
    for at, person in enumerate(people[:6]):
        await says(person, "考研上岸", at=at)
    await head.types("/outcomes")
    await head.taps("2027")
    await head.taps("定稿")
    assert "第一次定稿" in head.hears
    await head.taps("定为第 1 版")
    assert "以上是2026 年 11 月 22 日定稿的第 1 版" in head.hears
    assert "30.0%（6/20" in head.hears
    await head.taps("返回")
    await head.taps("定稿")
    assert "和第 1 版一样，不用再定" in head.hears
    assert not any("定为" in each for each in head.buttons)

    await later(stage, timedelta(hours=1))
    await says(people[6], "保研", at=6)
    await member.types("/outcomes")
    await member.taps("待核实")
    await member.taps("属实")
    await head.types("/outcomes")
    await head.taps("2027")
    assert "35.0%（7/20" in head.hears
    await head.taps("第 1 版")
    assert "30.0%（6/20" in head.hears
    await head.taps("返回")
    await head.taps("定稿")
    assert "和第 1 版（2026 年 11 月 22 日）比，有 2 处不同" in head.hears
    assert "材料2301 没有消息 → 材料2301 保研 没核实（认领" in head.hears
    assert "考研上岸 没核实 → 材料2301 考研上岸 核实了（核实，11 月 22 日" in head.hears
    await head.taps("定为第 2 版")
    assert "35.0%（7/20" in head.hears
    await head.taps("看第 1 版")
    assert "30.0%（6/20" in head.hears

    await member.types("/outcomes")
    await member.taps("2027")
    assert "定稿" not in [each for each in member.buttons if each == "定稿"]
    await member.taps("第 2 版")
    assert "35.0%（7/20" in member.hears


async def test_two_who_freeze_at_once_make_one_version(both_stages: Stage) -> None:
    stage = both_stages
    heads = [await secretary(stage, name) for name in ("陈书记", "副书记")]
    await brings_in(heads[0], roster(6))
    for head in heads:
        await head.types("/outcomes")
        await head.taps("2027")
        await head.taps("定稿")
    for head in heads:
        message, data = head.button("定为第 1 版")
        stage.world.tap(head.id, head.chat_id, message, data)
    await stage.settle()

    assert sum("不用再定" in "".join(head.heard) for head in heads) == 1
    async with stage.parts.transactions.look() as work:
        assert len(await work.outcome_years.frozen()) == 1


async def test_the_table_goes_out_with_what_is_small_hidden(stage: Stage) -> None:
    head = await secretary(stage)
    await brings_in(head, roster(12))
    people = await students(stage, 2)
    for at, person in enumerate(people):
        await says(person, "工作", at=at)
    await head.types("/outcomes")
    await head.taps("下载表格")
    assert head.last.document is not None
    sheet = load_workbook(io.BytesIO(head.last.document.data)).active
    rows = {row[1]: row for row in sheet.iter_rows(values_only=True) if row[0] == 2027}

    assert rows["全届"][3:6] == (12, 0, 0)
    assert rows["全届"][13] == "*"


async def test_taps_of_members_do_not_freeze(stage: Stage) -> None:
    head = await secretary(stage)
    member = await a_member(stage)
    await brings_in(head, roster(6))
    await member.types("/outcomes")
    message, _ = member.button("2027")
    for forged in ("outfrz:2027", "outfrz2:2027"):
        await member.taps_data(message, forged, force=True)
        assert "更高的角色" in member.hears


async def test_a_claim_that_was_not_granted_leaves_everything_and_may_be_made_again(
    both_stages: Stage,
) -> None:
    stage = both_stages
    head = await secretary(stage)
    await brings_in(head, roster(3))
    member = await a_member(stage)
    first, second = await students(stage, 2)
    await says(first, "工作", at=1)
    await says(second, "考研上岸", at=1)
    await member.types("/outcomes")
    await member.taps("认领有争议 1")
    message, data = member.button("不换")
    await member.taps("不换")
    assert "党员核对后没有换" in second.hears
    assert not any("换给了" in each for each in first.heard)
    # a tap that comes late
    await member.taps_data(message, data, force=True)
    assert "这一处已经定了" in member.hears

    await second.types("/outcome")
    await second.taps("填学号")
    await second.types(number(1))
    assert "已经有人认领了" in second.hears
    # neither of the two settles it, be they members
    await member.types("/outcomes")
    assert any("认领有争议 1" in each for each in member.buttons)
