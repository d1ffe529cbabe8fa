"""The complete vocabulary of taps: what a button means, packed into Telegram's 64 bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar, Self

from telegram import InlineKeyboardMarkup, Update

from branch.guidance.feedback import Reason

LONGEST = 64


class ButtonTooLong(ValueError):
    """Telegram carries at most 64 bytes with a tap."""


@dataclass(frozen=True, slots=True)
class Button:
    """What a tap says. Its fields are ints, strings without colons, or string enums."""

    name: ClassVar[str]

    def pack(self) -> str:
        packed = ":".join([self.name, *(str(getattr(self, each.name)) for each in fields(self))])
        if len(packed.encode()) > LONGEST:
            raise ButtonTooLong(packed)
        return packed

    @classmethod
    def unpack(cls, data: str) -> Self | None:
        """The tap that `data` says; None if it is another button's, or forged."""
        name, *values = data.split(":")
        expected = fields(cls)
        if name != cls.name or len(values) != len(expected):
            return None
        try:
            return cls(
                *(_read(each.type, value) for each, value in zip(expected, values, strict=True))
            )
        except ValueError:
            return None

    @classmethod
    def matches(cls, data: object) -> bool:
        """For CallbackQueryHandler's `pattern`."""
        return isinstance(data, str) and cls.unpack(data) is not None

    @classmethod
    def tapped(cls, update: Update) -> Self:
        """The tap of an update that `matches` let through."""
        assert update.callback_query is not None
        tap = cls.unpack(str(update.callback_query.data))
        assert tap is not None, "the handler's pattern is this class's"
        return tap


def _read(shape: Any, value: str) -> Any:
    if shape is int or (isinstance(shape, type) and issubclass(shape, StrEnum)):
        return shape(value)
    return value


Row = Sequence[tuple[str, Button | str]]


class Keyboard(InlineKeyboardMarkup):
    """The library's markup, built straight as what is sent.

    The library makes an object of every button and takes it apart again, which costs as much as
    a database query; nobody looks at the objects in between.
    """

    __slots__ = ("_rows",)

    def __init__(self, rows: list[list[dict[str, str]]]) -> None:
        super().__init__(())
        with self._unfrozen():
            self._rows = rows

    def to_dict(self, recursive: bool = True) -> dict[str, Any]:  # noqa: FBT001, FBT002 -- the library's signature
        return {"inline_keyboard": self._rows}


def keyboard(*rows: Row) -> Keyboard | None:
    """Rows of (label, what it says), a string being an address to open; None without any."""
    built = [
        [
            {"text": label, "url": meaning}
            if isinstance(meaning, str)
            else {"text": label, "callback_data": meaning.pack()}
            for label, meaning in row
        ]
        for row in rows
        if row
    ]
    return Keyboard(built) if built else None


@dataclass(frozen=True, slots=True)
class ShowMenu(Button):
    name = "menu"


@dataclass(frozen=True, slots=True)
class ShowHelp(Button):
    name = "help"


@dataclass(frozen=True, slots=True)
class ShowCalendar(Button):
    name = "cal"
    intake: int  # 0: the person's own


@dataclass(frozen=True, slots=True)
class ShowTopics(Button):
    name = "topics"


@dataclass(frozen=True, slots=True)
class ShowTopic(Button):
    name = "topic"
    topic: str
    page: int


@dataclass(frozen=True, slots=True)
class ShowEntry(Button):
    name = "entry"
    slug: str


@dataclass(frozen=True, slots=True)
class ChooseEntry(Button):
    """One of the offered choices, for the question number `part` of the message `asked`."""

    name = "pick"
    asked: int
    part: int
    slug: str


@dataclass(frozen=True, slots=True)
class NoneOfThese(Button):
    name = "none"
    asked: int
    part: int


@dataclass(frozen=True, slots=True)
class Helpful(Button):
    name = "good"
    slug: str


@dataclass(frozen=True, slots=True)
class NotHelpful(Button):
    name = "bad"
    slug: str


@dataclass(frozen=True, slots=True)
class GiveReason(Button):
    name = "why"
    reason: Reason
    slug: str


@dataclass(frozen=True, slots=True)
class WriteWords(Button):
    """Say in one's own words what is wrong with the entry."""

    name = "words"
    slug: str


@dataclass(frozen=True, slots=True)
class AskMember(Button):
    """Hand on to a person the question number `part` of the message `asked`; 0: the last one."""

    name = "member"
    asked: int
    part: int


@dataclass(frozen=True, slots=True)
class ShowTickets(Button):
    name = "tickets"


@dataclass(frozen=True, slots=True)
class ShowTicket(Button):
    name = "ticket"
    ticket: int


@dataclass(frozen=True, slots=True)
class CloseTicket(Button):
    name = "close"
    ticket: int


@dataclass(frozen=True, slots=True)
class ShowDesk(Button):
    name = "desk"
    page: int


@dataclass(frozen=True, slots=True)
class TakeTicket(Button):
    """Have the ticket in hand and answer it."""

    name = "take"
    ticket: int


@dataclass(frozen=True, slots=True)
class ShowUnanswered(Button):
    name = "unanswered"


@dataclass(frozen=True, slots=True)
class ShowLanguages(Button):
    name = "langs"


@dataclass(frozen=True, slots=True)
class Speak(Button):
    name = "lang"
    language: str


@dataclass(frozen=True, slots=True)
class ShowMyPage(Button):
    name = "me"


@dataclass(frozen=True, slots=True)
class ShowProfile(Button):
    name = "profile"


@dataclass(frozen=True, slots=True)
class EditYear(Button):
    """`field` is `cohort` or `intake`."""

    name = "edit"
    field: str


@dataclass(frozen=True, slots=True)
class EditClass(Button):
    name = "editclass"


@dataclass(frozen=True, slots=True)
class ChooseYear(Button):
    name = "year"
    year: int  # 0: none of the offered


@dataclass(frozen=True, slots=True)
class ShowPrivacy(Button):
    name = "privacy"


@dataclass(frozen=True, slots=True)
class ExportMine(Button):
    name = "export"


@dataclass(frozen=True, slots=True)
class DeleteMine(Button):
    name = "delete"


@dataclass(frozen=True, slots=True)
class Agree(Button):
    name = "agree"


@dataclass(frozen=True, slots=True)
class Decline(Button):
    name = "decline"


@dataclass(frozen=True, slots=True)
class Confirm(Button):
    name = "yes"


@dataclass(frozen=True, slots=True)
class Back(Button):
    name = "back"


@dataclass(frozen=True, slots=True)
class Leave(Button):
    """Give up what one is in the middle of."""

    name = "leave"


@dataclass(frozen=True, slots=True)
class StartInvite(Button):
    name = "invite"


@dataclass(frozen=True, slots=True)
class ChooseRole(Button):
    name = "role"
    role: str


@dataclass(frozen=True, slots=True)
class ChooseTerm(Button):
    name = "term"
    until_year: int  # the term ends on 31 August of it; 0: no end


@dataclass(frozen=True, slots=True)
class ShowRoles(Button):
    name = "roles"
    page: int


@dataclass(frozen=True, slots=True)
class AskEndRole(Button):
    name = "end?"
    grant: int


@dataclass(frozen=True, slots=True)
class EndRole(Button):
    name = "end"
    grant: int


@dataclass(frozen=True, slots=True)
class ShowAudit(Button):
    name = "audit"
    before: int  # 0: the newest
