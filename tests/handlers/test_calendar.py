"""The exam calendar: on a screen, as a picture, and as a file for the phone's own calendar."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from PIL import Image

from tests.stage import NOW, Person, Stage

EXAM = "2027-preliminary_exam@linghang"


def photo(person: Person) -> bytes:
    return bytes(person.last.photo.data)


def document(person: Person) -> bytes:
    return bytes(person.last.document.data)


def events(data: bytes) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(data)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


async def test_what_is_not_announced_says_how_it_was(student: Person) -> None:
    await student.types("/calendar")

    assert "国家线公布：往年 2 月下旬（26 届 2 月 28 日，25 届 2 月 24 日）" in student.hears
    assert "辽宁：确切日期以辽宁招生考试之窗" in student.hears or "没有查到" not in student.hears


async def test_the_intake_after_next_says_what_to_expect(student: Person) -> None:
    await student.types("/calendar")
    await student.taps("28 届")

    assert "2028 届考试日历" in student.hears
    assert "网上报名：往年 10 月中下旬（27 届 10 月 15 日至 24 日" in student.hears


@pytest.mark.parametrize("language", ["中文", "English"])
async def test_the_picture_fits_a_phone_in_both_languages(stage: Stage, language: str) -> None:
    student = stage.person()
    await student.joins()
    await student.types("/language")
    await student.taps(language)
    await student.types("/calendar")
    await student.taps("图片" if language == "中文" else "Picture")

    picture = Image.open(BytesIO(photo(student)))
    assert picture.width == 1080
    assert 1.2 < picture.height / picture.width < 3.0
    assert "2027" in student.hears


async def test_the_file_has_each_announced_step_once(student: Person) -> None:
    await student.types("/calendar")
    await student.taps("日历文件")

    found = events(document(student))
    assert set(found) == {
        "2027-pre_registration@linghang",
        "2027-registration@linghang",
        EXAM,
    }
    exam = found[EXAM]
    assert exam.start == date(2026, 12, 19)
    assert exam["DTEND"].dt == date(2026, 12, 21)  # exclusive
    assert exam["SEQUENCE"] > 0
    assert "2027" in str(exam["DESCRIPTION"])
    (alarm,) = exam.walk("VALARM")
    assert alarm["TRIGGER"].dt == -timedelta(hours=15)
    assert "3" in student.hears


async def test_hours_are_hours_of_china(student: Person) -> None:
    await student.types("/calendar")
    await student.taps("日历文件")

    data = document(student)
    opens = events(data)["2027-registration@linghang"]["DTSTART"]
    assert opens.params["TZID"] == "Asia/Shanghai"
    assert opens.dt == datetime(2026, 10, 15, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert b"BEGIN:VTIMEZONE" in data


async def test_an_intake_without_dates_has_no_file(student: Person) -> None:
    await student.types("/calendar")
    await student.taps("28 届")
    await student.taps("日历文件")

    assert "还没有公布任何日期" in student.hears


async def test_a_picture_is_drawn_once_a_day(stage: Stage, student: Person) -> None:
    await student.types("/calendar")
    await student.taps("图片")
    first = photo(student)
    await student.taps("图片")
    assert photo(student) == first

    await stage.clock.move_to(NOW.astimezone(UTC) + timedelta(days=1))
    await student.taps("图片")
    assert photo(student) != first
