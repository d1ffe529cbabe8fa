"""Dates as members type them, and calendars written back as files."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from branch.content.faults import Faults
from branch.content.provenance import Source
from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.edits import THE_FILES, Edit, EditDeed, EditId, edited
from branch.exam_calendar.model import Milestone
from branch.exam_calendar.reading import read_calendar
from branch.exam_calendar.typed_dates import DatesNotTaken, WrongDates, typed_code
from branch.exam_calendar.writing import file_of, text_of
from tests.stage import ROOT

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2027-02-26", "2027-02-26"),
        ("2027/2/26", "2027-02-26"),
        ("2027.2.26", "2027-02-26"),
        ("２.２６", "2027-02-26"),
        ("2-26", "2027-02-26"),
        ("2月26日", "2027-02-26"),
        ("2027年2月26号", "2027-02-26"),
        ("12.19", "2026-12-19"),
        ("2.26 10:00", "2027-02-26T1000"),
        ("2月26日 10点", "2027-02-26T1000"),
        ("2月26日10点30分", "2027-02-26T1030"),
        ("2.26-3.5", "2027-02-26_2027-03-05"),
        ("2027-02-26至2027-03-05", "2027-02-26_2027-03-05"),
        ("2027-02-26 - 2027-03-05", "2027-02-26_2027-03-05"),
        ("12月19日至20日", "2026-12-19_2026-12-20"),
        ("12.19-20", "2026-12-19_2026-12-20"),
        ("12.30 到 1.2", "2026-12-30_2027-01-02"),
        ("10.15 9:00 至 10.24 22:00", "2026-10-15T0900_2026-10-24T2200"),
        ("10.15 9:00-22:00", "2026-10-15T0900_2026-10-15T2200"),
        ("2.26-2.26", "2027-02-26"),
        ("未公布", "open"),
        ("Not announced", "open"),
    ],
)
def test_what_people_type_is_understood(typed: str, code: str) -> None:
    assert typed_code(typed, intake=2027, zone=ZONE) == code


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", WrongDates.UNREADABLE),
        ("下周五", WrongDates.UNREADABLE),
        ("2.26 左右", WrongDates.UNREADABLE),
        ("2.26-3.5-3.9", WrongDates.UNREADABLE),
        ("2.30", WrongDates.NO_SUCH_DAY),
        ("13.1", WrongDates.NO_SUCH_DAY),
        ("2.26 24:30", WrongDates.NO_SUCH_HOUR),
        ("2025-02-26", WrongDates.OUTSIDE),
        ("2.26-2.20", WrongDates.BACKWARDS),
        ("10.15 22:00-9:00", WrongDates.BACKWARDS),
    ],
)
def test_what_cannot_be_meant_is_refused(typed: str, why: WrongDates) -> None:
    with pytest.raises(DatesNotTaken) as refused:
        typed_code(typed, intake=2027, zone=ZONE)

    assert refused.value.why is why


@pytest.fixture(scope="module")
def filed() -> ExamCalendar:
    return read_calendar(ROOT / "content", Faults(), zone=ZONE)


def read_back(folder: Path, calendar: ExamCalendar) -> ExamCalendar:
    (folder / "calendar").mkdir()
    for intake in calendar.intakes:
        (folder / file_of(intake)).write_text(text_of(calendar, intake), encoding="utf-8")
    faults = Faults()
    found = read_calendar(folder, faults, zone=ZONE)
    faults.raise_if_any()
    return found


def everything(calendar: ExamCalendar) -> list[Milestone]:
    return [step for intake in calendar.intakes for step in calendar.milestones(intake)]


def test_files_written_back_read_the_same(tmp_path: Path, filed: ExamCalendar) -> None:
    assert everything(read_back(tmp_path, filed)) == everything(filed)


def edit(code: str | None, basis: str, day: int = 25) -> Edit:
    return Edit(
        id=EditId(1),
        intake=2027,
        milestone="national_line",
        at=datetime(2026, 11, day, 12, tzinfo=ZONE),
        by=None,
        by_name=None,
        deed=EditDeed.CHANGED,
        code=code,
        source=Source(name="通知: 「引号」 # 井号", url="https://yz.chsi.com.cn/a?b=1&c=2"),
        parent=THE_FILES,
        basis=basis,
    )


@pytest.mark.parametrize("code", ["2027-02-26", "2027-02-26T1000_2027-03-01T2200", "open"])
def test_an_edited_calendar_reads_back_equal(
    tmp_path: Path, filed: ExamCalendar, code: str
) -> None:
    line = edited(filed.milestone(2027, "national_line"), edit(code, "open"), ZONE)
    calendar = filed.with_milestones([line])
    (again,) = (
        step
        for step in everything(read_back(tmp_path, calendar))
        if (step.intake, step.id) == (2027, "national_line")
    )

    assert again.code == code
    assert again.source == line.source
    assert again.checked_on == date(2026, 11, 25)


def test_files_that_were_checked_later_and_say_something_else_win(filed: ExamCalendar) -> None:
    line = filed.milestone(2026, "national_line")  # checked on 22 November: 28 February

    before, after = edit("2026-03-01", "open", day=21), edit("2026-03-01", "open", day=23)
    assert edited(line, before, ZONE).code == "2026-02-28"
    assert edited(line, after, ZONE).code == "2026-03-01"
