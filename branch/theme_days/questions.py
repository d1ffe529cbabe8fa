"""What people want to ask the speaker: gathered beforehand, voted on, answered, kept."""

import re
import unicodedata
from datetime import datetime
from typing import Final, NewType

from msgspec import Struct

from branch.people.model import PersonId
from branch.theme_days.model import ThemeDayId

QuestionId = NewType("QuestionId", int)

LONGEST_QUESTION: Final = 200
LONGEST_ANSWER: Final = 1_500
MOST_BY_ONE: Final = 5
_NOT_SAID: Final = re.compile(r"[\W_]+")


class SpeakerQuestion(Struct, frozen=True, kw_only=True):
    """`mine` and `voted` are of whoever looks; nobody sees who has asked."""

    id: QuestionId
    day: ThemeDayId
    text: str
    votes: int
    mine: bool
    voted: bool
    answer: str | None
    asked_at: datetime


class AskedBy(Struct, frozen=True, kw_only=True):
    question: QuestionId
    person: PersonId | None


def sameness(text: str) -> str:
    """Equal for questions that differ by nothing but signs, spaces, width and case."""
    return _NOT_SAID.sub("", unicodedata.normalize("NFKC", text).casefold())[:LONGEST_QUESTION]
