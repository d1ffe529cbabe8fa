"""Taps that have to do with research: topics, problems, achievements."""

from dataclasses import dataclass

from branch.research.model import ProblemState, TopicKind
from handlers.buttons import Button


@dataclass(frozen=True, slots=True)
class ShowResearch(Button):
    name = "rs"


@dataclass(frozen=True, slots=True)
class NoteTopic(Button):
    name = "rsnote"


@dataclass(frozen=True, slots=True)
class ChooseTopicKind(Button):
    name = "rskind"
    kind: TopicKind


@dataclass(frozen=True, slots=True)
class ShowLoose(Button):
    """The topics that belong to no problem."""

    name = "rsloose"
    start: int


@dataclass(frozen=True, slots=True)
class ShowTopic(Button):
    name = "rstopic"
    topic: int


@dataclass(frozen=True, slots=True)
class JoinProblem(Button):
    name = "rsjoin"
    topic: int
    problem: int


@dataclass(frozen=True, slots=True)
class OwnProblem(Button):
    """The topic becomes a problem by itself."""

    name = "rsown"
    topic: int


@dataclass(frozen=True, slots=True)
class DropTopic(Button):
    name = "rsdrop"
    topic: int


@dataclass(frozen=True, slots=True)
class GatherTopics(Button):
    """Show the `number`th group of topics that seem to be one problem."""

    name = "rsgather"
    number: int


@dataclass(frozen=True, slots=True)
class AcceptGroup(Button):
    """`seal` tells the group that was shown from any that has become of it."""

    name = "rsgroup"
    central: int
    seal: int


@dataclass(frozen=True, slots=True)
class ShowProblems(Button):
    name = "rslist"
    state: ProblemState
    start: int


@dataclass(frozen=True, slots=True)
class ShowProblem(Button):
    name = "rsprob"
    problem: int


@dataclass(frozen=True, slots=True)
class Vote(Button):
    """`wanted` 1 gives a vote, 0 takes it back: a second tap on the same says the same."""

    name = "rsvote"
    problem: int
    wanted: int


@dataclass(frozen=True, slots=True)
class RenameProblem(Button):
    name = "rsname"
    problem: int


@dataclass(frozen=True, slots=True)
class SolveProblem(Button):
    name = "rssolve"
    problem: int


@dataclass(frozen=True, slots=True)
class ReopenProblem(Button):
    name = "rsopen"
    problem: int


@dataclass(frozen=True, slots=True)
class ChooseTopicOut(Button):
    name = "rsouts"
    problem: int


@dataclass(frozen=True, slots=True)
class TakeTopicOut(Button):
    name = "rsout"
    topic: int


@dataclass(frozen=True, slots=True)
class ChooseMerge(Button):
    name = "rsmerges"
    problem: int
    start: int


@dataclass(frozen=True, slots=True)
class MergeInto(Button):
    name = "rsmerge"
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class ChooseThemeDay(Button):
    name = "rsdays"
    problem: int


@dataclass(frozen=True, slots=True)
class DiscussOn(Button):
    """`day` 0: on none any more."""

    name = "rsday"
    problem: int
    day: int
