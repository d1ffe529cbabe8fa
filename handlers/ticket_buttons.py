"""Taps that have to do with tickets: what a student does with one, and what a member does."""

from enum import StrEnum

from branch.tickets.model import Subject
from handlers.buttons import Button


class SendAnonymously(Button, frozen=True):
    name = "anon"


class PickSubject(Button, frozen=True):
    """Say what it is about."""

    name = "about"


class ChooseSubject(Button, frozen=True):
    name = "abt"
    subject: Subject


class WriteAnew(Button, frozen=True):
    """Forget what was written so far, and write again."""

    name = "anew"


class ShowMine(Button, frozen=True):
    name = "mine"
    page: int


class AddToTicket(Button, frozen=True):
    name = "add"
    ticket: int


class ReopenTicket(Button, frozen=True):
    name = "reopen"
    ticket: int


class ShowFiles(Button, frozen=True):
    """Send what came with the messages of the ticket."""

    name = "files"
    ticket: int


class RateTicket(Button, frozen=True):
    name = "rate"
    ticket: int


class GiveStars(Button, frozen=True):
    name = "stars"
    ticket: int
    stars: int


class ShowAnswer(Button, frozen=True):
    """Look again what became of an answer."""

    name = "fate"
    ticket: int
    line: int


class SendAgain(Button, frozen=True):
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


class ShowList(Button, frozen=True):
    name = "desk+"
    view: View
    page: int


class ShowSubjects(Button, frozen=True):
    name = "desk/"


class ShowSubject(Button, frozen=True):
    name = "desk/s"
    subject: Subject
    page: int


class ShowMore(Button, frozen=True):
    """What else can be done with the ticket."""

    name = "more"
    ticket: int


class ShowEarlier(Button, frozen=True):
    name = "earlier"
    ticket: int


class ShowHistory(Button, frozen=True):
    name = "moves"
    ticket: int


class WriteFor(Button, frozen=True):
    name = "write"
    purpose: Purpose
    ticket: int


class PickMember(Button, frozen=True):
    name = "to?"
    ticket: int


class TransferTo(Button, frozen=True):
    name = "to"
    ticket: int
    member: int


class PickSnooze(Button, frozen=True):
    name = "later?"
    ticket: int


class Snooze(Button, frozen=True):
    name = "later"
    ticket: int
    hours: int


class MarkUrgent(Button, frozen=True):
    name = "urgent"
    ticket: int
    urgent: int


class PickSubjectOf(Button, frozen=True):
    name = "sub?"
    ticket: int


class SetSubject(Button, frozen=True):
    name = "sub"
    ticket: int
    subject: Subject


class PickMute(Button, frozen=True):
    name = "mute?"
    ticket: int


class Mute(Button, frozen=True):
    name = "mute"
    ticket: int
    hours: int  # 0: they may ask again


class AgreeToReveal(Button, frozen=True):
    name = "who+"
    reveal: int


class RefuseToReveal(Button, frozen=True):
    name = "who-"
    reveal: int


class ShowWho(Button, frozen=True):
    name = "who"
    reveal: int


class TakeHere(Button, frozen=True):
    """Have the ticket in hand, said in the members' group."""

    name = "here"
    ticket: int


class OpenInPrivate(Button, frozen=True):
    name = "open"
    ticket: int


class Unbind(Button, frozen=True):
    name = "unbind"


class ShowBind(Button, frozen=True):
    """How the members' group becomes the desk, and whether it is."""

    name = "bind"


class DeclineTicket(Button, frozen=True):
    """Not for me: ask the next."""

    name = "pass"
    ticket: int


class ShowDuty(Button, frozen=True):
    name = "duty"


class ToggleDuty(Button, frozen=True):
    name = "duty+"
    subject: Subject


class WriteKnown(Button, frozen=True):
    """Say which schools and majors one knows."""

    name = "known"


class ForgetKnown(Button, frozen=True):
    name = "known-"


class BeAway(Button, frozen=True):
    name = "away"
    days: int  # 0: back again


class Suggest(Button, frozen=True):
    """What could be answered: entries, and what was answered before."""

    name = "ref"
    ticket: int
    here: int  # 1: in the place of what is tapped on, which is a suggestion


class LookAtEntry(Button, frozen=True):
    name = "refe"
    ticket: int
    slug: str


class LookAtAnswer(Button, frozen=True):
    name = "reft"
    ticket: int
    other: int


class SendEntry(Button, frozen=True):
    name = "sende"
    ticket: int
    slug: str


class SendAnswer(Button, frozen=True):
    """The answer of another ticket."""

    name = "sendt"
    ticket: int
    other: int


class AnswerTogether(Button, frozen=True):
    name = "same"
    ticket: int


class ToggleTicket(Button, frozen=True):
    name = "same+"
    ticket: int


class WriteIntoBase(Button, frozen=True):
    """Make an entry of a ticket and its answer."""

    name = "tobase"
    ticket: int


class ShowCanned(Button, frozen=True):
    name = "canned"
    page: int


class OpenCanned(Button, frozen=True):
    name = "can"
    reply: int


class WriteCanned(Button, frozen=True):
    """A new one (0), or another wording of that one."""

    name = "can+"
    reply: int


class RetireCanned(Button, frozen=True):
    name = "can-"
    reply: int


class PickCanned(Button, frozen=True):
    """Choose among the canned replies, in the midst of an answer."""

    name = "can?"


class TakeCanned(Button, frozen=True):
    name = "can!"
    reply: int
