"""What is said in a ticket: messages of who asked, of members, and notes among members."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from msgspec import Struct

from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.people.model import PersonId
from branch.tickets.errors import TextDoesNotFit
from branch.tickets.model import TicketId
from texts.telegram_html import shown, shown_units

LineId = NewType("LineId", int)

LONGEST_QUESTION: Final = 1000
LONGEST_ANSWER: Final = 2500
LONGEST_GIST: Final = 120
MOST_PARTS: Final = 20


class Side(StrEnum):
    """Whose line it is; who asked never sees a note."""

    ASKER = "asker"
    MEMBER = "member"
    NOTE = "note"


class Part(Struct, frozen=True, kw_only=True):
    """One message as somebody has just written it.

    `text` is Telegram HTML: what was typed, escaped, with its formatting. `message_id` is its
    number in the chat in which it was written, so that it is taken once however often it comes;
    `chat` that chat, where it is a group.
    """

    message_id: int
    text: str = ""
    enclosure: Enclosure | None = None
    album: str | None = None
    chat: int | None = None


class Line(Struct, frozen=True, kw_only=True):
    """One message of a ticket as it is kept. `author` is the member; nobody, for who asked."""

    id: LineId
    ticket: TicketId
    side: Side
    text: str
    at: datetime
    author: PersonId | None = None
    author_name: str | None = None
    enclosure: Enclosure | None = None
    album: str | None = None
    edited_at: datetime | None = None


def check(parts: Sequence[Part], *, longest: int) -> None:
    """Raises TextDoesNotFit where there is nothing in them, or more than a message carries."""
    length = sum(shown_units(part.text) for part in parts)
    blank = not any(part.enclosure or shown(part.text).strip() for part in parts)
    if blank or length > longest or len(parts) > MOST_PARTS:
        raise TextDoesNotFit


def joined(texts: Sequence[str]) -> str:
    """Several messages' texts as one."""
    return "\n".join(text for text in texts if text)


def just_asked(lines: Sequence[Line]) -> Sequence[Line]:
    """What who asked has said since the last answer."""
    asked: list[Line] = []
    for line in lines:
        if line.side is Side.MEMBER:
            asked = []
        elif line.side is Side.ASKER:
            asked.append(line)
    return asked


def latest(lines: Sequence[Line], *, most: int = 3500) -> Sequence[Line]:
    """The last lines that fit into one message, in order; at least one."""
    chosen: list[Line] = []
    for line in reversed(lines):
        most -= shown_units(line.text)
        if chosen and most < 0:
            break
        chosen.append(line)
    return chosen[::-1]


def gist_of(parts: Sequence[Part] | Sequence[Line]) -> str:
    """The beginning of what is said, as plain text in one line; what came with it, if nothing."""
    words = " ".join(shown(joined([part.text for part in parts])).split())
    if not words:
        words = " ".join(_sign(part.enclosure) for part in parts if part.enclosure)
    return words if len(words) <= LONGEST_GIST else f"{words[: LONGEST_GIST - 1]}…"


def album_of(lines: Sequence[Line], line: Line) -> Line:
    """The first line of the album that this one belongs to; itself, where it stands alone."""
    if line.album is None:
        return line
    same = (line.side, line.author, line.album)
    return next(each for each in lines if (each.side, each.author, each.album) == same)


def enclosed_in(lines: Sequence[Line] | Sequence[Part]) -> tuple[Enclosure, ...]:
    return tuple(line.enclosure for line in lines if line.enclosure is not None)


def _sign(enclosure: Enclosure) -> str:
    if enclosure.name:
        return f"📎 {enclosure.name}"
    return {EnclosureKind.PHOTO: "🖼", EnclosureKind.VOICE: "🎤"}.get(enclosure.kind, "📎")
