"""`python -m bot report`: a year as files, or one plain line why not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert

from bot.__main__ import main
from branch.events.kinds import Kind
from storage.event_tables import EVENTS
from storage.tables import PEOPLE
from tests.stage import CACHE

Said = pytest.CaptureFixture[str]


@pytest.fixture
def database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, clean_environment: Path) -> str:
    assert clean_environment.is_dir()
    monkeypatch.setenv("LINGHANG_CACHE_DIR", str(CACHE))
    monkeypatch.setenv("LINGHANG_DATABASE_URL", sqlite_url)
    return sqlite_url


def test_a_year_is_written_and_the_way_there_is_shown(
    database: str, tmp_path: Path, capsys: Said
) -> None:
    with create_engine(database).begin() as connection:
        asked = {"kind": str(Kind.QUESTION_ASKED), "path": "chat", "details": "{}"}
        rows = [
            asked | {"at": datetime(2026, 5, day, tzinfo=UTC), "about": f"question:{day}"}
            for day in range(1, 21)
        ]
        connection.execute(insert(EVENTS), rows)
    out = tmp_path / "new" / "reports"

    assert main(["report", "--year", "2026", "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        str(out / f"linghang-y2026{ending}")
        for ending in (".html", ".xlsx", ".csv", "-tickets.csv")
    ]
    assert said.err.endswith("writing the report: 22 of 22\n")
    page = (out / "linghang-y2026.html").read_text(encoding="utf-8")
    assert "2026 年 数据报告" in page
    assert "20（100%）" in page


def test_it_speaks_english_too(database: str, tmp_path: Path, capsys: Said) -> None:
    assert main(["report", "--year", "2025", "--out", str(tmp_path), "--language", "en"]) == 0
    assert "Report · 2025" in (tmp_path / "linghang-y2025.html").read_text(encoding="utf-8")


def test_a_folder_that_takes_no_file_is_told(database: str, tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "file"
    file.write_text("x")

    assert main(["report", "--year", "2026", "--out", str(file)]) == 1
    said = capsys.readouterr().err
    assert "It cannot be written" in said
    assert "--out" in said


@pytest.mark.parametrize("year", ["26", "next", "2101", "-1"])
def test_what_is_no_year_is_told(year: str, capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["report", f"--year={year}"])
    assert ended.value.code == 2
    assert "a year is a number from 2000 to 2100" in capsys.readouterr().err


def test_a_report_of_a_class_says_which_there_are(
    database: str, tmp_path: Path, capsys: Said
) -> None:
    of = ["report", "--year", "2026", "--out", str(tmp_path)]
    assert main([*of, "--class", "材料2301"]) == 1
    assert "--cohort" in capsys.readouterr().err
    assert main([*of, "--cohort", "2027"]) == 1
    said = capsys.readouterr().err
    assert "fewer than five people" in said
    assert "everybody only" in said
    assert list(tmp_path.glob("linghang-y*")) == []


def test_a_report_of_a_class_is_called_after_it(
    database: str, tmp_path: Path, capsys: Said
) -> None:
    with create_engine(database).begin() as connection:
        person = {"language": "zh", "cohort": 2027, "class_name": "材料 2301/A", "name": "同学"}
        agreed = {"consented_at": datetime(2026, 5, 1, tzinfo=UTC), "consent_version": 3}
        rows = [person | agreed | {"telegram_id": number} for number in range(1, 6)]
        connection.execute(insert(PEOPLE), rows)
    of = ["report", "--year", "2026", "--out", str(tmp_path)]

    assert main([*of, "--cohort", "2027", "--class", "材料2399"]) == 1
    assert "2027, 2027 材料 2301/A" in capsys.readouterr().err
    assert main([*of, "--cohort", "2027", "--class", "材料 2301/A"]) == 0
    assert (tmp_path / "linghang-y2026-2027-材料_2301_A.html").exists()
