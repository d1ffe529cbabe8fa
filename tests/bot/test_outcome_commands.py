"""Rosters and outcomes on the command line."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.bot.program import Ended
from tests.bot.test_commands import Told


@pytest.fixture
def bot(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, clean_environment: Path
) -> Told:
    monkeypatch.setenv("LINGHANG_DATABASE_URL", f"sqlite:///{clean_environment / 'a.db'}")
    return Told(capsys, monkeypatch)


def a_roster(folder: Path, rows: str = "2021110101,张三\n2021110102,李四\n") -> Path:
    file = folder / "roster.csv"
    file.write_text(f"学号,姓名\n{rows}", encoding="gb18030")
    return file


def imported(bot: Told, file: Path, *more: str) -> Ended:
    return bot("roster", "import", str(file), *more)


def test_a_roster_is_looked_at_before_it_is_written(bot: Told, clean_environment: Path) -> None:
    file = a_roster(clean_environment, "2021110101,张三\n2021110102,李四\n无,王五\n")

    looked = imported(bot, file, "--cohort", "2025")
    assert (looked.status, looked.err) == (0, "")
    assert looked.out.splitlines() == [
        "Cohorts: 2025.",
        "2 new, 0 changed, 0 the same, 1 faulty.",
        "  row 4: “无” is no student number (4 to 20 digits or letters)",
        "Nothing was written: this was a dry run. To do it: --for-certain",
    ]
    assert "2 new" in imported(bot, file, "--cohort", "2025", "--for-certain").out
    again = imported(bot, file, "--cohort", "2025", "--for-certain")
    assert "0 new, 0 changed, 2 the same" in again.out
    assert "nothing new" in again.out


def test_numbers_are_not_in_the_database(bot: Told, clean_environment: Path) -> None:
    assert (
        imported(bot, a_roster(clean_environment), "--cohort", "2025", "--for-certain").status == 0
    )
    kept = b"".join(each.read_bytes() for each in clean_environment.glob("a.db*"))

    assert "张三".encode() in kept
    assert b"2021110101" not in kept


def test_long_files_show_how_far_they_are(bot: Told, clean_environment: Path) -> None:
    book = Workbook()
    book.active.append(["学号"])
    for at in range(2_500):
        book.active.append([2021000000 + at])
    out = io.BytesIO()
    book.save(out)
    file = clean_environment / "long.xlsx"
    file.write_bytes(out.getvalue())
    told = imported(bot, file, "--cohort", "2025")

    assert told.err.splitlines() == ["read 1000 rows", "read 2000 rows"]
    assert "2500 new" in told.out


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("gone.csv", None, "cannot be read"),
        ("x.csv", "姓名\n张三\n", "no column for: number"),
        ("x.csv", "学号\n1\n", "--cohort 2027"),
        ("x.xlsx", "PK\x03\x04", "workbook"),
    ],
)
def test_what_cannot_be_used_is_told(
    bot: Told, clean_environment: Path, name: str, data: str | None, why: str
) -> None:
    if data is not None:
        (clean_environment / name).write_text(data, encoding="utf-8")
    told = imported(bot, clean_environment / name)

    assert (told.status, told.out) == (1, "")
    assert why in told.err
