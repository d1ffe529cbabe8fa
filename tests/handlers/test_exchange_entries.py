"""A member sends a table and gets one: looked at first, then brought in, then answered from."""

import csv
import io

import pytest

from bot.content import Content
from playground.clock import MovableClock
from playground.server import PlaygroundServer
from playground.world import World
from tests.handlers.conftest import a_member
from tests.stage import NOW, Person, Stage, run_bot

TABLE = (
    "question,answer,wordings\r\n"
    "食堂几点关门,晚上八点。,食堂开到几点|食堂营业时间\r\n"
    "读研学费一年多少,八千,\r\n"
    ",没有问题,\r\n"
)


async def sends(person: Person, data: bytes, name: str = "校友问答.csv") -> None:
    person.stage.world.send_document(person.id, person.chat_id, data, name)
    await person.stage.settle()


async def asks(stage: Stage, question: str) -> str:
    student = stage.person("学生")
    await student.joins()
    await student.types(question)
    return student.hears


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
async def test_a_table_is_looked_at_and_brought_in(small_stage: Stage, encoding: str) -> None:
    member = await a_member(small_stage)
    await member.types("/knowledge")
    await member.taps("📥 导入")
    await sends(member, TABLE.encode(encoding))

    assert member.hears == (
        "📋 校友问答.csv（还没有写入）\n\n新增 1 条，修改 0 条，没变 0 条\n\n"
        "❌ 用不了的行：\n• 第 4 行，问题：这里不能空着。\n\n"
        "🔁 重复，不会导入：\n• 第 3 行「读研学费一年多少」：已有「读研学费一年多少」"
    )
    assert "晚上八点" not in await asks(small_stage, "食堂几点关门")

    await member.taps("导入 1 条")
    assert member.hears.startswith("✅ 导入了 1 条")
    answer = await asks(small_stage, "食堂几点关门")
    assert "晚上八点" in answer
    assert "来源：校友问答" in answer
    assert "有待对照官方" in answer


async def test_a_table_may_come_at_any_time_and_be_put_aside(small_stage: Stage) -> None:
    member = await a_member(small_stage)
    await sends(member, TABLE.encode())
    await member.taps("不导入")

    assert member.hears.startswith("📖 知识库：5 条")


async def test_an_export_is_changed_and_sent_back(small_stage: Stage) -> None:
    member = await a_member(small_stage)
    await member.types("/knowledge")
    await member.taps("📤 导出")
    sent = member.last.document
    table = sent.data
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    answer = rows[0].index("answer")
    for row in rows[1:]:
        row[answer] = row[answer].replace("8000", "9000")
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    await sends(member, out.getvalue().encode("gbk"))

    assert "新增 0 条，修改 1 条，没变 4 条" in member.hears
    await member.taps("导入 1 条")
    assert "9000" in await asks(small_stage, "学费一年多少")


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"PK\x03\x04\0\0", "book.csv", "不是文本表格"),
        ("问,答\n一,二\n".encode(), "x.csv", "第一行要有 question 和 answer"),
        (b"x" * 5_000_001, "x.csv", "超过 5 MB"),
    ],
)
async def test_a_file_that_cannot_be_used_is_told_why(
    small_stage: Stage, data: bytes, name: str, says: str
) -> None:
    member = await a_member(small_stage)
    await member.types("/knowledge")
    await member.taps("📥 导入")
    await sends(member, data, name)

    assert any(says in heard for heard in member.heard[-2:])


async def test_a_students_table_is_a_file_like_any_other(small_stage: Stage) -> None:
    student = small_stage.person("学生")
    await student.joins()
    await sends(student, TABLE.encode())

    assert "📋" not in student.hears
    assert "文件" in student.hears


async def test_an_import_goes_on_after_a_restart(sqlite_url: str, small_content: Content) -> None:
    world = World(MovableClock(NOW))
    async with PlaygroundServer(world) as server:
        async with run_bot(
            world, server, world.clock, sqlite_url, content=small_content, embedding=False
        ) as before:
            member = await a_member(before)
            await sends(member, TABLE.encode())
        async with run_bot(
            world, server, world.clock, sqlite_url, content=small_content, embedding=False
        ) as after:
            member.stage = after
            await member.taps("导入 1 条")
            assert member.hears.startswith("✅ 导入了 1 条")
