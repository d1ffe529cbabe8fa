"""A letter, what may become of it, and the moves between; nothing here touches a database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from msgspec import Struct

from branch.outbox.chats import ChatId
from branch.outbox.enclosures import Enclosure
from branch.outbox.kinds import Act, LetterKind, Priority
from branch.people.model import PersonId
from texts.language import Language
from texts.telegram_html import LONGEST_MESSAGE, shown_units

LetterId = NewType("LetterId", int)
Buttons = Sequence[Sequence[tuple[str, str]]]
"""Rows of (label, what a tap says, or an address to open)."""


class LetterTooLong(ValueError):
    """It would not fit into one message of Telegram's."""


class Fate(StrEnum):
    WAITING = "waiting"
    HELD = "held"
    """Somebody has stopped what it belongs to; it waits again when they let it go on."""
    DELIVERED = "delivered"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Letter(Struct, frozen=True, kw_only=True):
    """One message to one person or one group, as it will be read: rendered when it is written.

    `key` is built from ids and dates, so that the same cause writes it once. `about` names what
    it speaks of, to find it again; `concerns` another person it speaks of: when they are
    forgotten, so is the letter. From `useful_until` on it is not sent any more. `reply_to` is the
    message of the person's that it answers.

    In a group, letters about one thing stand together: the one that `opens` the thread, called
    `topic`, comes first.

    One that edits or deletes does so to the messages `target`; `instead` is what is said where
    Telegram does not let us edit any more. `silent` ones make no sound.
    """

    key: str
    to: PersonId | None = None
    to_chat: ChatId | None = None
    kind: LetterKind
    body: str
    due_at: datetime
    useful_until: datetime
    about: str = ""
    concerns: PersonId | None = None
    buttons: Buttons = ()
    enclosures: tuple[Enclosure, ...] = ()
    reply_to: int | None = None
    topic: str | None = None
    opens: bool = False
    priority: Priority | None = None
    act: Act = Act.SEND
    target: tuple[int, ...] = ()
    instead: str = ""
    silent: bool = False

    def __post_init__(self) -> None:
        assert (self.to is None) != (self.to_chat is None), "to a person or to a group"
        # a character is at most two units: most bodies need no closer look
        if 2 * len(self.body) > LONGEST_MESSAGE and shown_units(self.body) > LONGEST_MESSAGE:
            raise LetterTooLong(self.key)

    @property
    def urgency(self) -> Priority:
        return self.priority or self.kind.priority


class Place(Struct, frozen=True, kw_only=True):
    """Where in a group a letter belongs.

    `begun`: what opens the thread is there; it is then the topic `thread`, or follows `first`.
    """

    has_topics: bool
    begun: bool = False
    thread: int | None = None
    first: int | None = None


class Claim(Struct, frozen=True, kw_only=True):
    """A letter taken to be carried, for the `attempt`th time.

    `address` is Telegram's number of the person or the group. `doubts` grow each time it may have
    arrived without our knowing; `interrupted`: whoever took it before never said what came of it,
    which is one doubt.
    """

    id: LetterId
    letter: Letter
    address: int
    attempt: int
    doubts: int = 0
    reachable: bool = True
    interrupted: bool = False
    place: Place | None = None


class Mail(Struct, frozen=True, kw_only=True):
    """A letter as its writer looks after it: whether it has set out, and what it has become.

    `captioned`: its words stand below its file.
    """

    key: str
    person: PersonId
    language: Language
    fate: Fate
    under_way: bool
    captioned: bool = False
    messages: tuple[int, ...] = ()
    settled_at: datetime | None = None


class Delivered(Struct, frozen=True):
    """`more`: the messages besides the first; `lacking`: why a file could not go with it."""

    message_id: int
    more: tuple[int, ...] = ()
    thread: int | None = None
    lacking: str | None = None


class NobodyThere(Struct, frozen=True):
    """They have blocked us, or are not there any more."""


class Moved(Struct, frozen=True):
    """The group has another number now."""

    to: int


class Refused(Struct, frozen=True):
    """Telegram will never take it."""

    reason: str


class NotYet(Struct, frozen=True):
    """It has not arrived; it may be tried again after the pause (None: as we see fit)."""

    after: timedelta | None
    reason: str


class Unclear(Struct, frozen=True):
    """It may have arrived, or not."""

    reason: str


Outcome = Delivered | NobodyThere | Moved | Refused | NotYet | Unclear


class Settled(Struct, frozen=True, kw_only=True):
    """What is recorded about a claimed letter; one that waits again does so until `try_at`.

    `doubts`: by how much they have grown.
    """

    claim: Claim
    fate: Fate
    at: datetime
    message_id: int | None = None
    more: tuple[int, ...] = ()
    thread: int | None = None
    reason: str | None = None
    try_at: datetime | None = None
    moved_to: int | None = None
    doubts: int = 0
