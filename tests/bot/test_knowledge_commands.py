"""On the command line: out as table or files, in with a dry run, edits back into the files."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.__main__ import main
from bot.content import read_content
from bot.guidance import live_shelf
from branch.content.provenance import Source
from branch.exam_calendar.edits import THE_FILES as FILES_SPEAK
from branch.exam_calendar.edits import EditDeed, NewEdit
from branch.guidance.model import Slug
from branch.guidance.publishing import Publishing, Step
from branch.guidance.revisions import THE_FILES, RevisionDeed
from storage.engine import close_engine, open_engine
from storage.migrate import migrate
from storage.work import Transactions
from tests.branch.guidance.conftest import ENTRIES, FILES, entry_text, write
from tests.stage import ROOT, SHANGHAI
from texts.language import Language

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
FEES = "guidance/money/tuition.md"


@pytest.fixture
def content(clean_environment: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = clean_environment / "content"
    entries = {f"guidance/{name}.md": entry_text(*fields) for name, fields in ENTRIES.items()}
    write(folder, FILES | entries)
    shutil.copytree(ROOT / "content" / "calendar", folder / "calendar")
    monkeypatch.setenv("LINGHANG_CONTENT_DIR", str(folder))
    monkeypatch.setenv("LINGHANG_DATABASE_URL", f"sqlite:///{clean_environment / 'l.db'}")
    return folder


def edited(content: Path, body: str | None, slug: str = "tuition") -> None:
    """As somebody's edit in the chat; without a body it is retired."""

    async def edit() -> None:
        engine = open_engine(f"sqlite:///{content.parent / 'l.db'}")
        await migrate(engine)
        transactions = Transactions(engine)
        shelf = live_shelf(read_content(content, SHANGHAI), transactions)
        await shelf.catch_up()
        entry = shelf.library.entry(slug)
        assert entry is not None
        changed = entry if body is None else replace(entry, markdown={Language.ZH: body})
        overlay = shelf.overlays.get(Slug(slug))
        step = Step(
            slug=Slug(slug),
            entry=None if body is None else changed,
            deed=RevisionDeed.EDITED,
            parent=overlay.revision.id if overlay else THE_FILES,
        )
        publishing = Publishing(transactions.begin, shelf, zone=SHANGHAI)
        await publishing.put_up(None, [step], now=NOW)
        await transactions.close()
        await close_engine(engine)

    asyncio.run(edit())


def test_edits_go_back_into_the_files_and_the_next_edit_follows(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(content, "一年 **9000** 元。")
    assert main(["content", "export", "--edits"]) == 0
    assert capsys.readouterr().out == "1 files written, 1 edits exported.\n"
    assert (content / FEES).read_text(encoding="utf-8").endswith("---\n一年 **9000** 元。\n")

    assert main(["content", "export", "--edits"]) == 0
    assert capsys.readouterr().out == "0 files written, 0 edits exported.\n"

    edited(content, "一年 **9500** 元。")
    assert main(["content", "export", "--edits"]) == 0
    assert "9500" in (content / FEES).read_text(encoding="utf-8")


def date_changed(content: Path, code: str) -> None:
    """As somebody's change of a date in the chat."""

    async def change() -> None:
        engine = open_engine(f"sqlite:///{content.parent / 'l.db'}")
        await migrate(engine)
        transactions = Transactions(engine)
        async with transactions.begin() as work:
            await work.calendar_edits.add(
                NewEdit(
                    intake=2027,
                    milestone="national_line",
                    at=NOW,
                    by=None,
                    deed=EditDeed.CHANGED,
                    code=code,
                    source=Source(name="研招网", url="https://yz.chsi.com.cn/"),
                    parent=FILES_SPEAK,
                    basis="open",
                )
            )
        await transactions.close()
        await close_engine(engine)

    asyncio.run(change())


def test_dates_changed_in_the_chat_go_back_into_the_calendars_file(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_content(content, SHANGHAI).calendar
    date_changed(content, "2027-02-26")
    assert main(["content", "export", "--edits"]) == 0
    assert capsys.readouterr().out == "1 files written, 1 edits exported.\n"

    after = read_content(content, SHANGHAI).calendar
    assert after.milestone(2027, "national_line").code == "2027-02-26"
    for step in before.milestones(2027):
        if step.id != "national_line":
            assert after.milestone(2027, step.id) == step
    assert main(["content", "export", "--edits"]) == 0
    assert capsys.readouterr().out == "0 files written, 0 edits exported.\n"


def test_a_retired_entry_stays_in_its_file_and_says_so(content: Path) -> None:
    edited(content, None)

    assert main(["content", "export", "--edits"]) == 0
    assert "retired_on: 2026-11-25" in (content / FEES).read_text(encoding="utf-8")
    assert main(["check", "--content"]) == 0


def test_a_file_changed_after_the_edit_is_not_written_over_in_silence(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(content, "聊天里的。")
    file = content / FEES
    file.write_text(file.read_text(encoding="utf-8").replace("8000", "7000"), encoding="utf-8")

    assert main(["check"]) == 0
    assert "tuition: changed in the chat, and later in its file" in capsys.readouterr().out
    assert main(["content", "export", "--edits"]) == 0
    assert "tuition: not written" in capsys.readouterr().out
    assert "7000" in file.read_text(encoding="utf-8")

    assert main(["content", "export", "--edits", "--over", "tuition"]) == 0
    assert "聊天里的。" in file.read_text(encoding="utf-8")
    assert main(["check"]) == 0
    assert "later in its file" not in capsys.readouterr().out


def test_a_table_comes_in_after_a_dry_run(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "faq.csv"
    table.write_text("question,answer\n食堂几点关门,晚上八点。\n,空的\n", encoding="gbk")

    assert main(["content", "import", str(table), "--dry-run"]) == 0
    assert capsys.readouterr().out == (
        "1 new, 0 changed, 0 the same.\n"
        "  line 3, Question: This cannot be empty.\n"
        "Nothing was written: this was a dry run.\n"
    )
    assert main(["content", "import", str(table)]) == 0
    assert "1 entries are in" in capsys.readouterr().out
    assert main(["content", "import", str(table)]) == 0
    assert capsys.readouterr().out.startswith("0 new, 0 changed, 1 the same.")

    assert main(["content", "export", "--edits"]) == 0
    assert len(list((content / "guidance" / "imported").glob("q-*.md"))) == 1
    assert main(["check", "--content"]) == 0


@pytest.mark.parametrize("kind", ["csv", "md"])
def test_what_was_exported_comes_back_the_same(
    content: Path, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(content, "一年 **9000** 元。")
    target = tmp_path / "out" / f"base.{kind}"

    assert main(["content", "export", "--format", kind, "--to", str(target)]) == 0
    assert main(["content", "import", str(target), "--dry-run"]) == 0
    assert "0 new, 0 changed, 5 the same." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("data", "says"),
    [(None, "cannot be read"), (b"a,b\n1,2\n", "question and answer"), (b"\0\0", "neither UTF-8")],
)
@pytest.mark.usefixtures("content")
def test_what_cannot_be_imported_is_one_plain_line(
    tmp_path: Path, data: bytes | None, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.csv"
    if data is not None:
        file.write_bytes(data)

    assert main(["content", "import", str(file)]) == 1
    assert says in capsys.readouterr().err
