"""Which intake is current, and where each of its milestones stands."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from branch.content.faults import Faults
from branch.exam_calendar.calendar import ExamCalendar
from branch.exam_calendar.model import MILESTONES, PROVINCES, Phase
from branch.exam_calendar.reading import read_calendar
from texts.language import Language

ZONE = ZoneInfo("Asia/Shanghai")
HEAD = """intake: {intake}
source: {{name: The Ministry, url: https://example.org/}}
checked_on: 2026-11-22
milestones:
"""
REGISTRATION = """  - id: registration
    name: {zh: 网上报名, en: Registration}
    starts: 2026-10-15 09:00
    ends: 2026-10-24 22:00
    daily: "9:00–22:00"
    usual: {zh: 10 月, en: October}
    reliability: A
"""
CONFIRMATION = """  - id: confirmation
    name: {zh: 网上确认, en: Confirmation}
    announced: false
    usual: {zh: 11 月上旬, en: early November}
    expected: {from: 2026-10-28, to: 2026-11-12}
    reliability: B
    note: {zh: 各省自定。, en: Each province decides.}
    provinces:
      liaoning: {zh: 未公布, en: Not known}
"""
EXAM = """  - id: preliminary_exam
    name: {zh: 初试, en: Exam}
    starts: 2026-12-19
    ends: 2026-12-20
    reliability: A
"""
EARLIER = """  - id: preliminary_exam
    name: {zh: 初试, en: Exam}
    starts: 2025-12-20
    ends: 2025-12-21
    reliability: A
"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def read(folder: Path, files: dict[str, str]) -> tuple[ExamCalendar, list[str]]:
    (folder / "calendar").mkdir()
    for name, text in files.items():
        (folder / "calendar" / name).write_text(text, encoding="utf-8")
    faults = Faults()
    calendar = read_calendar(folder, faults, zone=ZONE)
    return calendar, [f"{fault.line}: {fault.reason}" for fault in faults.noted]


@pytest.fixture
def calendar(tmp_path: Path) -> ExamCalendar:
    calendar, faults = read(
        tmp_path,
        {
            "2027.yaml": HEAD.format(intake=2027) + REGISTRATION + CONFIRMATION + EXAM,
            "2026.yaml": HEAD.format(intake=2026) + EARLIER,
        },
    )
    assert faults == []
    return calendar


@pytest.mark.parametrize(
    ("day", "intake"),
    [
        (date(2026, 11, 22), 2027),
        (date(2027, 6, 30), 2027),
        (date(2027, 7, 1), 2028),
        (date(2026, 1, 1), 2026),
    ],
)
def test_the_current_intake_lasts_until_its_admission_is_over(
    calendar: ExamCalendar, day: date, intake: int
) -> None:
    assert calendar.current_intake(day) == intake


@pytest.mark.parametrize(
    ("moment", "phase", "days"),
    [
        ("2026-10-14T23:59", Phase.UPCOMING, 1),
        ("2026-10-15T08:59", Phase.UPCOMING, 0),
        ("2026-10-15T09:00", Phase.UNDER_WAY, 0),
        ("2026-10-24T21:59", Phase.UNDER_WAY, -9),
        ("2026-10-24T22:00", Phase.OVER, -9),
    ],
)
def test_a_milestone_with_hours_ends_at_its_hour(
    calendar: ExamCalendar, moment: str, phase: Phase, days: int
) -> None:
    registration = calendar.milestone(2027, "registration")

    assert (registration.phase(at(moment)), registration.days_left(at(moment))) == (phase, days)


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        ("2026-12-18T23:59", Phase.UPCOMING),
        ("2026-12-19T00:00", Phase.UNDER_WAY),
        ("2026-12-20T23:59", Phase.UNDER_WAY),
        ("2026-12-21T00:00", Phase.OVER),
    ],
)
def test_a_milestone_of_whole_days_lasts_to_the_end_of_its_last(
    calendar: ExamCalendar, moment: str, phase: Phase
) -> None:
    assert calendar.milestone(2027, "preliminary_exam").phase(at(moment)) == phase


def test_days_are_counted_in_the_zone_of_the_branch(calendar: ExamCalendar) -> None:
    evening_in_london = datetime(2026, 11, 21, 20, tzinfo=ZoneInfo("UTC"))

    assert calendar.milestone(2027, "preliminary_exam").days_left(evening_in_london) == 27


