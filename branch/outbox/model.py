"""A letter, what may become of it, and the moves between; nothing here touches a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Final, NewType

from branch.people.model import PersonId, TelegramId
from texts.telegram_html import LONGEST_MESSAGE, shown_units

LetterId = NewType("LetterId", int)
Buttons = Sequence[Sequence[tuple[str, str]]]
"""Rows of (label, what a tap says, or an address to open)."""

MOST_DOUBTS: Final = 30
AFTER_SILENCE: Final = 5
"""A sending without an answer weighs as much as five processes that died over the letter: those had
a hundred letters in hand, and most of them had not been sent yet.
"""
FIRST_PAUSE: Final = timedelta(seconds=2)
LONGEST_PAUSE: Final = timedelta(minutes=5)
WITHOUT_ANSWER: Final = "no answer after several attempts"


class LetterTooLong(ValueError):
    """It would not fit into one message of Telegram's."""


class Lane(StrEnum):
    """`PROMPT` never waits behind `BULK`."""

    PROMPT = "prompt"
    BULK = "bulk"


class Priority(IntEnum):
    """Who goes first, and how a letter is treated."""

    URGENT = 1
    ANSWER = 2
    CORRECTION = 3
    USUAL = 4

    @property
    def lane(self) -> Lane:
        return Lane.PROMPT if self <= Priority.ANSWER else Lane.BULK

    @property
    def waits_for_morning(self) -> bool:
        """Held back in quiet hours."""
        return self is Priority.USUAL


class LetterKind(StrEnum):
    EXAM_REMINDER = "exam_reminder"
    EXAM_CORRECTION = "exam_correction"
    ALERT = "alert"
    TICKET_NEW = "ticket_new"
    TICKET_ANSWER = "ticket_answer"
    TICKET_STATE = "ticket_state"
    TICKET_TASK = "ticket_task"
    REPORT = "report"

    @property
    def priority(self) -> Priority:
        """The usual one of its kind."""
        match self:
            case LetterKind.ALERT:
                return Priority.URGENT
            case (
                LetterKind.TICKET_NEW
                | LetterKind.TICKET_ANSWER
                | LetterKind.TICKET_STATE
                | LetterKind.TICKET_TASK
            ):
                return Priority.ANSWER
            case LetterKind.EXAM_CORRECTION:
                return Priority.CORRECTION
            case LetterKind.EXAM_REMINDER | LetterKind.REPORT:
                return Priority.USUAL

    @property
    def sent_again(self) -> bool:
        """Whether twice is better than never, where nobody knows if it arrived."""
        return self is not LetterKind.REPORT

    @property
    def waits_for_return(self) -> bool:
        """Whether somebody who had blocked us gets it when they write again."""
        return self is LetterKind.TICKET_ANSWER

    @property
    def silent_at_night(self) -> bool:
        """Goes out in quiet hours, but without a sound: nobody is woken for it."""
        return self in (LetterKind.TICKET_NEW, LetterKind.TICKET_STATE, LetterKind.TICKET_TASK)


class Fate(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class EnclosureKind(StrEnum):
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    AUDIO = "audio"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that Telegram keeps: named by its id, sent on without being fetched."""

    kind: EnclosureKind
    file_id: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message to one person, as it will be read: rendered when it is written.

    `key` is built from ids and dates, so that the same cause writes it once. `about` names what
    it speaks of, to find it again; `concerns` another person it speaks of: when they are
    forgotten, so is the letter. From `useful_until` on it is not sent any more.
    """

    key: str
    to: PersonId
    kind: LetterKind
    body: str
    due_at: datetime
    useful_until: datetime
    about: str = ""
    concerns: PersonId | None = None
    buttons: Buttons = ()
    priority: Priority | None = None

    def __post_init__(self) -> None:
        if shown_units(self.body) > LONGEST_MESSAGE:
            raise LetterTooLong(self.key)

    @property
    def urgency(self) -> Priority:
        return self.priority or self.kind.priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A letter taken to be carried, for the `attempt`th time.

    `doubts` grow each time it may have arrived without our knowing; `interrupted`: whoever took
    it before never said what came of it, which is one doubt.
    """

    id: LetterId
    letter: Letter
    address: TelegramId
    attempt: int
    doubts: int = 0
    reachable: bool = True
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    message_id: int


@dataclass(frozen=True, slots=True)
class NobodyThere:
    """They have blocked us, or are not there any more."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take it."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotYet:
    """It has not arrived; it may be tried again after the pause (None: as we see fit)."""

    after: timedelta | None
    reason: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """It may have arrived, or not."""

    reason: str


Outcome = Delivered | NobodyThere | Refused | NotYet | Unclear


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is recorded about a claimed letter; one that waits again does so until `try_at`.

    `doubts`: by how much they have grown.
    """

    claim: Claim
    fate: Fate
    at: datetime
    message_id: int | None = None
    reason: str | None = None
    try_at: datetime | None = None
    doubts: int = 0


def before_carrying(claim: Claim, *, now: datetime) -> Settled | None:
    """What is clear without carrying it; None if it has to be carried."""
    letter = claim.letter
    if claim.interrupted and not letter.kind.sent_again:
        return Settled(claim=claim, fate=Fate.UNKNOWN, at=now, reason="interrupted")
    if letter.useful_until <= now:
        # one that was taken before may have arrived all the same
        fate = Fate.UNKNOWN if claim.doubts else Fate.EXPIRED
        return Settled(claim=claim, fate=fate, at=now, reason="too late")
    if claim.doubts >= MOST_DOUBTS:
        return Settled(claim=claim, fate=Fate.UNKNOWN, at=now, reason=WITHOUT_ANSWER)
    if not claim.reachable:
        return Settled(claim=claim, fate=Fate.UNREACHABLE, at=now)
    return None


def after_carrying(claim: Claim, outcome: Outcome, *, now: datetime) -> Settled:
    """What is recorded about the outcome."""
    match outcome:
        case Delivered(message_id=message_id):
            return Settled(claim=claim, fate=Fate.DELIVERED, at=now, message_id=message_id)
        case NobodyThere():
            return Settled(claim=claim, fate=Fate.UNREACHABLE, at=now)
        case Refused(reason=reason):
            return Settled(claim=claim, fate=Fate.REFUSED, at=now, reason=reason)
        case NotYet(after=after, reason=reason):
            again = now + (pause_before(claim.attempt) if after is None else after)
            return Settled(claim=claim, fate=Fate.WAITING, at=now, reason=reason, try_at=again)
        case Unclear(reason=reason):
            return _after_silence(claim, reason, now)


def _after_silence(claim: Claim, reason: str, now: datetime) -> Settled:
    if not claim.letter.kind.sent_again:
        return Settled(claim=claim, fate=Fate.UNKNOWN, at=now, reason=reason)
    if claim.doubts + AFTER_SILENCE >= MOST_DOUBTS:
        return Settled(claim=claim, fate=Fate.UNKNOWN, at=now, reason=WITHOUT_ANSWER)
    return Settled(
        claim=claim,
        fate=Fate.WAITING,
        at=now,
        reason=reason,
        try_at=now + pause_before(claim.attempt),
        doubts=AFTER_SILENCE,
    )


def pause_before(attempt: int) -> timedelta:
    """Growing pauses, so that what is down is not hammered."""
    doublings: int = 2 ** min(attempt - 1, 10)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)
