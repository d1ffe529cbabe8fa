"""The groups of figures. A count that is None is hidden, because it is of few people."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, Protocol

from msgspec import Struct, field

from branch.people.model import PersonId

Count = int | None
BEST: Final = 5


class Figure(StrEnum):
    """The groups, in the order in which they are shown."""

    OUTCOMES = "outcomes"
    ASSOCIATION = "association"
    QUESTIONS = "questions"
    GAPS = "gaps"
    ANSWERS = "answers"
    LOAD = "load"
    NOTICES = "notices"
    DAYS = "days"
    PAPERS = "papers"
    RESEARCH = "research"


class Ways(Struct, frozen=True, kw_only=True):
    """How questions were answered: each of them in one way, or not."""

    base: Count = 0
    choice: Count = 0
    person: Count = 0
    unanswered: Count = 0
    total: Count = 0

    @property
    def parts(self) -> dict[str, Count]:
        return {
            "base": self.base,
            "choice": self.choice,
            "person": self.person,
            "unanswered": self.unanswered,
        }


class QuestionFigures(Struct, frozen=True, kw_only=True):
    """`""` is the topic, or the stage, that is not known. `over_time`: by part of the period."""

    ways: Ways = field(default_factory=Ways)
    by_topic: Mapping[str, Ways] = field(default_factory=dict)
    by_stage: Mapping[str, Ways] = field(default_factory=dict)
    over_time: tuple[Count, ...] = ()
    over_time_before: tuple[Count, ...] = ()


class Gap(Struct, frozen=True, kw_only=True):
    """Questions that ask the same and that nothing answered. `people`: how many asked."""

    heading: str
    times: Count
    people: int


class GapFigures(Struct, frozen=True, kw_only=True):
    """What was asked in the period and nothing answered, the most asked first.

    `kinds`: how many groups of the same meaning there are; `gaps`, the greatest of them; `rest`,
    the questions in none of those. What people typed is not kept by cohort: of one, nothing is
    `told`.
    """

    told: bool = True
    questions: Count = 0
    kinds: int = 0
    gaps: tuple[Gap, ...] = ()
    rest: Count = 0


class Durations(Struct, frozen=True, kw_only=True):
    """Whole seconds. `ninth`: nine in ten took at most so long (the nearest rank)."""

    n: Count = 0
    median: float | None = None
    ninth: float | None = None


class Ratings(Struct, frozen=True, kw_only=True):
    """How often each of 1 to 5 was given."""

    counts: tuple[Count, ...] = (0,) * BEST
    n: Count = 0
    mean: float | None = None


class TicketFigures(Struct, frozen=True, kw_only=True):
    """Of the tickets opened in the period; ratings are those given in it."""

    opened: Count = 0
    answered: Count = 0
    first_answer: Durations = field(default_factory=Durations)
    ratings: Ratings = field(default_factory=Ratings)


class MemberLoad(Struct, frozen=True, kw_only=True):
    """How many tickets somebody has answered. `name` is None where it is not told.

    `person` is None of somebody who has left. `own`: it is the reader's.
    """

    tickets: int
    person: PersonId | None = None
    name: str | None = None
    own: bool = False


class LoadFigures(Struct, frozen=True, kw_only=True):
    """`each`: of every member who has answered, the most first. `named`: the reader sees who."""

    members: Count = 0
    tickets: Count = 0
    each: tuple[MemberLoad, ...] | None = ()
    median: float | None = None
    named: bool = False


class NoticeFigures(Struct, frozen=True, kw_only=True):
    """Of the notices that began to be sent in the period, and their letters."""

    notices: int = 0
    letters: Count = 0
    delivered: Count = 0
    blocked: Count = 0
    failed: Count = 0
    acknowledged: Count = 0
    to_acknowledge: Durations = field(default_factory=Durations)


class DayFigures(Struct, frozen=True, kw_only=True):
    """`came_of_signed_up`: who had signed up for the day that they came to."""

    days: int = 0
    signed_up: Count = 0
    came: Count = 0
    came_of_signed_up: Count = 0
    ratings: Ratings = field(default_factory=Ratings)


class PaperFigures(Struct, frozen=True, kw_only=True):
    submitted: Count = 0
    authors: Count = 0
    decided: Mapping[str, Count] = field(default_factory=dict)


class ResearchFigures(Struct, frozen=True, kw_only=True):
    confirmed: Mapping[str, Count] = field(default_factory=dict)
    people: Count = 0


class Rated(Protocol):
    """A share: how many of how many, and from where to where it could lie."""

    @property
    def n(self) -> Count: ...
    @property
    def advanced(self) -> Count: ...
    @property
    def rate(self) -> float | None: ...
    @property
    def interval(self) -> tuple[float, float] | None: ...


class Rate(Struct, frozen=True, kw_only=True):
    """A cohort, or a class, a path, a target of it, as the area of outcomes shows it.

    `n`: of how many the rate is. Where there is a rate without counts, there is no interval.
    """

    name: str
    n: Count = None
    advanced: Count = None
    rate: float | None = None
    interval: tuple[float, float] | None = None
    unknown: Count = None


class OutcomeFigures(Struct, frozen=True, kw_only=True):
    """`classes`, `paths` and `targets` are of the latest cohort that has any, or of the one asked.

    Paths and targets are shares of everybody in the cohort, as its rate is.
    """

    cohorts: tuple[Rate, ...] = ()
    of: int | None = None
    classes: tuple[Rate, ...] = ()
    paths: tuple[Rate, ...] = ()
    targets: tuple[Rate, ...] = ()


class Use(StrEnum):
    """How many questions somebody has asked before their outcome was reported."""

    NONE = "none"
    FEW = "few"
    SOME = "some"
    MANY = "many"

    @property
    def least(self) -> int:
        return {Use.NONE: 0, Use.FEW: 1, Use.SOME: 5, Use.MANY: 20}[self]


class UseRow(Struct, frozen=True, kw_only=True):
    use: Use
    n: Count = 0
    advanced: Count = 0
    interval: tuple[float, float] | None = None

    @property
    def rate(self) -> float | None:
        if self.n is None or self.advanced is None or not self.n:
            return None
        return self.advanced / self.n


class Association(Struct, frozen=True, kw_only=True):
    """Use of guidance beside outcome, of those who joined and whose outcome is known.

    `joined`, `used`: of everybody here, how many have ever asked; that is how far it reaches.
    """

    joined: Count = 0
    used: Count = 0
    rows: tuple[UseRow, ...] = ()


Figures = (
    OutcomeFigures
    | Association
    | QuestionFigures
    | GapFigures
    | TicketFigures
    | LoadFigures
    | NoticeFigures
    | DayFigures
    | PaperFigures
    | ResearchFigures
)
Interval = Callable[[int, int], tuple[float, float]]
"""The 95 % interval of a share, of so many of so many."""
