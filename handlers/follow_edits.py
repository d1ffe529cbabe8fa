"""Somebody edits what they wrote: a form, a ticket or the answer to a question follows."""

import contextlib

from telegram import Update
from telegram.ext import MessageHandler, filters

from branch.tickets.asking import QuestionBox
from branch.tickets.errors import TextDoesNotFit
from branch.tickets.thread import LONGEST_QUESTION
from handlers.ask_guidance import AskGuidance
from handlers.conversation import Conversations, Handler
from handlers.incoming import message_of, text_of
from handlers.parts import part_of
from handlers.replies import Say
from handlers.visit import Context


class FollowEdits:
    def __init__(
        self,
        *,
        conversations: Conversations,
        box: QuestionBox,
        asking: AskGuidance,
        say: Say,
    ) -> None:
        self._conversations = conversations
        self._box = box
        self._asking = asking
        self._say = say

    def handlers(self) -> list[Handler]:
        in_private = filters.UpdateType.EDITED_MESSAGE & filters.ChatType.PRIVATE
        return [MessageHandler(in_private, self.edited)]

    async def edited(self, update: Update, context: Context) -> None:
        """Of a form that is open first; then of a ticket; else it is asked as it reads now."""
        if await self._conversations.follow_edit(update, context):
            return
        if await self._in_ticket(update, context):
            return
        text = text_of(update)
        if context.visit.talk is not None:
            await self._say(update, "odds/edited_in_form")
            await self._conversations.show_again(update, context)
        elif text and not text.startswith("/"):
            await self._asking.answer(update, text)

    async def _in_ticket(self, update: Update, context: Context) -> bool:
        visit, message = context.visit, message_of(update)
        if visit.person is None:
            return False
        part = part_of(message)
        with contextlib.suppress(TextDoesNotFit):
            ticket = await self._box.edit(
                visit.person,
                part.message_id,
                part.text,
                edited_at=message.edit_date or visit.moment,
                now=visit.moment,
            )
            if ticket is not None:
                await self._say(update, "tickets/edit_followed", number=ticket.id)
            return ticket is not None
        await self._say(update, "tickets/too_long", most=LONGEST_QUESTION)
        return True
