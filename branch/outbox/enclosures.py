"""Files that go with a letter, and how a letter and its files become messages of Telegram's."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from typing import Final

from msgspec import Struct

from texts.telegram_html import shown_units

LONGEST_CAPTION: Final = 1024
MOST_IN_ALBUM: Final = 10


class EnclosureKind(StrEnum):
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    AUDIO = "audio"
    VOICE = "voice"

    @property
    def album(self) -> str | None:
        """What it can share an album with; a voice message with nothing."""
        match self:
            case EnclosureKind.PHOTO | EnclosureKind.VIDEO:
                return "pictures"
            case EnclosureKind.DOCUMENT | EnclosureKind.AUDIO:
                return str(self)
            case EnclosureKind.VOICE:
                return None


class Enclosure(Struct, frozen=True):
    """A file that Telegram keeps: named by its id, sent on without being fetched."""

    kind: EnclosureKind
    file_id: str
    name: str | None = None


class Packet(Struct, frozen=True):
    """One message: a text, a file with a caption, or an album without one."""

    text: str
    enclosures: tuple[Enclosure, ...] = ()


def packets(body: str, enclosures: Sequence[Enclosure]) -> Sequence[Packet]:
    """The messages of a letter, the one with its text (and its buttons) first."""
    if not enclosures:
        return [Packet(body)]
    if captioned(body, enclosures):
        return [Packet(body, tuple(enclosures))]
    return [Packet(body), *(Packet("", each) for each in _albums(enclosures))]


def captioned(body: str, enclosures: Sequence[Enclosure]) -> bool:
    """Whether the words stand below the file, in one message."""
    return len(enclosures) == 1 and shown_units(body) <= LONGEST_CAPTION


def _albums(enclosures: Sequence[Enclosure]) -> Sequence[tuple[Enclosure, ...]]:
    """Neighbours that may stand in one album, ten at most."""
    albums: list[tuple[Enclosure, ...]] = []
    for album, group in groupby(enclosures, key=lambda each: each.kind.album):
        files = tuple(group)
        size = MOST_IN_ALBUM if album else 1
        albums += [files[at : at + size] for at in range(0, len(files), size)]
    return albums
