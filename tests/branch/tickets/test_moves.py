"""The table of states and moves: every move from every state, by every kind of person."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from branch.people.model import PersonId
from branch.tickets.errors import NothingToJudge, TicketOver, TicketTaken
from branch.tickets.model import (
    HELD_FOR,
    ClosedBy,
    Pseudonym,
    Rating,
    Subject,
    Ticket,
    TicketId,
    TicketState,
)

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OWN, OTHER, THIRD = PersonId(8), PersonId(9), PersonId(10)

OPEN = Ticket(
    id=TicketId(12),
    asker=PersonId(7),
    gist="保还是冲",
    asked_at=NOW,
    promised_at=NOW + timedelta(hours=24),
)
MINE = replace(OPEN, state=TicketState.CLAIMED, member=OWN, member_name="我", claimed_at=NOW)
HELD = replace(MINE, member=OTHER, member_name="张党员")
LAPSED = replace(HELD, claimed_at=LATER - HELD_FOR)
LEFT = replace(HELD, member=None, member_name=None)
ANSWERED = replace(MINE, state=TicketState.ANSWERED, answered_at=NOW)
BY_OTHER = replace(ANSWERED, member=OTHER)
CLOSED = replace(ANSWERED, state=TicketState.CLOSED, closed_at=NOW, closed_by=ClosedBy.ASKER)
UNANSWERED = replace(OPEN, state=TicketState.CLOSED, closed_at=NOW, closed_by=ClosedBy.MEMBER)
STANDINGS = {
    "open": OPEN,
    "mine": MINE,
    "held": HELD,
    "lapsed": LAPSED,
    "left": LEFT,
    "answered": ANSWERED,
    "by_other": BY_OTHER,
    "closed": CLOSED,
    "unanswered": UNANSWERED,
}

Move = Callable[[Ticket], Ticket]
MOVES: dict[str, Move] = {
    "take": lambda ticket: ticket.claimed_by(OWN, now=LATER),
    "put_back": lambda ticket: ticket.put_back_by(OWN),
    "release": lambda ticket: ticket.released(),
    "transfer": lambda ticket: ticket.transferred_by(OWN, THIRD, now=LATER),
    "answer": lambda ticket: ticket.answered_by(OWN, now=LATER),
    "snooze": lambda ticket: ticket.snoozed_by(OWN, until=LATER + HELD_FOR, now=LATER),
    "add": lambda ticket: ticket.added_to(now=LATER, promised_at=LATER + HELD_FOR),
    "reopen": lambda ticket: ticket.reopened(now=LATER, promised_at=LATER + HELD_FOR),
    "reopen_by": lambda ticket: ticket.reopened(now=LATER, promised_at=LATER + HELD_FOR, by=OWN),
    "close": lambda ticket: ticket.closed(ClosedBy.MEMBER, now=LATER),
    "rate": lambda ticket: ticket.rated(5, "清楚", now=LATER),
}

# a state and in whose hands; "=": as it was; otherwise what is raised
EXPECTED = {
    "open": {
        "take": ("claimed", OWN),
        "put_back": "=",
        "release": "=",
        "transfer": ("claimed", THIRD),
        "answer": ("answered", OWN),
        "snooze": ("open", None),
        "add": "=",
        "reopen": "=",
        "reopen_by": "=",
        "close": ("closed", None),
        "rate": NothingToJudge,
    },
    "mine": {
        "take": "=",
        "put_back": ("open", None),
        "release": ("open", None),
        "transfer": ("claimed", THIRD),
        "answer": ("answered", OWN),
        "snooze": ("claimed", OWN),
        "add": "=",
        "reopen": "=",
        "reopen_by": "=",
        "close": ("closed", OWN),
        "rate": NothingToJudge,
    },
    "held": {
        "take": TicketTaken,
        "put_back": "=",
        "release": ("open", None),
        "transfer": TicketTaken,
        "answer": TicketTaken,
        "snooze": TicketTaken,
        "add": "=",
        "reopen": "=",
        "reopen_by": "=",
        "close": ("closed", OTHER),
        "rate": NothingToJudge,
    },
    "lapsed": {
        "take": ("claimed", OWN),
        "put_back": "=",
        "release": ("open", None),
        "transfer": ("claimed", THIRD),
        "answer": ("answered", OWN),
        "snooze": ("claimed", OTHER),
        "add": "=",
        "reopen": "=",
        "reopen_by": "=",
        "close": ("closed", OTHER),
        "rate": NothingToJudge,
    },
    "left": {
        "take": ("claimed", OWN),
        "put_back": "=",
        "release": ("open", None),
        "transfer": ("claimed", THIRD),
        "answer": ("answered", OWN),
        "snooze": ("claimed", None),
        "add": "=",
        "reopen": "=",
        "reopen_by": "=",
        "close": ("closed", None),
        "rate": NothingToJudge,
    },
    "answered": {
        "take": TicketOver,
        "put_back": "=",
        "release": "=",
        "transfer": TicketOver,
        "answer": ("answered", OWN),
        "snooze": TicketOver,
        "add": ("claimed", OWN),
        "reopen": ("claimed", OWN),
        "reopen_by": ("claimed", OWN),
        "close": ("closed", OWN),
        "rate": ("closed", OWN),
    },
    "by_other": {
        "take": TicketOver,
        "put_back": "=",
        "release": "=",
        "transfer": TicketOver,
        "answer": TicketOver,
        "snooze": TicketOver,
        "add": ("claimed", OTHER),
        "reopen": ("claimed", OTHER),
        "reopen_by": ("claimed", OWN),
        "close": ("closed", OTHER),
        "rate": ("closed", OTHER),
    },
    "closed": {
        "take": TicketOver,
        "put_back": "=",
        "release": "=",
        "transfer": TicketOver,
        "answer": TicketOver,
        "snooze": TicketOver,
        "add": ("claimed", OWN),
        "reopen": ("claimed", OWN),
        "reopen_by": ("claimed", OWN),
        "close": "=",
        "rate": ("closed", OWN),
    },
    "unanswered": {
        "take": TicketOver,
        "put_back": "=",
        "release": "=",
        "transfer": TicketOver,
        "answer": TicketOver,
        "snooze": TicketOver,
        "add": ("open", None),
        "reopen": ("open", None),
        "reopen_by": ("claimed", OWN),
        "close": "=",
        "rate": NothingToJudge,
    },
}


WORDS = {OWN: "theirs", OTHER: "another's", THIRD: "the third's", None: "nobody's"}


def table() -> str:
    """The moves from each standing, as docs/tickets.md shows them."""
    rows = [f"| | {' | '.join(MOVES)} |", "|---" * (len(MOVES) + 1) + "|"]
    for standing, moves in EXPECTED.items():
        cells = [_cell(moves[move]) for move in MOVES]
        rows.append(f"| **{standing}** | {' | '.join(cells)} |")
    return "\n".join(rows)


def _cell(expected: object) -> str:
    if isinstance(expected, type):
        return f"*{expected.__name__}*"
    if isinstance(expected, tuple):
        state, member = expected
        return f"{state}, {WORDS[member]}"
    return "·"


def test_the_table_in_the_docs_is_this_one() -> None:
    assert table() in Path("docs/tickets.md").read_text(encoding="utf-8")


def test_the_table_is_complete() -> None:
    assert set(EXPECTED) == set(STANDINGS)
    assert {frozenset(row) for row in EXPECTED.values()} == {frozenset(MOVES)}
    assert {each.state for each in STANDINGS.values()} == set(TicketState)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("standing", STANDINGS)
def test_move(standing: str, move: str) -> None:
    before, expected = STANDINGS[standing], EXPECTED[standing][move]
    if isinstance(expected, type):
        with pytest.raises(expected):
            MOVES[move](before)
        return
    after = MOVES[move](before)
    if expected == "=":
        assert after is before
    else:
        assert (after.state, after.member) == expected
        assert after != before
    # whatever moves, these stay
    kept = ("id", "asker", "pseudonym", "gist", "asked_at", "version")
    assert all(getattr(after, name) == getattr(before, name) for name in kept)


@pytest.mark.parametrize("move", ["take", "transfer", "answer", "close"])
def test_what_is_done_with_sleeps_no_more(move: str) -> None:
    snoozed = replace(MINE, snoozed_until=LATER + HELD_FOR, member=None, claimed_at=None)
    assert MOVES[move](snoozed).snoozed_until is None


def test_who_asks_wakes_it() -> None:
    snoozed = replace(MINE, snoozed_until=LATER + HELD_FOR)
    assert snoozed.sleeps(LATER)
    assert not MOVES["add"](snoozed).sleeps(LATER)
    assert not snoozed.sleeps(LATER + HELD_FOR)


def test_it_is_overdue_after_its_promise_while_it_waits_and_is_awake() -> None:
    late = OPEN.promised_at + timedelta(seconds=1)
    assert OPEN.overdue(late)
    assert not OPEN.overdue(OPEN.promised_at)
    assert not ANSWERED.overdue(late)
    assert not replace(OPEN, snoozed_until=late + HELD_FOR).overdue(late)


def test_reopened_it_has_a_promise_of_its_own() -> None:
    again = MOVES["reopen"](CLOSED)
    assert again.promised_at == LATER + HELD_FOR
    assert (again.closed_at, again.closed_by, again.claimed_at) == (None, None, LATER)


def test_the_last_judgement_counts_and_the_same_twice_is_one() -> None:
    once = ANSWERED.rated(4, None, now=NOW)
    assert once.rated(4, None, now=LATER) is once
    assert once.rated(2, "没说到点上", now=LATER).rating == Rating(2, "没说到点上", LATER)
    assert once.closed_by is ClosedBy.ASKER
    # judged after it went silent, it stays closed as it was
    silent = ANSWERED.closed(ClosedBy.SILENCE, now=NOW)
    assert silent.rated(5, None, now=LATER).closed_by is ClosedBy.SILENCE


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_stars_are_one_to_five(stars: int) -> None:
    with pytest.raises(ValueError, match=str(stars)):
        ANSWERED.rated(stars, None, now=NOW)


def test_marks_change_what_differs() -> None:
    marked = OPEN.marked(urgent=True, tags=("材料", "调剂"), subject=Subject.ADJUSTMENT)
    assert (marked.urgent, marked.tags, marked.subject) == (
        True,
        ("材料", "调剂"),
        Subject.ADJUSTMENT,
    )
    assert marked.marked(urgent=True) is marked
    assert not marked.marked(tags=()).tags


def test_a_pseudonym_makes_it_anonymous() -> None:
    assert replace(OPEN, asker=None, pseudonym=Pseudonym(3)).anonymous
    assert not OPEN.anonymous
