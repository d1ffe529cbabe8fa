"""Puts one message of a letter into a chat: a text, a file with its caption, or an album."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
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
from telegram.error import BadRequest
from telegram.ext import ExtBot

from branch.outbox.enclosures import Enclosure, EnclosureKind, Packet
from branch.outbox.model import Buttons
from handlers.buttons import Keyboard
from handlers.plain_texts import send_text

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_ADDRESSES: Final = ("https://", "http://", "tg://")
UNCHANGED: Final = "message is not modified"
NOT_EDITABLE: Final = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
)
_IN_ALBUMS: Final = {
    EnclosureKind.PHOTO: InputMediaPhoto,
    EnclosureKind.VIDEO: InputMediaVideo,
    EnclosureKind.DOCUMENT: InputMediaDocument,
    EnclosureKind.AUDIO: InputMediaAudio,
}


class Way(Struct, frozen=True, kw_only=True):
    """Where a message goes, and how: quietly, in the bulk lane, in a thread, as a reply."""

    chat: int
    silently: bool
    lane: str | None
    thread: int | None = None
    reply_to: int | None = None

    def parameters(self, text: str, keyboard: InlineKeyboardMarkup | None) -> dict[str, Any]:
        """The options of a text as the Bot API spells them."""
        given: dict[str, Any] = {
            "chat_id": self.chat,
            "text": text,
            "parse_mode": ParseMode.HTML.value,
            "link_preview_options": {"is_disabled": True},
            "disable_notification": self.silently,
        }
        if self.thread is not None:
            given["message_thread_id"] = self.thread
        if self.reply_to is not None:
            given["reply_parameters"] = {
                "message_id": self.reply_to,
                "allow_sending_without_reply": True,
            }
        if keyboard is not None:
            given["reply_markup"] = keyboard.to_dict()
        return given

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
    return [await send_text(bot, way.parameters(packet.text, keyboard), way.lane)]


async def edit(
    bot: ExtBot[Any],
    way: Way,
    message_id: int,
    packet: Packet,
    keyboard: InlineKeyboardMarkup | None,
) -> bool:
    """Have a message of ours say this instead; False where Telegram does not let us any more."""
    options: dict[str, Any] = {
        "chat_id": way.chat,
        "message_id": message_id,
        "parse_mode": ParseMode.HTML,
        "reply_markup": keyboard,
        "rate_limit_args": way.lane,
    }
    try:
        if packet.enclosures:
            await bot.edit_message_caption(caption=packet.text, **options)
        else:
            await bot.edit_message_text(
                text=packet.text, link_preview_options=_NO_PREVIEW, **options
            )
    except BadRequest as error:
        words = error.message.lower()
        if any(sign in words for sign in NOT_EDITABLE):
            return False
        if UNCHANGED not in words:
            raise
    return True


async def repaint(
    bot: ExtBot[Any],
    way: Way,
    message_id: int,
    picture: bytes,
    caption: str,
    keyboard: InlineKeyboardMarkup | None,
) -> bool:
    """Have a picture of ours be another one; False where Telegram does not let us any more."""
    media = InputMediaPhoto(picture, caption=caption, parse_mode=ParseMode.HTML)
    try:
        await bot.edit_message_media(
            media, way.chat, message_id, reply_markup=keyboard, rate_limit_args=way.lane
        )
    except BadRequest as error:
        words = error.message.lower()
        if any(sign in words for sign in NOT_EDITABLE):
            return False
        if UNCHANGED not in words:
            raise
    return True


async def take_back(bot: ExtBot[Any], way: Way, messages: Sequence[int]) -> None:
    """Delete messages of ours; those that are gone already are passed over."""
    await bot.delete_messages(way.chat, list(messages), rate_limit_args=way.lane)


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


def buttons_of(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """A letter's buttons as Telegram's."""
    if not buttons:
        return None
    return Keyboard(
        [
            [
                {
                    "text": label,
                    "url" if meaning.startswith(_ADDRESSES) else "callback_data": meaning,
                }
                for label, meaning in row
            ]
            for row in buttons
        ]
    )
