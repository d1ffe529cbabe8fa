"""A message as a part of a ticket: what was typed, as typed, and the file that came with it."""

import html

from telegram import Message

from branch.outbox.enclosures import Enclosure, EnclosureKind
from branch.tickets.thread import Part


def part_of(message: Message, *, in_group: bool = False) -> Part:
    """`in_group`: the message's number is that chat's, not the person's own."""
    return Part(
        message_id=message.message_id,
        text=(message.text_html if message.text else message.caption_html).strip(),
        enclosure=_enclosure(message),
        album=message.media_group_id,
        chat=message.chat_id if in_group else None,
    )


def typed(text: str, *, message_id: int) -> Part:
    """Plain text as a part; what looks like markup in it is shown as typed."""
    return Part(message_id=message_id, text=html.escape(text.strip(), quote=False))


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
