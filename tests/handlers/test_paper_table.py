"""The table of a call's papers: counted, drawn, kept as a workbook, and packed with every file."""

import csv
import hashlib
import io
import zipfile
from functools import partial
from pathlib import Path
from tempfile import gettempdir

import pytest
from openpyxl import load_workbook
from PIL import Image

from branch.content.spreadsheets import decoded
from branch.papers.archive import Archive
from tests.handlers.calling import PDF, THEME, TITLE, opens, submits, writes
from tests.handlers.conftest import a_member
from tests.handlers.test_paper_decisions import a_reviewed_call, lets_out, proposes
from tests.noticing import students
from tests.stage import Person, Stage


async def to_table(person: Person) -> None:
    await person.types("/call")
    await person.taps(THEME)
    await person.taps("📊 表")


def left_behind() -> list[Path]:
    return list(Path(gettempdir()).glob("linghang-papers-*"))


def sent(person: Person) -> list[tuple[str, bytes]]:
    history = person.stage.world.history(person.id)
    return [(m.document.name, m.document.data) for m in history if m.from_bot and m.document]


async def test_nine_of_nine_are_counted_and_who_has_not_is_named(both_stages: Stage) -> None:
    stage = both_stages
    people = [await a_member(stage, f"党员{each}") for each in range(9)]
    [student] = await students(stage, 1)
    await opens(people[0], everybody=True)
    for number, person in enumerate(people[:7]):
        await submits(person, data=f"%PDF {number}".encode())
    await submits(student, data=b"%PDF student")
    await writes(people[7], data=b"%PDF begun")
    await to_table(people[0])
    assert "7/9 人交了，另有同学 1 份" in people[0].hears
    assert "写了没交：党员7\n" in people[0].hears
    assert "还没交：党员7、党员8" in people[0].hears

    await people[7].taps("提交")
    await submits(people[8], data=b"%PDF last")
    await to_table(people[0])
    assert "9/9 人交了" in people[0].hears
    assert "还没交" not in people[0].hears
    await people[1].types("/call")
    await people[1].taps(THEME)
    assert "党员交了 9/9，另有 1 位同学" in people[1].hears
    assert "📊 表" not in people[1].buttons
    await people[1].taps_data(people[1].last.id, "table:1", force=True)
    assert "发起人和书记才能" in people[1].hears


async def test_the_workbook_holds_every_paper_and_computes_nothing(both_stages: Stage) -> None:
    stage = both_stages
    opener, chief, _, _ = await a_reviewed_call(stage, papers=2)
    bold = await a_member(stage, "=cmd|'/c calc'!A0")
    await proposes(opener, "DJ2026-001", "录用", award="二等奖")
    await proposes(opener, "DJ2026-002", "不录用")
    await lets_out(chief)
    await to_table(opener)
    assert "录用 1，获奖 1" in opener.hears
    await opener.taps("表格")

    name, data = sent(opener)[-1]
    assert name == "papers-1.xlsx"
    book = load_workbook(io.BytesIO(data))
    rows = [[cell.value for cell in row] for row in book["稿件"].iter_rows()]
    assert rows[0][:6] == ["编号", "作者", "合作者", "题目", "状态", "奖项"]
    assert rows[1][:8] == [
        "DJ2026-001",
        "作者0",
        None,
        TITLE,
        "录用",
        "二等奖",
        "13 / 13",
        1,
    ]
    assert rows[2][4] == "未录用"
    absent = [row[0].value for row in book["还没交"].iter_rows()]
    assert "'=cmd|'/c calc'!A0" in absent
    assert bold.id


async def test_the_picture_is_a_photo_with_the_sums_below(stage: Stage) -> None:
    member = await a_member(stage)
    await opens(member)
    await submits(member)
    await to_table(member)
    await member.taps("图片")

    last = member.last
    assert last.photo is not None
    assert "征集 1 人，交了 1/1" in last.text
    with Image.open(io.BytesIO(last.photo.data)) as picture:
        assert picture.width == 1080


async def test_the_zip_holds_the_newest_files_by_receipt_and_names_what_is_gone(
    both_stages: Stage,
) -> None:
    stage = both_stages
    member, other = await a_member(stage), await a_member(stage, "李学姐")
    await opens(member)
    await submits(member)
    await submits(other, data=b"%PDF other")
    await other.taps("换文件")
    stage.world.send_document(other.id, other.chat_id, b"%PDF newer", "新.pdf")
    await stage.settle()
    gone = next(m.document for m in stage.world.history(member.id) if m.document)
    stage.world.files._by_id.pop(gone.id)
    await to_table(member)
    await member.taps("打包全部稿件")

    name, data = sent(member)[-1]
    assert name == "papers-1-1.zip"
    assert "取不到，清单里标了：DJ2026-001" in member.hears
    with zipfile.ZipFile(io.BytesIO(data)) as part:
        assert sorted(part.namelist()) == ["DJ2026-002.pdf", "manifest.csv", "papers-1.xlsx"]
        assert part.read("DJ2026-002.pdf") == b"%PDF newer"
        rows = list(csv.reader(io.StringIO(decoded(part.read("manifest.csv")))))
    digests = [hashlib.sha256(each).hexdigest() for each in (PDF, b"%PDF newer")]
    assert rows[1:] == [
        ["DJ2026-001", "DJ2026-001.pdf", "1", str(len(PDF)), digests[0], "no"],
        ["DJ2026-002", "DJ2026-002.pdf", "2", "10", digests[1], "yes"],
    ]
    assert left_behind() == []


async def test_what_is_too_large_for_one_message_comes_in_several(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.paper_table.Archive", partial(Archive, largest=8_500))
    people = [await a_member(stage, f"党员{each}") for each in range(3)]
    await opens(people[0])
    for number, person in enumerate(people):
        await submits(person, data=b"%PDF" + bytes([48 + number]) * 4_000)
    await to_table(people[0])
    await people[0].taps("打包全部稿件")

    zips = [each for each in sent(people[0]) if each[0].endswith(".zip")]
    assert len(zips) >= 2
    names = [each for _, data in zips for each in zipfile.ZipFile(io.BytesIO(data)).namelist()]
    assert sorted(names) == sorted(
        ["DJ2026-001.pdf", "DJ2026-002.pdf", "DJ2026-003.pdf", "manifest.csv", "papers-1.xlsx"]
    )
    assert f"，{len(zips)}/{len(zips)}" in people[0].hears


def test_a_zip_that_would_be_too_large_is_two(tmp_path: Path) -> None:
    archive = Archive(tmp_path, "papers", largest=2_600)
    for name in ("a", "b", "c"):
        archive.add(name, b"x" * 900)

    assert [path.name for path in archive.parts] == ["papers-1.zip", "papers-2.zip"]
    assert all(path.stat().st_size <= 2_600 + 100 for path in archive.parts)
    names = [zipfile.ZipFile(path).namelist() for path in archive.parts]
    assert names == [["a", "b"], ["c"]]
