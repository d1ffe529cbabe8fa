"""What may be written and handed in, and when; nothing here touches a database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from branch.papers.counting import words_in
from branch.papers.errors import (
    CallClosed,
    DeadlineOver,
    SameFile,
    TooLong,
    TooManyVersions,
    WordsOff,
    WrongCode,
)
from branch.papers.model import (
    LONGEST_ABSTRACT,
    LONGEST_COAUTHORS,
    LONGEST_KEYWORDS,
    LONGEST_OWN_ANSWER,
    LONGEST_TITLE,
    MOST_VERSIONS,
    OWN_FIELDS,
    Call,
    CallState,
    NewFile,
    PaperField,
    PaperFile,
    Submission,
)
from branch.papers.moves import Move, State, moved

_LONGEST: Final = {
    PaperField.TITLE: LONGEST_TITLE,
    PaperField.COAUTHORS: LONGEST_COAUTHORS,
    PaperField.ABSTRACT: LONGEST_ABSTRACT,
    PaperField.KEYWORDS: LONGEST_KEYWORDS,
    **dict.fromkeys(OWN_FIELDS, LONGEST_OWN_ANSWER),
}


def check_length(field: PaperField, text: str) -> None:
    """Raises TooLong."""
    if len(text) > _LONGEST[field]:
        raise TooLong(_LONGEST[field])


def demand_writable(call: Call, submission: Submission | None, now: datetime) -> None:
    """Raises CallClosed, DeadlineOver, PaperFixed."""
    state = submission.state if submission else State.DRAFT
    moved(state, Move.WRITE)
    if submission is not None and state is State.TO_REVISE:
        if submission.revise_until is None or now >= submission.revise_until:
            raise DeadlineOver(submission.revise_until or now)
        return
    if call.state is CallState.CLOSED:
        raise CallClosed
    if not call.takes(now) and not (state is State.DRAFT and call.takes_late(now)):
        raise DeadlineOver(call.plan.deadline)


def demand_code(call: Call, code: str | None, now: datetime) -> None:
    """Whether it is still taken late. Raises CallClosed, DeadlineOver, WrongCode."""
    if call.state is CallState.CLOSED:
        raise CallClosed
    if not call.takes_late(now):
        raise DeadlineOver(call.plan.deadline)
    if code is None:
        raise DeadlineOver(call.plan.deadline, call.plan.late_until)
    if code.strip().casefold() != (call.plan.late_code or "").casefold():
        raise WrongCode


def check_abstract(call: Call, text: str) -> None:
    """Raises WordsOff."""
    count, plan = words_in(text), call.plan
    if not max(plan.least, 1) <= count <= plan.most:
        raise WordsOff("abstract", count, least=max(plan.least, 1), most=plan.most)


def demand_new(file: NewFile, files: Sequence[PaperFile]) -> None:
    """Raises SameFile, TooManyVersions."""
    for each in files:
        known = each.file
        if file.unique_id == known.unique_id or (file.digest and file.digest == known.digest):
            raise SameFile(each.number)
    if len(files) >= MOST_VERSIONS:
        raise TooManyVersions
