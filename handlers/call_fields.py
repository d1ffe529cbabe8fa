"""What a member types about a call, read into what a call is."""

import re
from datetime import datetime, tzinfo
from typing import Any, Final

from msgspec import Struct

from branch.dates.typed_moment import MomentPast, MomentUnclear, read_moment
from branch.papers.model import (
    LARGEST_FILE,
    LONGEST_CODE,
    LONGEST_GUIDANCE,
    LONGEST_OWN_QUESTION,
    LONGEST_THEME,
    MOST_OWN,
    MOST_WORDS,
    SHORTEST_CODE,
    CallPlan,
    FileKind,
    Readers,
)
from handlers.paper_buttons import CallField

MOST_ABSTRACT: Final = 1_000
"""A longer one would not fit into a message with the rest."""
_NUMBER: Final = re.compile(r"\d{1,6}")
_RANGE: Final = re.compile(r"(\d{1,6})\s*(?:[-~\u2013\u2014\u5230\u81f3\uff5e]|to)\s*(\d{1,6})")
_TEXTS: Final = {CallField.THEME: LONGEST_THEME, CallField.GUIDANCE: LONGEST_GUIDANCE}
_NUMBERS: Final = {
    CallField.BODY: ("body_most", MOST_WORDS),
    CallField.LARGEST: ("largest", LARGEST_FILE),
}
_END_OF_DAY: Final = "23:59"


class FieldUnclear(Exception):
    """What was typed cannot be meant; `why` says how it should be."""

    def __init__(self, why: str, most: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.most = most


class CallForm(Struct):
    """`version` is the one of the call that is changed; `whole` once every question was asked."""

    call: int = 0
    version: int = 0
    theme: str = ""
    guidance: str = ""
    deadline: datetime | None = None
    late_code: str | None = None
    least: int = 0
    most: int = 300
    body_most: int | None = None
    kinds: tuple[FileKind, ...] = (FileKind.PDF, FileKind.DOCX)
    largest: int = LARGEST_FILE
    readers: Readers = Readers.MEMBERS
    own: tuple[str, ...] = ()
    whole: bool = False

    def plan(self) -> CallPlan:
        assert self.deadline is not None, "a whole form has a deadline"
        return CallPlan(
            theme=self.theme,
            guidance=self.guidance,
            deadline=self.deadline,
            late_code=self.late_code,
            least=self.least,
            most=self.most,
            body_most=self.body_most,
            kinds=self.kinds,
            largest=self.largest,
            readers=self.readers,
            own=self.own,
        )

    def fill(self, plan: CallPlan) -> None:
        for name in CallPlan.__struct_fields__:
            setattr(self, name, getattr(plan, name))

    def toggle(self, kind: FileKind) -> None:
        """Take it, or take it no more; one kind stays."""
        chosen = {*self.kinds} ^ {kind}
        self.kinds = tuple(each for each in FileKind if each in chosen) or self.kinds


def read_field(field: CallField, text: str, *, now: datetime, zone: tzinfo) -> dict[str, Any]:
    """The form's fields and their values. Raises FieldUnclear."""
    match field:
        case CallField.THEME | CallField.GUIDANCE:
            return {str(field): _short(text, _TEXTS[field])}
        case CallField.DEADLINE:
            return {"deadline": _deadline(text, now, zone)}
        case CallField.CODE:
            return {"late_code": _code(text)}
        case CallField.ABSTRACT:
            return _limits(text)
        case CallField.OWN:
            return {"own": _own(text)}
        case CallField.BODY | CallField.LARGEST:
            name, most = _NUMBERS[field]
            return {name: _number(text, most)}
        case _:
            raise FieldUnclear("tap")


def left_out(field: CallField) -> dict[str, Any]:
    """What the form says where the question was passed over."""
    match field:
        case CallField.GUIDANCE:
            return {"guidance": ""}
        case CallField.CODE:
            return {"late_code": None}
        case CallField.OWN:
            return {"own": ()}
        case _:
            return {"body_most": None}


def _short(text: str, most: int) -> str:
    if not 0 < len(text) <= most:
        raise FieldUnclear("long", most)
    return text


def _deadline(text: str, now: datetime, zone: tzinfo) -> datetime:
    """A day without a time means all of that day."""
    try:
        try:
            return read_moment(f"{text} {_END_OF_DAY}", now=now, zone=zone)
        except MomentUnclear:
            return read_moment(text, now=now, zone=zone)
    except MomentPast:
        raise FieldUnclear("past") from None
    except MomentUnclear:
        raise FieldUnclear("when") from None


def _code(text: str) -> str:
    if not SHORTEST_CODE <= len(text) <= LONGEST_CODE or any(map(str.isspace, text)):
        raise FieldUnclear("code", LONGEST_CODE)
    return text


def _own(text: str) -> tuple[str, ...]:
    """A question a line."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not 0 < len(lines) <= MOST_OWN or len({*lines}) < len(lines):
        raise FieldUnclear("own", MOST_OWN)
    if max(map(len, lines)) > LONGEST_OWN_QUESTION:
        raise FieldUnclear("long", LONGEST_OWN_QUESTION)
    return tuple(lines)


def _limits(text: str) -> dict[str, Any]:
    span, single = _RANGE.fullmatch(text), _NUMBER.fullmatch(text)
    least, most = (int(span[1]), int(span[2])) if span else (0, int(single[0]) if single else 0)
    if not least < most <= MOST_ABSTRACT:
        raise FieldUnclear("limits", MOST_ABSTRACT)
    return {"least": least, "most": most}


def _number(text: str, most: int) -> int:
    found = _NUMBER.fullmatch(text)
    if found is None or not 0 < int(found[0]) <= most:
        raise FieldUnclear("number", most)
    return int(found[0])
