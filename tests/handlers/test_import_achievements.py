"""Achievements from a file: looked at first, brought in once, confirmed all at once by another."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.handlers.conftest import a_member
from tests.stage import Person, Stage

HEADING = ["类别", "题目", "作者", "出处", "年份", "级别", "DOI", "导师评语"]
ROWS: list[list[Any]] = [
    ["论文", "高熵合金的塑性", "张三、李四", "金属学报", 2024, "EI", "", "好"],
    ["获奖", "挑战杯一等奖", "王五", "团中央", 2025, "国家级", "", ""],
    ["论文", "没有年份", "王五", "金属学报", "", "", "", ""],
]
BIB = """@article{a, title={Ductile alloys}, author={Li, Si}, journal={Acta}, year={2023},
  doi={10.1016/j.x.2023}}
@misc{m, title={x}}
"""


def workbook(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in [HEADING, *rows]:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


async def sends(person: Person, data: bytes, name: str = "成果.xlsx") -> None:
    person.stage.world.send_document(person.id, person.chat_id, data, name)
    await person.stage.settle()


async def begins(member: Person) -> None:
    await member.types("/research")
    await member.taps("📥 导入")


async def test_a_table_is_looked_at_brought_in_and_confirmed_at_once(both_stages: Stage) -> None:
    one, other = await a_member(both_stages), await a_member(both_stages, "李学姐")
    await begins(one)
    await sends(one, workbook(*ROWS))
    assert "新的 2 项，已有的 0 项，用不了的 1 项" in one.hears
    assert "第 4 行「没有年份」：年份：不是 1980 年以来" in one.hears
    assert "不认识、没有读的列：导师评语" in one.hears
    await other.types("/research")
    assert "等第二个人" not in other.hears

    await one.taps("导入 2 条")
    assert "导入了 2 项" in one.hears
    await one.types("/research")
    await one.taps("待确认 2")
    await one.taps("高熵合金")
    assert "撤回" in one.buttons
    await other.types("/research")
    await other.taps("待确认 2")
    await other.taps("高熵合金")
    await other.taps("这批 2 项都确认")
    assert "2 项都确认了" in other.hears
    assert "李学姐 确认了其中 2 项" in one.hears
    await one.types("/research")
    assert "确认了 2 项" in one.hears


async def test_the_same_file_twice_changes_nothing(both_stages: Stage) -> None:
    member = await a_member(both_stages)
    for _ in range(2):
        await begins(member)
        await sends(member, workbook(*ROWS, ROWS[0]))
        if any("导入 2 条" in each for each in member.buttons):
            assert "已有的 1 项" in member.hears
            message, data = member.button("导入 2 条")
            for _ in range(2):
                both_stages.world.tap(member.id, member.chat_id, message, data)
            await both_stages.settle()
    assert "新的 0 项，已有的 3 项" in member.hears
    assert not any("导入 " in each and " 条" in each for each in member.buttons)
    await member.taps("不导入")
    await member.types("/research")

    assert "2 项等第二个人确认" in member.hears


async def test_a_bibliography_is_brought_in_with_the_level_that_is_tapped(stage: Stage) -> None:
    member = await a_member(stage)
    await begins(member)
    await sends(member, BIB.encode(), "export.bib")
    assert "1 篇论文没写级别，先按「其他」记" in member.hears
    assert "第 3 行「m」：类别：不认识的条目类型" in member.hears
    await member.taps("SCI")
    assert "先按「SCI」记" in member.hears
    await member.taps("导入 1 条")
    await member.taps("待确认")
    await member.taps("Ductile alloys")

    assert "论文，SCI\nSi Li" in member.hears


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"a,b\n1,2", "a.csv", "看不懂这种文件"),
        (b"%PDF-1.4", "a.pdf", "看不懂这种文件"),
        (b"", "a.bib", "没有成果"),
        (b"hello", "a.bib", "没有成果"),
        (b"PK\x03\x04broken", "a.xlsx", "打不开"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.xls", "旧的 .xls"),
        (b"@" + b"x" * 5_000_001, "a.bib", "5 MB 以内"),
    ],
    ids=["csv", "pdf", "nothing", "no entries", "broken", "xls", "large"],
)
async def test_unusable_files_are_told_and_another_may_follow(
    stage: Stage, data: bytes, name: str, said: str
) -> None:
    member = await a_member(stage)
    await begins(member)
    await sends(member, data or b" ", name)
    assert any(said in each for each in member.heard[-2:]), member.heard[-2:]

    await sends(member, workbook(*ROWS))
    assert "新的 2 项" in member.hears


async def test_words_instead_of_a_file_are_told(stage: Stage) -> None:
    member = await a_member(stage)
    await begins(member)
    await member.types("成果在邮箱里")

    assert any("要一个文件" in each for each in member.heard[-2:])
    await member.taps("不导入")


async def test_the_template_comes_back_as_it_is_filled_in(stage: Stage) -> None:
    member = await a_member(stage)
    await begins(member)
    await member.taps("下载模板")
    sent = next(m.document for m in reversed(stage.world.history(member.id)) if m.document)
    book = load_workbook(BytesIO(sent.data))
    assert [cell.value for cell in book.worksheets[0][1]] == [
        *("类别", "题目", "人员", "出处", "年份", "级别", "DOI", "编号")
    ]
    book.worksheets[0].append(["标准", "钢板验收", "张三", "国标委", 2020, "国家级", None, "GB 1"])
    out = BytesIO()
    book.save(out)
    await sends(member, out.getvalue())

    assert "新的 1 项，已有的 0 项，用不了的 0 项" in member.hears
    await member.taps("导入 1 条")
    await member.taps("待确认")
    await member.taps("钢板验收")
    assert "编号 GB 1" in member.hears


async def test_the_table_of_outcomes_counts_what_is_confirmed_and_can_be_brought_in_again(
    both_stages: Stage,
) -> None:
    one, other = await a_member(both_stages), await a_member(both_stages, "李学姐")
    await one.types("/research")
    await one.taps("成果表")
    assert "还没有成果" in one.hears
    formula = ["论文", "'=HYPERLINK(1)", "'@张三", "金属学报", 2024, "EI", "", ""]
    await begins(one)
    await sends(one, workbook(*ROWS, formula))
    await one.taps("导入 3 条")
    await other.types("/research")
    await other.taps("待确认 3")
    await other.taps("挑战杯")
    await other.taps("确认")
    await other.types("/research")
    await other.taps("成果表")

    assert other.hears.splitlines()[2:] == [
        "确认了 1 项，括号里的 2 项还等第二个人确认",
        "",
        "年份 合计 论文 获奖",
        "合计 1(2) 0(2)    1",
        "2025    1    -    1",
        "2024 0(2) 0(2)    -",
    ]
    await other.taps("下载表格")
    sent = next(m.document for m in reversed(both_stages.world.history(other.id)) if m.document)
    sums, listed = load_workbook(BytesIO(sent.data)).worksheets
    assert [[cell.value for cell in row] for row in sums] == [
        ["年份", "论文", "获奖", "合计", "待确认"],
        [2025, 0, 1, 1, 0],
        [2024, 0, 0, 0, 2],
        ["合计", 0, 1, 1, 2],
    ]
    assert listed.freeze_panes == "A2"
    titles = [row[1].value for row in listed]
    assert "'=HYPERLINK(1)" in titles
    await begins(other)
    await sends(other, sent.data)
    assert "新的 0 项，已有的 3 项，用不了的 0 项" in other.hears


async def test_two_files_with_the_same_in_another_order_bring_each_in_once(
    both_stages: Stage,
) -> None:
    stage = both_stages
    rows = [
        ["论文", f"第 {number} 篇", "张三", "金属学报", 2024, "EI", f"10.1000/{number}", ""]
        for number in range(40)
    ]
    people = [await a_member(stage, name) for name in ("王学长", "李学姐")]
    for person, some in zip(people, (rows, rows[::-1]), strict=True):
        await begins(person)
        await sends(person, workbook(*some))
    for person in people:
        message, data = person.button("导入 40 条")
        stage.world.tap(person.id, person.chat_id, message, data)
    await stage.settle()
    await people[0].types("/research")

    assert "40 项等第二个人确认" in people[0].hears
    assert sum("导入了 40 项" in "".join(person.heard) for person in people) == 1
