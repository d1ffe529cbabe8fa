"""Rosters are read however they were saved, and what cannot be used is told row by row."""

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from branch.content.spreadsheets import NotATable
from branch.content.workbooks import LARGEST, TooLarge
from branch.outcomes.errors import ColumnsMissing
from branch.outcomes.numbers import student_key
from branch.outcomes.roster_reading import (
    MOST_ROWS,
    Column,
    Fault,
    FaultKind,
    known_year,
    read_roster,
)

SECRET = b"s" * 32
ROWS = (
    ("班级", "学号", "宿舍", "姓名", "届"),
    ("材料2101", "2021110101", "7-301", "张三", "2025届"),
    ("材料2102", "2021110102", "", "李四", "25"),
)


def book(*rows: tuple[Any, ...]) -> bytes:
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def text(*rows: tuple[Any, ...]) -> str:
    return "\r\n".join(",".join(map(str, row)) for row in rows)


@pytest.mark.parametrize(
    "raw",
    [
        book(*ROWS),
        text(*ROWS).encode(),
        text(*ROWS).encode("utf-8-sig"),
        text(*ROWS).encode("gb18030"),
    ],
    ids=["xlsx", "utf-8", "with a mark", "gb18030"],
)
def test_a_roster_is_the_same_however_it_was_saved(raw: bytes) -> None:
    found = read_roster(raw, secret=SECRET)

    assert [(line.cohort, line.class_name, line.name) for line in found.lines] == [
        (2025, "材料2101", "张三"),
        (2025, "材料2102", "李四"),
    ]
    assert found.lines[0].key == student_key("2021110101", SECRET)
    assert (list(found.faults), list(found.unknown)) == ([], ["宿舍"])


def test_english_headers_numbers_as_numbers_and_a_title_above() -> None:
    raw = book(
        ("Roster of the department",),
        ("Student Number", "Class"),
        (2021110101, "M1"),
        (2021110102.0, None),
    )
    found = read_roster(raw, secret=SECRET, cohort=2025)

    assert [line.key for line in found.lines] == [
        student_key(number, SECRET) for number in ("2021110101", "2021110102")
    ]
    assert [line.class_name for line in found.lines] == ["M1", None]
    assert [line.cohort for line in found.lines] == [2025, 2025]


def test_what_cannot_be_used_is_told_by_its_row() -> None:
    raw = text(
        ("学号", "届", "班级", "姓名"),
        ("", "2025", "", "张三"),
        ("无", "2025", "", ""),
        ("2021110101", "", "", ""),
        ("2021110102", "明年", "", ""),
        ("2021110103", "2025", "长" * 21, ""),
        ("2021110104", "2025", "", "长" * 61),
        ("2021110105", "2025", "", ""),
        ("2021-110105", "2025", "", ""),
    ).encode()
    found = read_roster(raw, secret=SECRET)

    assert found.faults == [
        Fault(2, FaultKind.NUMBER_MISSING),
        Fault(3, FaultKind.NUMBER_UNCLEAR, "无"),
        Fault(4, FaultKind.COHORT_MISSING),
        Fault(5, FaultKind.COHORT_UNCLEAR, "明年"),
        Fault(6, FaultKind.CLASS_LONG, "长" * 21),
        Fault(7, FaultKind.NAME_LONG, "长" * 24),
        Fault(9, FaultKind.DOUBLED, "8"),
    ]
    assert [line.line for line in found.lines] == [8]


@pytest.mark.parametrize(
    ("header", "cohort", "lacking"),
    [
        ("姓名,班级", 2025, (Column.NUMBER,)),
        ("学号,班级", None, (Column.COHORT,)),
        ("姓名", None, (Column.NUMBER, Column.COHORT)),
    ],
)
def test_columns_without_which_nothing_can_be_read_are_named(
    header: str, cohort: int | None, lacking: tuple[Column, ...]
) -> None:
    with pytest.raises(ColumnsMissing) as missing:
        read_roster(f"{header}\n1,2\n".encode(), secret=SECRET, cohort=cohort)

    assert missing.value.lacking == lacking


def test_too_much_is_not_read() -> None:
    header, row = "学号\n", "2021110101\n"
    with pytest.raises(TooLarge):
        read_roster((header + row * (MOST_ROWS + 1)).encode(), secret=SECRET, cohort=2025)
    with pytest.raises(TooLarge):
        read_roster(b"x" * (LARGEST + 1), secret=SECRET, cohort=2025)


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 250_000_000)
    assert len(out.getvalue()) < LARGEST

    with pytest.raises(TooLarge):
        read_roster(out.getvalue(), secret=SECRET, cohort=2025)


@pytest.mark.parametrize(
    "raw", [b"PK\x03\x04\0\0", b"\xd0\xcf\x11\xe0old", b"\x89PNG\0\0", book()[:2000]]
)
def test_what_is_no_table_is_told(raw: bytes) -> None:
    with pytest.raises(NotATable):
        read_roster(raw, secret=SECRET, cohort=2025)


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("2027", 2027),
        ("27届", 2027),
        ("２０２７ 届", 2027),
        ("1977", None),
        ("届", None),
        ("207", None),
    ],
)
def test_years_are_read_as_people_write_them(typed: str, year: int | None) -> None:
    assert known_year(typed) == year