def test_what_is_not_announced_is_probably_over_when_its_usual_time_has_passed(
    calendar: ExamCalendar,
) -> None:
    confirmation = calendar.milestone(2027, "confirmation")

    assert confirmation.phase(at("2026-11-12T12:00")) == Phase.NOT_ANNOUNCED
    assert confirmation.phase(at("2026-11-13T12:00")) == Phase.PROBABLY_OVER
    assert confirmation.days_left(at("2026-11-13T12:00")) is None
    assert confirmation.provinces["liaoning"][Language.EN] == "Not known"


def test_coming_leaves_out_what_is_behind_us_and_keeps_the_order(calendar: ExamCalendar) -> None:
    coming = [each.id for each in calendar.coming(2027, at("2026-11-22T12:00"))]

    over = {"registration", "confirmation"}
    assert coming == [each for each in MILESTONES if each not in over]


def test_an_unwritten_intake_is_not_announced_but_has_names_and_the_usual_time(
    calendar: ExamCalendar,
) -> None:
    registration = calendar.milestone(2028, "registration")

    assert not registration.announced
    assert registration.names[Language.ZH] == "网上报名"
    assert registration.usual == {Language.ZH: "10 月", Language.EN: "October"}
    assert registration.expected == (date(2027, 10, 15), date(2027, 10, 24))
    assert calendar.known() == {
        (2027, "registration"),
        (2027, "confirmation"),
        (2027, "preliminary_exam"),
        (2026, "preliminary_exam"),
    }


def test_earlier_dates_and_the_usual_time_come_from_the_years_before(
    calendar: ExamCalendar,
) -> None:
    assert [each.first_day for each in calendar.earlier(2027, "preliminary_exam")] == [
        date(2025, 12, 20)
    ]
    assert calendar.earlier(2027, "registration") == []
    assert calendar.usual_next("scores") is None


def test_an_id_that_does_not_exist_is_an_error(calendar: ExamCalendar) -> None:
    with pytest.raises(KeyError):
        calendar.milestone(2027, "graduation")


def test_every_fault_of_a_calendar_is_told(tmp_path: Path) -> None:
    broken = """  - id: exam
    name: {zh: 初试}
    starts: 19 December
    reliability: A
  - id: scores
    name: {zh: 成绩, en: Scores}
    announced: false
    starts: 2027-02-20
    expected: {from: 2027-02-28, to: 2027-02-20}
    reliability: Z
  - id: registration
    name: {zh: 报名, en: Registration}
    starts: 2026-10-24 22:00
    ends: 2026-10-15 09:00
    colour: red
    reliability: A
  - id: national_line
    name: {zh: 国家线, en: Line}
    starts: 2027-02-20
    source: {name: a friend}
    reliability: B
    provinces:
      Liaoning: {zh: 一, en: one}
"""
    _, faults = read(tmp_path, {"2028.yaml": HEAD.format(intake=2027) + broken})

    ids = ", ".join(MILESTONES)
    assert faults == [
        "1: `intake` is 2027, but the file is called 2028.yaml",
        f"4: `milestones` must stand in this order: {ids}",
        f"5: `id` must be one of {ids}, not 'exam'",
        "6: `en` is missing; write a text",
        (
            "7: `starts` must be a time like 2026-10-09 09:00 or a day like 2026-10-09, not"
            " '19 December'"
        ),
        "9: `usual` is missing; what is not announced must say when it usually is",
        "11: `announced` is false, so there can be no `starts` and no `ends`",
        "13: `to` is before `from`",
        "14: `reliability` must be A, B, C or K, not 'Z'",
        "18: `ends` is before `starts`",
        "19: `colour` is not known here; delete it",
        "25: `reliability` A and B need the `url` of the page it was seen on",
        f"27: `Liaoning` is no province; one of {', '.join(PROVINCES)}",
    ]


def test_a_calendar_takes_another_over_at_once(calendar: ExamCalendar) -> None:
    exam = calendar.milestone(2026, "preliminary_exam")
    moved = replace(exam, intake=2028, starts=None, ends=None)
    other = calendar.with_milestones([moved])
    before = calendar.version
    calendar.take_over(other)

    assert calendar.milestone(2028, "preliminary_exam") == moved
    assert calendar.milestone(2026, "preliminary_exam") == exam
    assert calendar.version > before


def test_what_is_expected_of_a_leap_day_has_a_day_in_every_year(calendar: ExamCalendar) -> None:
    exam = calendar.milestone(2027, "preliminary_exam")
    expected = (date(2028, 2, 29), date(2028, 2, 29))
    leap = calendar.with_milestones([replace(exam, intake=2028, starts=None, expected=expected)])

    assert leap.milestone(2029, "preliminary_exam").expected == (date(2029, 2, 28),) * 2
