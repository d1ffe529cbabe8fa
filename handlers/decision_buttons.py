"""Taps that have to do with what becomes of papers."""

from dataclasses import dataclass

from branch.papers.moves import Award, Verdict
from handlers.buttons import Button


@dataclass(frozen=True, slots=True)
class ShowDecisions(Button):
    name = "decs"
    call: int


@dataclass(frozen=True, slots=True)
class ShowCase(Button):
    name = "dec"
    paper: int


@dataclass(frozen=True, slots=True)
class ReadCase(Button):
    """The file as it was handed in."""

    name = "decfile"
    paper: int


@dataclass(frozen=True, slots=True)
class Propose(Button):
    name = "decput"
    paper: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ChooseAward(Button):
    name = "decaward"
    award: Award


@dataclass(frozen=True, slots=True)
class Release(Button):
    name = "decout"
    call: int
    version: int


@dataclass(frozen=True, slots=True)
class ReleaseForCertain(Button):
    name = "decout2"
    call: int
    version: int


@dataclass(frozen=True, slots=True)
class PublishPapers(Button):
    name = "decpub"
    call: int


@dataclass(frozen=True, slots=True)
class PublishForCertain(Button):
    name = "decpub2"
    call: int
