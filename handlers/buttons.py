"""The complete vocabulary of taps: what a button means, packed into Telegram's 64 bytes."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self

from msgspec import Struct
from msgspec.structs import astuple, fields
from telegram import InlineKeyboardMarkup, Update

from branch.guidance.feedback import Reason

LONGEST = 64


class ButtonTooLong(ValueError):
    """Telegram carries at most 64 bytes with a tap."""


class Button(Struct, frozen=True):
    """What a tap says. Its fields are ints, strings without colons, or string enums."""

    name: ClassVar[str]

    def pack(self) -> str:
        packed = ":".join([self.name, *map(str, astuple(self))])
        if len(packed.encode()) > LONGEST:
            raise ButtonTooLong(packed)
        return packed

    @classmethod
    def unpack(cls, data: str) -> Self | None:
        """The tap that `data` says; None if it is another button's, or forged."""
        name, *values = data.split(":")
        if name != cls.name or len(values) != len(cls.__struct_fields__):
            return None
        try:
            return cls(*map(_read, _shapes(cls), values))
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


@cache
def _shapes(button: type[Button]) -> tuple[Any, ...]:
    """Of its fields; looked up when the first such tap comes."""
    return tuple(each.type for each in fields(button))


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


class ShowMenu(Button, frozen=True):
    name = "menu"


class ShowHelp(Button, frozen=True):
    name = "help"


class ShowCalendar(Button, frozen=True):
    name = "cal"
    intake: int  # 0: the person's own


class ShowTopics(Button, frozen=True):
    name = "topics"


class ShowTopic(Button, frozen=True):
    name = "topic"
    topic: str
    page: int


class ShowEntry(Button, frozen=True):
    name = "entry"
    slug: str


class ChooseEntry(Button, frozen=True):
    """One of the offered choices, for the question number `part` of the message `asked`."""

    name = "pick"
    asked: int
    part: int
    slug: str


class NoneOfThese(Button, frozen=True):
    name = "none"
    asked: int
    part: int


class Helpful(Button, frozen=True):
    name = "good"
    slug: str


class NotHelpful(Button, frozen=True):
    name = "bad"
    slug: str


class GiveReason(Button, frozen=True):
    name = "why"
    reason: Reason
    slug: str


class WriteWords(Button, frozen=True):
    """Say in one's own words what is wrong with the entry."""

    name = "words"
    slug: str


class AskMember(Button, frozen=True):
    """Hand on to a person the question number `part` of the message `asked`; 0: the last one."""

    name = "member"
    asked: int
    part: int


class ShowTickets(Button, frozen=True):
    name = "tickets"


class ShowTicket(Button, frozen=True):
    name = "ticket"
    ticket: int


class CloseTicket(Button, frozen=True):
    name = "close"
    ticket: int


class ShowDesk(Button, frozen=True):
    name = "desk"
    page: int


class TakeTicket(Button, frozen=True):
    """Have the ticket in hand and answer it."""

    name = "take"
    ticket: int


class ShowUnanswered(Button, frozen=True):
    name = "unanswered"


class ShowLanguages(Button, frozen=True):
    name = "langs"


class Speak(Button, frozen=True):
    name = "lang"
    language: str


class ShowMyPage(Button, frozen=True):
    name = "me"


class ShowProfile(Button, frozen=True):
    name = "profile"


class EditYear(Button, frozen=True):
    """`field` is `cohort` or `intake`."""

    name = "edit"
    field: str


class EditClass(Button, frozen=True):
    name = "editclass"


class ChooseYear(Button, frozen=True):
    name = "year"
    year: int  # 0: none of the offered


class ShowPrivacy(Button, frozen=True):
    name = "privacy"


class ExportMine(Button, frozen=True):
    name = "export"


class DeleteMine(Button, frozen=True):
    name = "delete"


class Agree(Button, frozen=True):
    name = "agree"


class Decline(Button, frozen=True):
    name = "decline"


class Confirm(Button, frozen=True):
    name = "yes"


class Back(Button, frozen=True):
    name = "back"


class Leave(Button, frozen=True):
    """Give up what one is in the middle of."""

    name = "leave"


class StartInvite(Button, frozen=True):
    name = "invite"


class ChooseRole(Button, frozen=True):
    name = "role"
    role: str


class ChooseTerm(Button, frozen=True):
    name = "term"
    until_year: int  # the term ends on 31 August of it; 0: no end


class ShowRoles(Button, frozen=True):
    name = "roles"
    page: int


class AskEndRole(Button, frozen=True):
    name = "end?"
    grant: int


class EndRole(Button, frozen=True):
    name = "end"
    grant: int


class ShowAudit(Button, frozen=True):
    name = "audit"
    before: int  # 0: the newest
