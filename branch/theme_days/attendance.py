"""Who was there: the code at the door, and what is made of who has entered it."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

from branch.people.model import PersonId
from branch.theme_days.model import Answer, Attendant, ThemeDay
from texts.language import Language

OPENS_BEFORE: Final = timedelta(hours=1)
CLOSES_AFTER: Final = timedelta(hours=1)
"""After its end: who forgot at the door still does it on the way out."""
TURNS_EVERY: Final = timedelta(minutes=2)
"""A code read aloud to somebody far away is old before long; the one before is still taken, so
that nobody at the door is too slow.
"""
DIGITS: Final = 6


class Way(StrEnum):
    """How they checked in: typed the code, followed the picture, or a member put them down."""

    CODE = "code"
    QR = "qr"
    HAND = "hand"


class Attendance(Struct, frozen=True, kw_only=True):
    """Somebody who was there; of who has left nothing but that they were."""

    person: PersonId | None
    name: str
    class_name: str | None
    language: Language | None
    at: datetime
    way: Way


class AttendanceList(Struct, frozen=True, kw_only=True):
    """`walked_in` are among `came`; `missing` had said that they would."""

    came: Sequence[Attendance]
    walked_in: int
    missing: Sequence[Attendant]


class MemberYear(Struct, frozen=True, kw_only=True):
    """A member's year: of so many days held for them, there at so many."""

    person: PersonId
    name: str
    came: int
    excused: int
    absent: int


def code_at(secret: str, moment: datetime) -> str:
    """What stands at the door at the moment."""
    window = int(moment.timestamp() // TURNS_EVERY.total_seconds())
    digest = hmac.new(secret.encode(), str(window).encode(), hashlib.sha256).digest()
    return str(int.from_bytes(digest[:8]) % 10**DIGITS).zfill(DIGITS)


def is_taken(code: str, secret: str, moment: datetime) -> bool:
    """Whether it stands at the door, or did until a moment ago."""
    present, before = code_at(secret, moment), code_at(secret, moment - TURNS_EVERY)
    given = code.encode()
    return hmac.compare_digest(given, present.encode()) | hmac.compare_digest(
        given, before.encode()
    )


def turns_at(moment: datetime) -> datetime:
    """When the code changes next."""
    seconds = TURNS_EVERY.total_seconds()
    return moment + timedelta(seconds=seconds - moment.timestamp() % seconds)


def opens_at(day: ThemeDay) -> datetime:
    return day.plan.starts_at - OPENS_BEFORE


def closes_at(day: ThemeDay) -> datetime:
    return day.ends_at() + CLOSES_AFTER


def attendance_list(came: Sequence[Attendance], answered: Iterable[Attendant]) -> AttendanceList:
    there = {each.person for each in came}
    going = [each for each in answered if each.answer is Answer.GOING]
    expected = {each.person for each in going}
    return AttendanceList(
        came=came,
        walked_in=sum(each.person not in expected for each in came),
        missing=[each for each in going if each.person not in there],
    )
