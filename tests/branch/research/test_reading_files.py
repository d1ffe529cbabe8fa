"""Files of achievements: bibliographies and workbooks, whole, faulty, and of the wrong kind."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.research import spellings
from branch.research.achievement import Kind, Level
from branch.research.bibtex import read_bibtex
from branch.research.errors import FileUnusable
from branch.research.found_claims import MOST_ROWS, ReadFile
from branch.research.workbook import read_workbook

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
KNOWN = spellings()
HEADING = ["类别", "题目", "作者", "期刊", "年份", "级别", "DOI", "编号"]
PAPER = ["论文", "高熵合金的塑性", "张三、李四", "金属学报", 2024, "EI", "", ""]


def bib(text: str | bytes) -> ReadFile:
    raw = text if isinstance(text, bytes) else text.encode()
    return read_bibtex(raw, KNOWN, paper_level=Level.CORE, now=NOW)


def packed(*rows: list[Any], heading: list[str] | None = None) -> bytes:
    book = Workbook()
    for row in [heading or HEADING, *rows]:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def table(*rows: list[Any], heading: list[str] | None = None) -> ReadFile:
    return read_workbook(packed(*rows, heading=heading), KNOWN, paper_level=Level.CORE, now=NOW)


def test_a_bibliography_is_read_with_its_accents() -> None:
    found = bib(
        r"""
        @string{am = "Acta Materialia"}
        @article{a, title={The {T}i-6Al-4V study of {\"u}ber \& 50\% phase}, journal=am,
          author={M{\"u}ller, J{\"o}rg and 张, 伟 and Li Na}, year=2020, doi={https://doi.org/10.1016/X}}
        @InProceedings{b, title={B}, author={A B}, booktitle={Proc.}, year={2021}, level={SCI}}
        @patent{c, title={一种合金}, author={张三}, holder={国家知识产权局}, year={2022},
          number={CN1}, type={发明专利}}
        """
    )
    assert found.faults == []
    one, two, three = (each.claim for each in found.claims)
    assert one.title == "The Ti-6Al-4V study of über & 50% phase"
    assert one.authors == ("Jörg Müller", "张伟", "Li Na")
    assert (one.venue, one.year, one.doi) == ("Acta Materialia", 2020, "10.1016/x")
    assert (one.level, two.level, two.kind) == (Level.CORE, Level.SCI, Kind.PAPER)
    assert (three.kind, three.level, three.number) == (Kind.PATENT, Level.INVENTION, "CN1")
    assert found.unlevelled == 1


def test_what_is_wrong_in_a_bibliography_is_told_with_its_place_and_the_rest_is_read() -> None:
    found = bib(
        """@article{good, title={A}, author={B}, journal={C}, year={2020}}
@misc{m, title={x}}
@article{good, title={D}, author={B}, journal={C}, year={2020}}
@article{noyear, title={E}, author={B}, journal={C}, year={soon}}
@article{broken, title={oops, year=2020
@article{nobody, title={F}, journal={C}, year={2020}}
@article{doi, title={G}, author={B}, journal={C}, year={2020}, doi={10.1/x}}
"""
    )
    assert [each.claim.title for each in found.claims] == ["A", "D"]
    assert [(each.place.row, each.field, each.why) for each in found.faults] == [
        (2, "kind", "entry_type"),
        (4, "year", "range"),
        (5, "entry", "syntax"),
        (6, "authors", "empty"),
        (7, "doi", "registrant"),
    ]
    assert found.faults[1].place.name == "noyear"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_bibliography_is_read_however_it_was_saved(encoding: str) -> None:
    text = "@article{a, title={高熵合金}, author={张三 and 李四}, journal={金属学报}, year={2020}}"

    assert bib(text.encode(encoding)).claims[0].claim.authors == ("张三", "李四")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"hello", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "kind"),
        (b"@article{" * (21 * MOST_ROWS), "rows"),
        (
            b"".join(b"@article{k%d, title={T}}\n" % number for number in range(MOST_ROWS + 1)),
            "rows",
        ),
    ],
)
def test_what_is_no_bibliography_is_told(raw: bytes, why: str) -> None:
    with pytest.raises(FileUnusable) as refused:
        bib(raw)

    assert refused.value.why == why


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='@article{}=,"\\ \n高a1#', max_size=80))
def test_any_text_is_read_or_told(text: str) -> None:
    try:
        found = bib(text)
    except FileUnusable:
        return

    assert found.claims or found.faults


def test_a_workbook_is_read_in_any_order_and_either_language() -> None:
    found = table(
        ["SCI", "Zhang San and Li Si", 2023.0, "Paper", "Titled so", "Nature", "10.1038/X", "me"],
        [None, "张三", date(2022, 5, 1), "专利", "一种合金", "国知局", None, None],
        heading=["Level", "Authors", "Year", "Kind", "Title", "Journal", "DOI", "Remarks"],
    )
    one, two = (each.claim for each in found.claims)
    assert (one.kind, one.level, one.year, one.doi) == (Kind.PAPER, Level.SCI, 2023, "10.1038/x")
    assert one.authors == ("Zhang San", "Li Si")
    assert (two.kind, two.level, two.year) == (Kind.PATENT, Level.OTHER, 2022)
    assert found.unknown_columns == ["Remarks"]
    assert found.faults == []


def test_what_is_wrong_in_a_workbook_is_told_with_its_row() -> None:
    found = table(
        PAPER,
        [],
        ["小说", *PAPER[1:]],
        [None, *PAPER[1:]],
        [*PAPER[:1], None, *PAPER[2:]],
        [*PAPER[:4], "去年", *PAPER[5:]],
        [*PAPER[:5], "发明", *PAPER[6:]],
        [*PAPER[:5], "头等", *PAPER[6:]],
        [*PAPER[:6], "没有", ""],
    )
    assert len(found.claims) == 1
    assert [(each.place.row, each.field, each.why) for each in found.faults] == [
        (4, "kind", "unknown"),
        (5, "kind", "empty"),
        (6, "title", "empty"),
        (7, "year", "range"),
        (8, "level", "unknown"),
        (9, "level", "unknown"),
        (10, "doi", "none"),
    ]


def test_a_title_above_the_heading_and_other_sheets_are_no_trouble() -> None:
    book = Workbook()
    book.active.append(["说明"])
    sheet = book.create_sheet("成果")
    for row in (["材料学院党支部科研成果"], [], HEADING, PAPER):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    found = read_workbook(out.getvalue(), KNOWN, paper_level=Level.CORE, now=NOW)

    assert [each.claim.title for each in found.claims] == ["高熵合金的塑性"]
    assert found.claims[0].place.row == 4


def _bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packing:
        packing.writestr("xl/workbook.xml", "<a/>")
        packing.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


def _document() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packing:
        packing.writestr("word/document.xml", "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"PK\x03\x04 and then nothing", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (_bomb(), "unpacks"),
        (_document(), "kind"),
        (packed(heading=["A", "B"]), "columns"),
        (packed(heading=["类别", "题目"]), "columns"),
        (packed(*[PAPER] * (MOST_ROWS + 1)), "rows"),
        (packed(PAPER)[:-300], "broken"),
    ],
    ids=["zip", "xls", "bomb", "docx", "nothing known", "too few", "too many", "cut off"],
)
def test_what_is_no_usable_workbook_is_told(raw: bytes, why: str) -> None:
    with pytest.raises(FileUnusable) as refused:
        read_workbook(raw, KNOWN, paper_level=Level.CORE, now=NOW)

    assert refused.value.why == why


WHOLE = packed(PAPER)
DAMAGES = st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(DAMAGES)
def test_a_damaged_workbook_is_read_or_told(damages: list[tuple[int, int]]) -> None:
    raw = bytearray(WHOLE)
    for place, byte in damages:
        raw[place % len(raw)] = byte
    try:
        found = read_workbook(bytes(raw), KNOWN, paper_level=Level.CORE, now=NOW)
    except FileUnusable:
        return

    assert len(found.claims) + len(found.faults) <= 1
