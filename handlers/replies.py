"""The one place that answers a person: edits on a tap, sends otherwise, splits what is long."""

import asyncio
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from telegram import (
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ExtBot

from branch.outbox.enclosures import Enclosure, packets
from branch.outbox.model import Buttons
from handlers.packing import NOT_EDITABLE, UNCHANGED, Way, buttons_of, send
from handlers.visit import current_visit
from texts.renderer import Texts
from texts.telegram_html import split

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TOO_LATE = ("query is too old", "query_id_invalid")


class Say:
    """Says a template in the person's language."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def label(self, name: str, /, **values: Any) -> str:
        """A button's words in the present person's language."""
        return self._texts.label(name, current_visit().language, **values)

    async def __call__(
        self,
        update: Update,
        template: str,
        /,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        anew: bool = False,
        toast: str = "",
        **values: Any,
    ) -> int:
        """Say it; the id of the message that carries the keyboard.

        A tap's own message is edited, unless `anew`; everything else is answered with a message.
        `toast` names a passing line that answers the tap beside it.
        """
        language = current_visit().language
        text = self._texts.render(template, language, **values)
        return await self.html(update, text, keyboard=keyboard, anew=anew, toast=toast)

    async def html(
        self,
        update: Update,
        text: str,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        anew: bool = False,
        toast: str = "",
    ) -> int:
        """Say ready Telegram HTML, the same way."""
        parts = split(text)
        passing = self.label(toast) if toast else ""
        query = update.callback_query
        if query is None:
            return await self._send(update, parts, keyboard)
        anew = anew or current_visit().anew or len(parts) > 1
        if anew or not isinstance(query.message, Message):
            await self.acknowledge(update, passing)
            return await self._send(update, parts, keyboard)
        # the waiting sign ends and the message changes at the same time
        _, edited = await asyncio.gather(
            self.acknowledge(update, passing), self._edit(query.message, text, keyboard)
        )
        return edited if edited is not None else await self._send(update, parts, keyboard)

    def text(self, template: str, /, **values: Any) -> str:
        """The message itself, for what is not sent by itself: a caption."""
        return self._texts.render(template, current_visit().language, **values)

    async def photo(
        self,
        update: Update,
        picture: bytes,
        caption: str,
        /,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        **values: Any,
    ) -> int:
        """Send a picture with a template below it, and say its number; a tap's own stays."""
        visit = current_visit()
        sent = await _bot_of(update).send_photo(
            visit.chat_id,
            InputFile(BytesIO(picture), filename="linghang.png"),
            caption=self.text(caption, **values),
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
        )
        return sent.message_id

    async def document(
        self,
        update: Update,
        data: bytes,
        filename: str,
        caption: str,
        /,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        **values: Any,
    ) -> None:
        """Send a file with a template below it; a tap's own message stays."""
        await _bot_of(update).send_document(
            current_visit().chat_id,
            InputFile(BytesIO(data), filename=filename),
            caption=self.text(caption, **values),
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
        )

    async def files(self, update: Update, enclosures: Sequence[Enclosure]) -> None:
        """Send files that Telegram keeps, as few messages as it allows; a tap's own stays."""
        visit = current_visit()
        for packet in packets("", enclosures):
            if packet.enclosures:
                way = Way(chat=visit.chat_id, silently=True, lane=None)
                await send(_bot_of(update), way, packet, None)

    async def packets(
        self, update: Update, body: str, enclosures: Sequence[Enclosure], buttons: Buttons
    ) -> None:
        """Send what a letter says, as it would arrive; a tap's own message stays.

        Raises BadRequest where Telegram does not take it.
        """
        way = Way(chat=current_visit().chat_id, silently=True, lane=None)
        markup = buttons_of(buttons)
        for packet in packets(body, enclosures):
            await send(_bot_of(update), way, packet, markup)
            markup = None

    async def over(
        self,
        update: Update,
        message_id: int,
        template: str,
        /,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        **values: Any,
    ) -> None:
        """Say it in the place of an earlier message of ours in this chat, if that is there."""
        try:
            await _bot_of(update).edit_message_text(
                self.text(template, **values),
                current_visit().chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if not _says(error, (*NOT_EDITABLE, UNCHANGED)):
                raise

    async def offer(
        self,
        update: Update,
        results: Sequence[InlineQueryResultArticle],
        *,
        above: InlineQueryResultsButton | None = None,
        seconds: int = 0,
    ) -> None:
        """Show to who types in some chat what they can send there; who typed on has moved on.

        The person's client shows the same again for so many `seconds`.
        """
        query = update.inline_query
        assert query is not None
        try:
            await _bot_of(update).answer_inline_query(
                query.id, results, button=above, cache_time=seconds, is_personal=True
            )
        except BadRequest as error:
            if not _says(error, _TOO_LATE):
                raise

    async def toast(self, update: Update, name: str, *, alert: bool = False, **values: Any) -> None:
        """Answer a tap with a passing line (at most 200 characters) and nothing else."""
        await self.acknowledge(update, self.label(name, **values), alert=alert)

    async def acknowledge(self, update: Update, text: str = "", *, alert: bool = False) -> None:
        """Stop the tap's waiting sign; one that waited too long has stopped already."""
        assert update.callback_query is not None
        try:
            await update.callback_query.answer(text or None, show_alert=alert)
        except BadRequest as error:
            if not _says(error, _TOO_LATE):
                raise

    async def buttons_below(self, update: Update, markup: InlineKeyboardMarkup | None) -> None:
        """Have other buttons below the message that was tapped."""
        assert update.callback_query is not None
        try:
            await update.callback_query.edit_message_reply_markup(markup)
        except BadRequest as error:
            if not _says(error, (*NOT_EDITABLE, UNCHANGED)):
                raise

    async def lead_to(self, update: Update, link: str) -> None:
        """Answer a tap by opening a link to ourselves."""
        assert update.callback_query is not None
        try:
            await update.callback_query.answer(url=link)
        except BadRequest as error:
            if not _says(error, _TOO_LATE):
                raise

    async def _edit(
        self, message: Message, text: str, keyboard: InlineKeyboardMarkup | None
    ) -> int | None:
        """Edit the message; its id, or None where Telegram no longer lets us."""
        try:
            await message.edit_text(
                text,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if _says(error, NOT_EDITABLE):
                return None
            if not _says(error, (UNCHANGED,)):
                raise
        return message.message_id

    async def _send(
        self, update: Update, parts: list[str], keyboard: InlineKeyboardMarkup | None
    ) -> int:
        visit = current_visit()
        sent_id = 0
        for index, part in enumerate(parts):
            last = index == len(parts) - 1
            sent = await _bot_of(update).send_message(
                visit.chat_id,
                part,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard if last else None,
                link_preview_options=_NO_PREVIEW,
                reply_parameters=_reply_to(update) if not visit.private else None,
                message_thread_id=_topic_of(update),
            )
            sent_id = sent.message_id
        return sent_id


def _bot_of(update: Update) -> ExtBot[Any]:
    bot = update.get_bot()
    assert isinstance(bot, ExtBot), "the application's own"
    return bot


def _reply_to(update: Update) -> ReplyParameters | None:
    message = update.effective_message
    if message is None:
        return None
    return ReplyParameters(message.message_id, allow_sending_without_reply=True)


def _topic_of(update: Update) -> int | None:
    """The topic of a group in which we are spoken to."""
    message = update.effective_message
    return message.message_thread_id if message and message.is_topic_message else None


def _says(error: BadRequest, signs: tuple[str, ...]) -> bool:
    return any(sign in error.message.lower() for sign in signs)
