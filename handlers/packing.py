"""Puts one message of a letter into a chat: a text, a file with its caption, or an album."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from telegram import (
    InlineKeyboardMarkup,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.ext import ExtBot

from branch.outbox.enclosures import Enclosure, EnclosureKind, Packet

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_IN_ALBUMS: Final = {
    EnclosureKind.PHOTO: InputMediaPhoto,
    EnclosureKind.VIDEO: InputMediaVideo,
    EnclosureKind.DOCUMENT: InputMediaDocument,
    EnclosureKind.AUDIO: InputMediaAudio,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a message goes, and how: quietly, in the bulk lane, in a thread, as a reply."""

    chat: int
    silently: bool
    lane: str | None
    thread: int | None = None
    reply_to: int | None = None

    def options(self) -> dict[str, Any]:
        reply = None
        if self.reply_to is not None:
            # what it answers may have been deleted
            reply = ReplyParameters(self.reply_to, allow_sending_without_reply=True)
        return {
            "chat_id": self.chat,
            "disable_notification": self.silently,
            "rate_limit_args": self.lane,
            "message_thread_id": self.thread,
            "reply_parameters": reply,
        }


async def send(
    bot: ExtBot[Any], way: Way, packet: Packet, keyboard: InlineKeyboardMarkup | None
) -> Sequence[int]:
    """The numbers of the messages it has become."""
    files = packet.enclosures
    if len(files) > 1:
        album = [_IN_ALBUMS[each.kind](each.file_id) for each in files]
        sent = await bot.send_media_group(media=album, **way.options())
        return [each.message_id for each in sent]
    options = way.options() | {"parse_mode": ParseMode.HTML, "reply_markup": keyboard}
    if files:
        return [(await _send_file(bot, files[0], packet.text, options)).message_id]
    message = await bot.send_message(text=packet.text, link_preview_options=_NO_PREVIEW, **options)
    return [message.message_id]


async def _send_file(
    bot: ExtBot[Any], file: Enclosure, caption: str, options: dict[str, Any]
) -> Message:
    options = options | {"caption": caption or None}
    match file.kind:
        case EnclosureKind.PHOTO:
            return await bot.send_photo(photo=file.file_id, **options)
        case EnclosureKind.VIDEO:
            return await bot.send_video(video=file.file_id, **options)
        case EnclosureKind.DOCUMENT:
            return await bot.send_document(document=file.file_id, **options)
        case EnclosureKind.AUDIO:
            return await bot.send_audio(audio=file.file_id, **options)
        case EnclosureKind.VOICE:
            return await bot.send_voice(voice=file.file_id, **options)
