"""Every move of a paper from every state, by the table; and histories played by chance."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from branch.papers.counting import words_in, words_in_docx
from branch.papers.errors import PaperFixed, WrongKind
from branch.papers.file_kinds import begins_as, kind_of
from branch.papers.model import (
    Call,
    CallId,
    CallPlan,
    CallState,
    FileKind,
    Paper,
    PaperField,
    Submission,
    SubmissionId,
    lacking,
    receipt_of,
)
from branch.papers.moves import HANDED_IN, MOVES, SETTLED, Move, State, moved
from branch.people.model import PersonId

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
REFUSED = ""
TABLE = {
    # write, submit, start_review, accept, decline, revise, publish, withdraw, take_up
    State.DRAFT: ("draft", "submitted", "", "", "", "", "", "withdrawn", ""),
    State.SUBMITTED: ("submitted", "", "under_review", "", "", "", "", "withdrawn", ""),
    State.UNDER_REVIEW: ("", "", "", "accepted", "declined", "to_revise", "", "withdrawn", ""),
    State.TO_REVISE: (
        "to_revise",
        "under_review",
        "",
        "accepted",
        "declined",
        "to_revise",
        "",
        "withdrawn",
        "",
    ),
    State.ACCEPTED: ("", "", "", "", "", "", "published", "withdrawn", ""),
    State.DECLINED: ("",) * 9,
    State.PUBLISHED: ("",) * 9,
    State.WITHDRAWN: ("", "", "", "", "", "", "", "", "draft"),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_every_move_from_every_state(state: State, move: Move) -> None:
    expected = TABLE[state][list(Move).index(move)]
    if expected == REFUSED:
        with pytest.raises(PaperFixed):
            moved(state, move)
    else:
        assert moved(state, move) == expected


def test_the_table_of_the_papers_is_this_one() -> None:
    paper = Path(__file__).parents[3] / "docs" / "papers.md"
    text = paper.read_text(encoding="utf-8")
    for state, cells in TABLE.items():
        row = " | ".join([f"**{state}**", *(cell or "·" for cell in cells)])
        assert f"| {row} |" in text, state


def test_what_is_settled_never_comes_back_to_the_reviewers() -> None:
    for state in SETTLED:
        assert State.UNDER_REVIEW not in MOVES[state].values()
        assert Move.WRITE not in MOVES[state]
    assert set(HANDED_IN) == set(State) - {State.DRAFT, State.WITHDRAWN}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(list(Move))), max_size=60))
def test_receipts_are_unique_and_never_change_and_versions_only_grow(
    history: list[tuple[int, Move]],
) -> None:
    """Four papers in one year, moved about at random as the services move them."""
    papers = [
        Submission(
            id=SubmissionId(number),
            call=CallId(1),
            author=PersonId(number),
            paper=Paper(),
            state=State.DRAFT,
        )
        for number in range(4)
    ]
    given_out, files = 0, [0] * 4
    for who, move in history:
        before = papers[who]
        try:
            after = replace(before, state=moved(before.state, move), version=before.version + 1)
        except PaperFixed:
            continue
        if move is Move.SUBMIT and after.receipt is None:
            given_out += 1
            after = replace(after, receipt=receipt_of(2026, given_out))
        files[who] += move is Move.WRITE
        papers[who] = after

        assert before.receipt in (None, after.receipt)
        assert after.version > before.version
        receipts = [each.receipt for each in papers if each.receipt]
        assert len(set(receipts)) == len(receipts) == given_out
        for each in papers:
            assert each.receipt is not None or each.state in (State.DRAFT, State.WITHDRAWN)


def a_call(code: str | None = None, state: CallState = CallState.OPEN) -> Call:
    return Call(
        id=CallId(1),
        plan=CallPlan(theme="一", deadline=NOW, late_code=code),
        state=state,
        author=None,
        created_at=NOW - timedelta(days=9),
        review_from=None,
        version=0,
    )


@pytest.mark.parametrize(
    ("seconds", "in_time"), [(-1, True), (0, True), (59, True), (59.999, True), (60, False)]
)
def test_the_whole_minute_of_the_deadline_counts(seconds: float, *, in_time: bool) -> None:
    assert a_call().takes(NOW + timedelta(seconds=seconds)) is in_time


def test_the_late_code_opens_three_days_more() -> None:
    call, ends = a_call("夏天2026"), NOW + timedelta(minutes=1)

    assert not call.takes_late(ends - timedelta(seconds=1))
    assert call.takes_late(ends)
    assert call.takes_late(ends + timedelta(days=3, seconds=-1))
    assert not call.takes_late(ends + timedelta(days=3))
    assert not a_call().takes_late(ends)
    assert not a_call("夏天2026", CallState.CLOSED).takes_late(ends)
    assert not a_call(state=CallState.CLOSED).takes(NOW - timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("党建领航", 4),
        ("党建，领航。", 4),
        ("PyTorch 在材料中的应用 2026", 9),
        ("state-of-the-art isn't two", 3),
        ("\U00020000\u3400", 2),
    ],
)
def test_words_are_counted_as_editors_count(text: str, count: int) -> None:
    assert words_in(text) == count


def test_what_is_no_document_is_not_counted() -> None:
    assert words_in_docx(b"PK\x03\x04 but no more") is None
    assert words_in_docx(b"nothing") is None


@pytest.mark.parametrize(
    ("name", "mime", "kind"),
    [
        ("论文.PDF", "application/pdf", FileKind.PDF),
        ("a.b.pdf", None, FileKind.PDF),
        ("a.docx", "application/octet-stream", FileKind.DOCX),
        ("a.pdf", "image/png", None),
        ("a.exe", "application/pdf", None),
        ("pdf", "application/pdf", None),
        (".pdf", "application/pdf", None),
        ("a.zip", "application/zip", None),
        ("", None, None),
    ],
)
def test_kinds_go_by_name_and_by_what_telegram_says(
    name: str, mime: str | None, kind: FileKind | None
) -> None:
    allowed = (FileKind.PDF, FileKind.DOCX)
    if kind is None:
        with pytest.raises(WrongKind):
            kind_of(name, mime, allowed)
    else:
        assert kind_of(name, mime, allowed) is kind


def test_what_begins_otherwise_is_not_what_it_says() -> None:
    assert begins_as(FileKind.PDF, b"\xef\xbb\xbf%PDF-1.7")
    assert not begins_as(FileKind.PDF, b"MZ\x90")
    assert begins_as(FileKind.DOCX, b"PK\x03\x04")
    assert not begins_as(FileKind.DOC, b"PK\x03\x04")
    assert begins_as(FileKind.TXT, "字".encode())
    assert not begins_as(FileKind.MD, b"MZ\x90\0")


def test_what_is_lacking_is_named_in_order() -> None:
    at = datetime(2026, 12, 10, 15, 59, tzinfo=UTC)
    plan = CallPlan(theme="一", deadline=at, own=("党小组",))
    usual = replace(plan, own=())

    assert lacking(Paper(), 0, usual) == [
        PaperField.TITLE,
        PaperField.ABSTRACT,
        PaperField.FILE,
    ]
    assert lacking(Paper(title="一", abstract="二"), 1, usual) == []
    assert lacking(Paper(title="一", abstract="二"), 1, plan) == [PaperField.OWN_FIRST]
    assert lacking(Paper(title="一", abstract="二", own1="三"), 1, plan) == []
