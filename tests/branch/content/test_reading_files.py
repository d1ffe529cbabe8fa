"""Broken content gives faults with lines and advice, never a traceback."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch.content.faults import ContentBroken, Faults
from branch.content.files import LARGEST, files_in, text_in
from branch.content.front_matter import document_in
from branch.content.provenance import Reliability, source_in
from branch.content.tables import Table, lists_in, table_in, tables_in
from branch.content.yaml_tree import tree_of


def written(folder: Path, text: str | bytes, name: str = "file.yaml") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def told(faults: Faults) -> list[tuple[int, str]]:
    return [(fault.line, fault.reason) for fault in faults.noted]


def table_of(folder: Path, text: str, faults: Faults) -> Table:
    table = table_in(written(folder, text), faults)
    assert table is not None
    return table


def test_all_faults_are_told_at_once_one_a_line(tmp_path: Path) -> None:
    faults = Faults()
    faults.note(tmp_path / "b.yaml", 2, "second")
    faults.note(tmp_path / "a.yaml", 7, "first")
    faults.note(tmp_path / "a.yaml", 7, "first")

    with pytest.raises(ContentBroken) as broken:
        faults.raise_if_any()

    assert str(broken.value) == f"{tmp_path}/a.yaml:7: first\n{tmp_path}/b.yaml:2: second"
    assert len(broken.value.faults) == 2


def test_no_faults_raise_nothing() -> None:
    Faults().raise_if_any()


def test_wrong_bytes_are_told_with_their_line(tmp_path: Path) -> None:
    faults = Faults()

    assert text_in(written(tmp_path, b"a: 1\nb: \xff\n"), faults) is None
    assert told(faults) == [(2, "this is not UTF-8; save the file with the encoding UTF-8")]


def test_a_byte_order_mark_and_foreign_line_ends_are_no_fault(tmp_path: Path) -> None:
    faults = Faults()

    assert text_in(written(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: 2\r"), faults) == "a: 1\nb: 2\n"
    assert told(faults) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 1\nb:\t2\n", (2, "there is a tab; use spaces")),
        ("a: 1\x07\n", (1, "there is an invisible control character; delete it")),
        (" \n\n", (1, "the file is empty; write its content or delete it")),
        ("x" * (LARGEST + 1), (1, f"the file has {LARGEST + 1} bytes; at most {LARGEST} are read")),
    ],
)
def test_unusable_text_is_told(tmp_path: Path, text: str, fault: tuple[int, str]) -> None:
    faults = Faults()

    assert text_in(written(tmp_path, text), faults) is None
    assert told(faults) == [fault]


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    faults = Faults()
    (tmp_path / "topics.yaml").mkdir()

    assert text_in(tmp_path / "topics.yaml", faults) is None
    assert told(faults) == [(1, "this is a folder; a file is expected here")]


def test_a_missing_file_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    faults = Faults()

    assert text_in(tmp_path / "none.yaml", faults) is None
    assert files_in(tmp_path / "nowhere", "*.yaml", faults) == []
    assert told(faults) == [
        (1, "the file cannot be read: No such file or directory"),
        (1, "there is no file *.yaml here"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: [1, 2\nb: 3\n", 2, "this is not YAML"),
        ("a: 1\n b: 2\n", 2, "this is not YAML"),
        ("a: &x 1\nb: *x\n", 1, "anchors"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("# only this\n", 1, "nothing here but comments"),
        ("- " * 100_000, 1, "nested more than"),
        ("[" * 100_000 + "]" * 100_000, 1, "nested more than"),
        ('a: "\\0"\n', 1, "cannot be shown"),
        ('a: "\\ud800"\n', 1, ""),
        ('a: "\\U00110000"\n', 1, ""),
    ],
)
def test_broken_yaml_is_told_with_its_line(text: str, line: int, words: str) -> None:
    faults = Faults()

    assert tree_of(text, Path("f.yaml"), faults) is None
    assert [fault.line for fault in faults.noted] == [line]
    assert words in faults.noted[0].reason


@given(st.text(max_size=200))
def test_any_text_as_yaml_is_a_tree_or_a_fault_within_the_file(text: str) -> None:
    faults = Faults()

    tree = tree_of(text, Path("f.yaml"), faults)

    assert (tree is None) == bool(faults.noted)
    assert all(1 <= fault.line <= text.count("\n") + 2 for fault in faults.noted)


@given(st.binary(max_size=200))
def test_any_bytes_in_any_reader_give_faults_and_no_traceback(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    file = written(tmp_path_factory.mktemp("any"), raw)
    faults = Faults()

    table_in(file, faults)
    tables_in(file, faults)
    lists_in(file, faults)
    document_in(file, faults)

    assert faults.noted
    assert all(fault.file == file and fault.line >= 1 for fault in faults.noted)


def test_values_are_typed_and_wrong_ones_told_with_line_and_advice(tmp_path: Path) -> None:
    faults = Faults()
    text = "grade: D\nday: 2026-13-01\nname:\nflag: perhaps\nlist: word\ninner: word\n"
    table = table_of(tmp_path, text, faults)

    table.one_of("grade", Reliability)
    table.day("day")
    table.text("name")
    table.flag("flag", otherwise=True)
    table.texts("list")
    table.table("inner")
    table.text("absent")

    assert told(faults) == [
        (1, "`absent` is missing; write a text"),
        (1, "`grade` must be A, B, C or K, not 'D'"),
        (2, "`day` must be a date like 2026-11-22, not '2026-13-01'"),
        (3, "`name` is missing; write a text"),
        (4, "`flag` must be true or false, not 'perhaps'"),
        (5, "`list` must be a list, one `- …` a line"),
        (6, "`inner` must be a mapping like {name: …, url: …}"),
    ]


def test_good_values_are_given_as_they_stand(tmp_path: Path) -> None:
    faults = Faults()
    table = table_of(tmp_path, "day: 2026-11-22\nno: no\nwords: [a, yes]\none: x\n", faults)

    assert table.day("day") == date(2026, 11, 22)
    assert table.flag("no", otherwise=True) is False
    assert table.texts("words") == ("a", "yes")
    assert table.texts_or_text("words") == ("a", "yes")
    assert table.texts_or_text("one") == ("x",)
    assert table.text_if_any("absent") is None
    table.done()
    assert told(faults) == []


def test_unknown_and_doubled_keys_are_told_with_the_nearest_known(tmp_path: Path) -> None:
    faults = Faults()
    table = table_of(tmp_path, "relibility: A\nname: x\nname: y\nzzz: 1\n", faults)

    table.text("name")
    table.has("reliability")
    table.done()

    assert told(faults) == [
        (1, "`relibility` is not known here; is `reliability` meant?"),
        (3, "`name` stands here twice; keep one"),
        (4, "`zzz` is not known here; delete it"),
    ]


def test_lists_tell_what_is_missing_doubled_and_no_text(tmp_path: Path) -> None:
    faults = Faults()
    table = table_of(tmp_path, "words:\n  - a\n  - a\n  - [b]\n  - ''\n", faults)

    assert table.texts("words", at_least=3) == ("a", "a")
    assert told(faults) == [
        (1, "`words` has 'a' twice; keep one"),
        (1, "`words` has 2; write at least 3"),
        (4, "this item must be a text; put it in quotes"),
        (5, "this item must be a text; put it in quotes"),
    ]


def test_a_list_where_a_mapping_is_wanted_and_the_other_way_round(tmp_path: Path) -> None:
    faults = Faults()

    assert table_in(written(tmp_path, "- a\n", "list.yaml"), faults) is None
    assert tables_in(written(tmp_path, "a: b\n", "map.yaml"), faults) == []
    assert lists_in(written(tmp_path, "- a\n", "plain.yaml"), faults) == []
    assert told(faults) == [
        (1, "the file must be a mapping, lines of `key: value`"),
        (1, "this must be a list, every item beginning with `- `"),
        (1, "this must be a list: [first, second]"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("question: x\n", (1, "front matter is missing; the first line must be `---`")),
        ("---\na: b\n", (3, "the front matter does not end; close it with `---`")),
        ("---\n- a\n---\nx\n", (2, "the front matter must be lines of `key: value`")),
    ],
)
def test_front_matter_that_is_none_is_told(
    tmp_path: Path, text: str, fault: tuple[int, str]
) -> None:
    faults = Faults()

    assert document_in(written(tmp_path, text, "x.md"), faults) is None
    assert told(faults) == [fault]


def test_lines_of_front_matter_and_body_are_those_of_the_file(tmp_path: Path) -> None:
    faults = Faults()

    document = document_in(written(tmp_path, "---\na: 1\nb: 2\n---\nbody\n", "x.md"), faults)

    assert document is not None
    assert (document.front.line_of("b"), document.body_line, document.body) == (3, 5, "body\n")


def test_a_source_needs_its_page_and_a_real_address(tmp_path: Path) -> None:
    faults = Faults()
    bare = table_of(tmp_path, "source: {name: n}\n", faults)
    wrong = table_of(tmp_path, "source: {name: n, url: ftp://x}\n", faults)

    source_in(bare, needs_url=True)
    source_in(wrong, needs_url=False)

    assert told(faults) == [
        (1, "`url` is missing; reliability A and B need the page it was seen on"),
        (1, "`url` must begin with https:// or http://, not 'ftp://x'"),
    ]
