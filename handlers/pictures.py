"""Shows pictures that follow each other: in the place of the one that was tapped."""

from typing import Any

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.ext import ExtBot

from handlers.packing import Way, repaint
from handlers.replies import Say
from handlers.visit import current_visit


class Pictures:
    def __init__(self, say: Say) -> None:
        self._say = say

    async def show(
        self,
        update: Update,
        picture: bytes,
        caption: str,
        /,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        **values: Any,
    ) -> None:
        """With a template below it; where no picture was tapped, or it is too old, as a new one."""
        query, bot = update.callback_query, update.get_bot()
        if query is not None:
            await self._say.acknowledge(update)
        tapped = query.message if query is not None else None
        if isinstance(tapped, Message) and tapped.photo and isinstance(bot, ExtBot):
            way = Way(chat=current_visit().chat_id, silently=True, lane=None)
            words = self._say.text(caption, **values)
            if await repaint(bot, way, tapped.message_id, picture, words, keyboard):
                return
        await self._say.photo(update, picture, caption, keyboard=keyboard, **values)
