"""Rosters and outcomes on the command line."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.bot.program import Ended
from tests.bot.test_commands import Told
from tests.stage import ROOT


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


def test_the_two_known_figures_come_in_and_nothing_between_them(
    bot: Told, clean_environment: Path
) -> None:
    history = ROOT / "content" / "outcomes" / "history.csv"
    looked = bot("outcomes", "import", str(history))
    assert looked.out.splitlines() == [
        "2 new, 0 changed, 0 the same, 0 faulty.",
        "  2015: only a rate, no counts: it will be shown without an interval",
        "  2020: only a rate, no counts: it will be shown without an interval",
        "Nothing was written: this was a dry run. To do it: --for-certain",
    ]
    assert bot("outcomes", "import", str(history), "--for-certain").status == 0
    again = bot("outcomes", "import", str(history), "--for-certain")
    assert "0 new, 0 changed, 2 the same" in again.out
    out = clean_environment / "out.csv"
    assert bot("outcomes", "export", str(out)).status == 0
    rows = [row for row in rows_of(out) if row and row[0].isdecimal()]

    assert [(row[0], row[2], row[3], row[5], row[6]) for row in rows] == [
        ("2015", "只有比率", "", "0.274", ""),
        ("2020", "只有比率", "", "0.482", ""),
    ]


def test_history_is_checked_row_by_row(bot: Told, clean_environment: Path) -> None:
    file = clean_environment / "h.csv"
    file.write_text(
        "cohort,total,advanced,by_exam,by_recommendation,rate\n"
        "2016,100,40,30,10,40.0\n2017,100,140,,,\n2018,100,,,,\n2019,100,40,30,5,\n"
        "2021,100,40,,,55%\n2016,90,9,,,\n,1,1,,,\n2022,many,1,,,\n2023,,,,,\n",
        encoding="utf-8",
    )
    told = bot("outcomes", "import", str(file), "--for-certain")

    assert told.out.splitlines() == [
        "1 new, 0 changed, 0 the same, 8 faulty.",
        "  row 3: 140/100: more advanced than there are",
        "  row 4: there is neither a rate nor total and advanced",
        "  row 5: 30+5: the paths do not make up those who advanced",
        "  row 6: the rate does not fit the counts, which make 40.0%",
        "  row 7: 2016 has two rows",
        "  row 8: “” is no year",
        "  row 9: “many” is no number of people",
        "  row 10: there is neither a rate nor total and advanced",
        "Written.",
    ]


def test_rows_go_out_without_names_and_can_be_counted_again(
    bot: Told, clean_environment: Path
) -> None:
    imported(bot, a_roster(clean_environment), "--cohort", "2025", "--for-certain")
    out = clean_environment / "rows.xlsx"
    assert bot("outcomes", "export", str(out), "--rows").status == 0
    sheet = load_workbook(out).active
    rows = list(sheet.iter_rows(values_only=True))

    assert rows == [
        ("届", "班级", "去向", "状态"),
        (2025, None, "没有消息", None),
        (2025, None, "没有消息", None),
    ]


def rows_of(file: Path) -> list[list[str]]:
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
