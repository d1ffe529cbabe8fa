"""A message as a part of a ticket: what was typed, as typed, and the file that came with it."""

import html
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from telegram import Message
from telegram.ext import filters

from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.tickets.thread import Line, Part
from texts.telegram_html import shown

NOTE = "//"
"""What a message begins with that is for members only."""
FILES = filters.PHOTO | filters.Document.ALL | filters.VOICE | filters.VIDEO | filters.AUDIO
"""What can go with a text into a ticket."""
WRITTEN = filters.UpdateType.MESSAGE & (filters.TEXT | FILES) & ~filters.COMMAND


def part_of(message: Message, *, in_group: bool = False) -> Part:
    """`in_group`: the message's number is that chat's, not the person's own."""
    return Part(
        message_id=message.message_id,
        text=_written(message),
        enclosure=_enclosure(message),
        album=message.media_group_id,
        chat=message.chat_id if in_group else None,
    )


def note_in(part: Part) -> Part | None:
    """The note that a message is, without the slashes that make it one; None for any other."""
    if not shown(part.text).lstrip().startswith(NOTE):
        return None
    return replace(part, text=part.text.lstrip().removeprefix(NOTE).lstrip())


def typed(text: str, *, message_id: int) -> Part:
    """Plain text as a part; what looks like markup in it is shown as typed."""
    return Part(message_id=message_id, text=html.escape(text.strip(), quote=False))


def one_letter(parts: Sequence[Part]) -> Sequence[Part]:
    """As few parts as they can become: what was typed in several messages is one text.

    What carries a file stays a part of its own; the text goes before it.
    """
    texts = [part for part in parts if part.enclosure is None]
    files = [part for part in parts if part.enclosure is not None]
    if not texts:
        return files
    words = "\n\n".join(part.text for part in texts if shown(part.text).strip())
    return [Part(message_id=texts[0].message_id, text=words), *files]


def attached(enclosures: Sequence[Enclosure | None], label: Callable[..., str]) -> list[str]:
    """What came with it, in words: so many pictures, the names of the files."""
    found = [each for each in enclosures if each is not None]
    named = [each.name for each in found if each.name and each.kind is not EnclosureKind.PHOTO]
    nameless = Counter(
        each.kind for each in found if not each.name or each.kind is EnclosureKind.PHOTO
    )
    return [label(f"attached.{kind}", count=count) for kind, count in nameless.items()] + named


def as_said(lines: Sequence[Line], label: Callable[..., str]) -> list[dict[str, Any]]:
    """Lines as the templates show them."""
    return [
        {
            "side": str(line.side),
            "text": line.text,
            "who": line.author_name,
            "at": line.at,
            "attached": attached([line.enclosure], label),
            "edited": line.edited_at is not None,
        }
        for line in lines
    ]


def _written(message: Message) -> str:
    if message.text:
        return message.text_html.strip()
    return message.caption_html.strip() if message.caption else ""


def _enclosure(message: Message) -> Enclosure | None:
    if message.photo:
        return Enclosure(EnclosureKind.PHOTO, message.photo[-1].file_id)
    if message.voice:
        return Enclosure(EnclosureKind.VOICE, message.voice.file_id)
    named = (
        (EnclosureKind.DOCUMENT, message.document),
        (EnclosureKind.VIDEO, message.video),
        (EnclosureKind.AUDIO, message.audio),
    )
    for kind, file in named:
        if file:
            return Enclosure(kind, file.file_id, file.file_name)
    return None
