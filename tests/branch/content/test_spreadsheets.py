"""What a program for tables makes of a file is understood, and nothing in ours is computed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.content.spreadsheets import NotATable, TableRow, neutral, restored, rows_in, written

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=30)


def cells(raw: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in rows_in(raw)]


@given(st.lists(st.tuples(CELLS, CELLS.filter(str.strip)), min_size=1, max_size=6))
def test_what_was_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    assert cells(written([("a,b", "x"), *rows])) == [("a,b", "x"), *rows]


@given(CELLS)
def test_no_cell_is_computed_and_each_comes_back(cell: str) -> None:
    assert neutral(cell)[:1] not in tuple("=+-@\t\uff1d\uff0b\uff0d\uff20")
    assert restored(neutral(cell)) == cell


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-列表", "@某", "\t=x", "'=x", "''@", "＝SUM(1)"])
def test_dangerous_cells_are_marked(cell: str) -> None:
    shown = written([[cell]]).decode("utf-8-sig")

    assert next(csv.reader(io.StringIO(shown)))[0] == f"'{cell}"


@pytest.mark.parametrize(
    "raw",
    [
        "问题,答案\n学费,八千\n".encode(),
        "问题,答案\r\n学费,八千\r\n".encode(),
        b"\xef\xbb\xbf" + "问题,答案\n学费,八千".encode(),
        "问题,答案\r\n学费,八千\r\n".encode("gbk"),
        "问题;答案\n学费;八千\n".encode("gb18030"),
        "问题\t答案\n学费\t八千\n".encode("utf-16"),
        '"问题","答案"\r"学费","八千"\r'.encode(),
        "\n问题,答案\n\n,\n学费,八千\n".encode(),
    ],
)
def test_however_it_was_saved(raw: bytes) -> None:
    assert cells(raw) == [("问题", "答案"), ("学费", "八千")]


def test_a_row_knows_the_line_on_which_it_begins() -> None:
    raw = b'a,b\n"one\r\ntwo",x\n\nlast,y\n'

    assert list(rows_in(raw)) == [
        TableRow(1, ("a", "b")),
        TableRow(2, ("one\ntwo", "x")),
        TableRow(5, ("last", "y")),
    ]


@pytest.mark.parametrize("raw", [b"PK\x03\x04\x00\x00\x00", b"\xff\xff\xff\x80", b"a,b\n\0,c\n"])
def test_what_is_no_table(raw: bytes) -> None:
    with pytest.raises(NotATable):
        list(rows_in(raw))


def test_a_monstrous_cell_is_refused_and_not_taken_into_memory_twice() -> None:
    with pytest.raises(NotATable):
        list(rows_in(b'a,b\n"' + b"x" * 1_000_010 + b'",y\n'))


def test_nothing_at_all() -> None:
    assert cells(b"") == []
