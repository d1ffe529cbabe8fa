"""Taps that have to do with what becomes of papers."""

from branch.papers.moves import Award, Verdict
from handlers.buttons import Button


class ShowDecisions(Button, frozen=True):
    name = "decs"
    call: int


class ShowCase(Button, frozen=True):
    name = "dec"
    paper: int


class ReadCase(Button, frozen=True):
    """The file as it was handed in."""

    name = "decfile"
    paper: int


class Propose(Button, frozen=True):
    name = "decput"
    paper: int
    verdict: Verdict


class ChooseAward(Button, frozen=True):
    name = "decaward"
    award: Award


class Release(Button, frozen=True):
    name = "decout"
    call: int
    version: int


class ReleaseForCertain(Button, frozen=True):
    name = "decout2"
    call: int
    version: int


class PublishPapers(Button, frozen=True):
    name = "decpub"
    call: int


class PublishForCertain(Button, frozen=True):
    name = "decpub2"
    call: int
