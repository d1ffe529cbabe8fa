"""What members are stuck on or excited by, and the problems these make together."""

from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from msgspec import Struct

from branch.people.model import PersonId

TopicId = NewType("TopicId", int)
ProblemId = NewType("ProblemId", int)

SHORTEST_TOPIC: Final = 10
LONGEST_TOPIC: Final = 300
LONGEST_NAME: Final = 40
LONGEST_SOLUTION: Final = 300


class TopicKind(StrEnum):
    DIFFICULTY = "difficulty"
    HOT = "hot"


class ProblemState(StrEnum):
    OPEN = "open"
    SOLVED = "solved"


class Topic(Struct, frozen=True, kw_only=True):
    """A sentence or two of a member's; `name` is theirs, None when they have left."""

    id: TopicId
    kind: TopicKind
    text: str
    person: PersonId | None
    name: str | None
    at: datetime
    problem: ProblemId | None


class Problem(Struct, frozen=True, kw_only=True):
    """Topics that mean the same; `theme_day` is the number of the day that discusses it."""

    id: ProblemId
    name: str
    state: ProblemState
    solution: str
    author: PersonId | None
    theme_day: int | None
    topics: int
    votes: int
