"""Taps that have to do with research: topics, problems, achievements."""

from branch.research.model import ProblemState, TopicKind
from handlers.buttons import Button


class ShowResearch(Button, frozen=True):
    name = "rs"


class NoteTopic(Button, frozen=True):
    name = "rsnote"


class ChooseTopicKind(Button, frozen=True):
    name = "rskind"
    kind: TopicKind


class ShowLoose(Button, frozen=True):
    """The topics that belong to no problem."""

    name = "rsloose"
    start: int


class ShowTopic(Button, frozen=True):
    name = "rstopic"
    topic: int


class JoinProblem(Button, frozen=True):
    name = "rsjoin"
    topic: int
    problem: int


class OwnProblem(Button, frozen=True):
    """The topic becomes a problem by itself."""

    name = "rsown"
    topic: int


class DropTopic(Button, frozen=True):
    name = "rsdrop"
    topic: int


class GatherTopics(Button, frozen=True):
    """Show the `number`th group of topics that seem to be one problem."""

    name = "rsgather"
    number: int


class AcceptGroup(Button, frozen=True):
    """`seal` tells the group that was shown from any that has become of it."""

    name = "rsgroup"
    central: int
    seal: int


class ShowProblems(Button, frozen=True):
    name = "rslist"
    state: ProblemState
    start: int


class ShowProblem(Button, frozen=True):
    name = "rsprob"
    problem: int


class Vote(Button, frozen=True):
    """`wanted` 1 gives a vote, 0 takes it back: a second tap on the same says the same."""

    name = "rsvote"
    problem: int
    wanted: int


class RenameProblem(Button, frozen=True):
    name = "rsname"
    problem: int


class SolveProblem(Button, frozen=True):
    name = "rssolve"
    problem: int


class ReopenProblem(Button, frozen=True):
    name = "rsopen"
    problem: int


class ChooseTopicOut(Button, frozen=True):
    name = "rsouts"
    problem: int


class TakeTopicOut(Button, frozen=True):
    name = "rsout"
    topic: int


class ChooseMerge(Button, frozen=True):
    name = "rsmerges"
    problem: int
    start: int


class MergeInto(Button, frozen=True):
    name = "rsmerge"
    old: int
    new: int


class ChooseThemeDay(Button, frozen=True):
    name = "rsdays"
    problem: int


class DiscussOn(Button, frozen=True):
    """`day` 0: on none any more."""

    name = "rsday"
    problem: int
    day: int
