"""Rosters and outcomes as people go through them: said, judged, counted; nobody sees another's."""

import io

from openpyxl import Workbook

from tests.handlers.conftest import a_member
from tests.noticing import secretary, students
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
