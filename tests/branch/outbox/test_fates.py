"""What may become of a letter: pure moves, played through by chance."""

import random
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from branch.outbox.fates import AFTER_SILENCE, MOST_DOUBTS, after_carrying, before_carrying
from branch.outbox.kinds import Lane, LetterKind, Priority
from branch.outbox.model import (
    Claim,
    Delivered,
    Fate,
    Letter,
    LetterId,
    LetterTooLong,
    NobodyThere,
    NotYet,
    Outcome,
    Refused,
    Settled,
    Unclear,
)
from branch.outbox.quiet_hours import QuietHours
from branch.people.model import PersonId, TelegramId

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
DIED = "died"
HAPPENS: list[Outcome | str] = [
    Delivered(7),
    NobodyThere(),
    Refused("Bad Request: message text is empty"),
    NotYet(timedelta(seconds=3), "asked to wait"),
    NotYet(None, "could not connect"),
    Unclear("timed out"),
    Unclear("timed out"),
    DIED,
]


def letter(kind: LetterKind, *, useful: timedelta = timedelta(hours=2)) -> Letter:
    return Letter(
        key="k", to=PersonId(1), kind=kind, body="x", due_at=NOON, useful_until=NOON + useful
    )


def claim(kind: LetterKind, **changes: object) -> Claim:
    usual = {"id": LetterId(1), "letter": letter(kind), "address": TelegramId(9), "attempt": 1}
    return Claim(**(usual | changes))  # type: ignore[arg-type]  # a test's shorthand


def play(kind: LetterKind, chance: random.Random) -> tuple[Settled, list[Outcome | str]]:
    """One letter from its first claim to its end, and what happened at each carrying."""
    now, attempt, doubts, interrupted = NOON, 1, 0, False
    happened: list[Outcome | str] = []
    while True:
        taken = claim(kind, attempt=attempt, doubts=doubts, interrupted=interrupted)
        clear = before_carrying(taken, now=now)
        if clear is not None:
            return clear, happened
        what = chance.choice(HAPPENS)
        happened.append(what)
        if isinstance(what, str):
            interrupted, now, doubts = True, now + timedelta(seconds=60), doubts + 1
        else:
            settled = after_carrying(taken, what, now=now)
            if settled.fate is not Fate.WAITING:
                return settled, happened
            assert settled.try_at is not None
            assert settled.try_at > now
            interrupted, now, doubts = False, settled.try_at, doubts + settled.doubts
        attempt += 1


@pytest.mark.parametrize("kind", LetterKind)
def test_every_history_ends_truthfully(kind: LetterKind) -> None:
    chance = random.Random(20261219)
    fates = set()
    for _ in range(3_000):
        settled, happened = play(kind, chance)
        fates.add(settled.fate)
        unclear = [what for what in happened if what == DIED or isinstance(what, Unclear)]
        last = happened[-1] if happened else None
        weights = [1 if what == DIED else AFTER_SILENCE for what in unclear]
        assert sum(weights[:-1]) < MOST_DOUBTS
        # it arrived for certain once or not at all
        assert [isinstance(what, Delivered) for what in happened].count(True) == (
            settled.fate is Fate.DELIVERED
        )
        # nobody is told twice who must not be, and nobody is called safe who may not be
        if not kind.sent_again:
            assert len(unclear) <= 1
            assert (settled.fate is Fate.UNKNOWN) == bool(unclear)
        if settled.fate is Fate.EXPIRED:
            assert unclear == []
        if settled.fate in (Fate.REFUSED, Fate.UNREACHABLE):
            assert last != DIED
    assert fates >= {Fate.DELIVERED, Fate.UNREACHABLE, Fate.REFUSED, Fate.UNKNOWN}


@pytest.mark.parametrize("kind", LetterKind)
def test_what_is_too_late_is_not_carried(kind: LetterKind) -> None:
    late = NOON + timedelta(hours=2)
    settled = before_carrying(claim(kind), now=late)

    assert settled is not None
    assert settled.fate is Fate.EXPIRED
    assert before_carrying(claim(kind), now=late - timedelta(microseconds=1)) is None


def test_pauses_grow_and_end() -> None:
    waits = [
        after_carrying(
            claim(LetterKind.TICKET_ANSWER, attempt=n), NotYet(None, "down"), now=NOON
        ).try_at
        for n in (1, 2, 3, 50)
    ]

    assert [moment and (moment - NOON).total_seconds() for moment in waits] == [2, 4, 8, 300]


@pytest.mark.parametrize(
    ("hours", "at", "quiet"),
    [
        ((time(22, 30), time(7, 30)), time(22, 29), False),
        ((time(22, 30), time(7, 30)), time(22, 30), True),
        ((time(22, 30), time(7, 30)), time(0, 0), True),
        ((time(22, 30), time(7, 30)), time(7, 30), False),
        ((time(12, 0), time(14, 0)), time(13, 0), True),
        ((time(12, 0), time(14, 0)), time(14, 0), False),
    ],
)
def test_quiet_hours_are_those_on_the_branchs_wall(
    hours: tuple[time, time], at: time, *, quiet: bool
) -> None:
    moment = datetime.combine(NOON.date(), at, SHANGHAI).astimezone(UTC)

    assert QuietHours(*hours, SHANGHAI).cover(moment) is quiet


def test_only_what_can_wait_waits_for_morning_and_nothing_prompt_stands_behind_bulk() -> None:
    held = {kind for kind in LetterKind if kind.priority.waits_for_morning}
    prompt = {kind for kind in LetterKind if kind.priority.lane is Lane.PROMPT}

    assert held == {
        LetterKind.EXAM_REMINDER,
        LetterKind.REPORT,
        LetterKind.WEEK_AHEAD,
        LetterKind.NOTICE,
        LetterKind.NOTICE_AGAIN,
        LetterKind.THEME_DAY,
        LetterKind.THEME_DAY_FEEDBACK,
        LetterKind.PAPER_REMINDER,
    }
    about_tickets = {kind for kind in LetterKind if kind.startswith("ticket_")}
    assert prompt == {
        LetterKind.ALERT,
        LetterKind.NOTICE_TASK,
        LetterKind.THEME_DAY_PLACE,
        LetterKind.THEME_DAY_TASK,
        LetterKind.RESEARCH_STATE,
        LetterKind.PAPER_STATE,
        LetterKind.OUTCOME_STATE,
        *about_tickets,
    }
    assert min(Priority) is LetterKind.ALERT.priority


def test_letter_that_fits_into_no_message_is_refused_when_it_is_written() -> None:
    with pytest.raises(LetterTooLong):
        Letter(
            key="k",
            to=PersonId(1),
            kind=LetterKind.REPORT,
            body="长" * 4097,
            due_at=NOON,
            useful_until=NOON,
        )
