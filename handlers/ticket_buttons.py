"""Taps that have to do with tickets: what a student does with one, and what a member does."""

from dataclasses import dataclass
from enum import StrEnum

from branch.tickets.model import Subject
from handlers.buttons import Button


@dataclass(frozen=True, slots=True)
class SendAnonymously(Button):
    name = "anon"


@dataclass(frozen=True, slots=True)
class PickSubject(Button):
    """Say what it is about."""

    name = "about"


@dataclass(frozen=True, slots=True)
class ChooseSubject(Button):
    name = "abt"
    subject: Subject


@dataclass(frozen=True, slots=True)
class WriteAnew(Button):
    """Forget what was written so far, and write again."""

    name = "anew"


@dataclass(frozen=True, slots=True)
class ShowMine(Button):
    name = "mine"
    page: int


@dataclass(frozen=True, slots=True)
class AddToTicket(Button):
    name = "add"
    ticket: int


@dataclass(frozen=True, slots=True)
class ReopenTicket(Button):
    name = "reopen"
    ticket: int


@dataclass(frozen=True, slots=True)
class ShowFiles(Button):
    """Send what came with the messages of the ticket."""

    name = "files"
    ticket: int


@dataclass(frozen=True, slots=True)
class RateTicket(Button):
    name = "rate"
    ticket: int


@dataclass(frozen=True, slots=True)
class GiveStars(Button):
    name = "stars"
    ticket: int
    stars: int


@dataclass(frozen=True, slots=True)
class ShowAnswer(Button):
    """Look again what became of an answer."""

    name = "fate"
    ticket: int
    line: int


@dataclass(frozen=True, slots=True)
class SendAgain(Button):
    name = "again"
    ticket: int
    line: int


class View(StrEnum):
    """The lists of the desk."""

    WAITING = "waiting"
    NEW = "new"
    MINE = "mine"
    OVERDUE = "overdue"
    SNOOZED = "snoozed"
    ANSWERED = "answered"
    CLOSED = "closed"


class Purpose(StrEnum):
    """What words of a member are for."""

    NOTE = "note"
    TAGS = "tags"
    SEARCH = "search"
    REVEAL = "reveal"


@dataclass(frozen=True, slots=True)
class ShowList(Button):
    name = "desk+"
    view: View
    page: int


@dataclass(frozen=True, slots=True)
class ShowSubjects(Button):
    name = "desk/"


@dataclass(frozen=True, slots=True)
class ShowSubject(Button):
    name = "desk/s"
    subject: Subject
    page: int


@dataclass(frozen=True, slots=True)
class ShowMore(Button):
    """What else can be done with the ticket."""

    name = "more"
    ticket: int


@dataclass(frozen=True, slots=True)
class ShowEarlier(Button):
    name = "earlier"
    ticket: int


@dataclass(frozen=True, slots=True)
class ShowHistory(Button):
    name = "moves"
    ticket: int


@dataclass(frozen=True, slots=True)
class WriteFor(Button):
    name = "write"
    purpose: Purpose
    ticket: int


@dataclass(frozen=True, slots=True)
class PickMember(Button):
    name = "to?"
    ticket: int


@dataclass(frozen=True, slots=True)
class TransferTo(Button):
    name = "to"
    ticket: int
    member: int


@dataclass(frozen=True, slots=True)
class PickSnooze(Button):
    name = "later?"
    ticket: int


@dataclass(frozen=True, slots=True)
class Snooze(Button):
    name = "later"
    ticket: int
    hours: int


@dataclass(frozen=True, slots=True)
class MarkUrgent(Button):
    name = "urgent"
    ticket: int
    urgent: int


@dataclass(frozen=True, slots=True)
class PickSubjectOf(Button):
    name = "sub?"
    ticket: int


@dataclass(frozen=True, slots=True)
class SetSubject(Button):
    name = "sub"
    ticket: int
    subject: Subject


@dataclass(frozen=True, slots=True)
class PickMute(Button):
    name = "mute?"
    ticket: int


@dataclass(frozen=True, slots=True)
class Mute(Button):
    name = "mute"
    ticket: int
    hours: int  # 0: they may ask again


@dataclass(frozen=True, slots=True)
class AgreeToReveal(Button):
    name = "who+"
    reveal: int


@dataclass(frozen=True, slots=True)
class RefuseToReveal(Button):
    name = "who-"
    reveal: int


@dataclass(frozen=True, slots=True)
class ShowWho(Button):
    name = "who"
    reveal: int


@dataclass(frozen=True, slots=True)
class TakeHere(Button):
    """Have the ticket in hand, said in the members' group."""

    name = "here"
    ticket: int


@dataclass(frozen=True, slots=True)
class OpenInPrivate(Button):
    name = "open"
    ticket: int


@dataclass(frozen=True, slots=True)
class Unbind(Button):
    name = "unbind"


@dataclass(frozen=True, slots=True)
class ShowBind(Button):
    """How the members' group becomes the desk, and whether it is."""

    name = "bind"


@dataclass(frozen=True, slots=True)
class DeclineTicket(Button):
    """Not for me: ask the next."""

    name = "pass"
    ticket: int


@dataclass(frozen=True, slots=True)
class ShowDuty(Button):
    name = "duty"


@dataclass(frozen=True, slots=True)
class ToggleDuty(Button):
    name = "duty+"
    subject: Subject


@dataclass(frozen=True, slots=True)
class WriteKnown(Button):
    """Say which schools and majors one knows."""

    name = "known"


@dataclass(frozen=True, slots=True)
class ForgetKnown(Button):
    name = "known-"


@dataclass(frozen=True, slots=True)
class BeAway(Button):
    name = "away"
    days: int  # 0: back again


@dataclass(frozen=True, slots=True)
class Suggest(Button):
    """What could be answered: entries, and what was answered before."""

    name = "ref"
    ticket: int
    here: int  # 1: in the place of what is tapped on, which is a suggestion


@dataclass(frozen=True, slots=True)
class LookAtEntry(Button):
    name = "refe"
    ticket: int
    slug: str


@dataclass(frozen=True, slots=True)
class LookAtAnswer(Button):
    name = "reft"
    ticket: int
    other: int


@dataclass(frozen=True, slots=True)
class SendEntry(Button):
    name = "sende"
    ticket: int
    slug: str


@dataclass(frozen=True, slots=True)
class SendAnswer(Button):
    """The answer of another ticket."""

    name = "sendt"
    ticket: int
    other: int


@dataclass(frozen=True, slots=True)
class AnswerTogether(Button):
    name = "same"
    ticket: int


@dataclass(frozen=True, slots=True)
class ToggleTicket(Button):
    name = "same+"
    ticket: int


@dataclass(frozen=True, slots=True)
class WriteIntoBase(Button):
    """Make an entry of a ticket and its answer."""

    name = "tobase"
    ticket: int


@dataclass(frozen=True, slots=True)
class ShowCanned(Button):
    name = "canned"
    page: int


@dataclass(frozen=True, slots=True)
class OpenCanned(Button):
    name = "can"
    reply: int


@dataclass(frozen=True, slots=True)
class WriteCanned(Button):
    """A new one (0), or another wording of that one."""

    name = "can+"
    reply: int


@dataclass(frozen=True, slots=True)
class RetireCanned(Button):
    name = "can-"
    reply: int


@dataclass(frozen=True, slots=True)
class PickCanned(Button):
    """Choose among the canned replies, in the midst of an answer."""

    name = "can?"


@dataclass(frozen=True, slots=True)
class TakeCanned(Button):
    name = "can!"
    reply: int
