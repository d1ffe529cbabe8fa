"""Somebody edits what they wrote: a form, a ticket or the answer to a question follows."""

import contextlib

from telegram import Update
from telegram.ext import MessageHandler, filters

from branch.people.model import Role
from branch.tickets.asking import QuestionBox
from branch.tickets.errors import TextDoesNotFit
from branch.tickets.member_edits import MemberEdits
from branch.tickets.thread import LONGEST_ANSWER, LONGEST_QUESTION, Side
from handlers.ask_guidance import AskGuidance
from handlers.conversation import Conversations, Handler
from handlers.incoming import message_of, text_of
from handlers.parts import note_in, part_of
from handlers.replies import Say
from handlers.visit import Context


class FollowEdits:
    def __init__(
        self,
        *,
        conversations: Conversations,
        box: QuestionBox,
        members: MemberEdits,
        asking: AskGuidance,
        say: Say,
    ) -> None:
        self._conversations = conversations
        self._box = box
        self._members = members
        self._asking = asking
        self._say = say

    def handlers(self) -> list[Handler]:
        edited = filters.UpdateType.EDITED_MESSAGE
        return [
            MessageHandler(edited & filters.ChatType.PRIVATE, self.edited),
            MessageHandler(edited & filters.ChatType.GROUPS, self.edited_in_group),
        ]

    async def edited(self, update: Update, context: Context) -> None:
        """Of a form that is open first; then of a ticket; else it is asked as it reads now."""
        if await self._conversations.follow_edit(update, context):
            return
        if await self._in_ticket(update, context) or await self._by_member(update, context):
            return
        text = text_of(update)
        if context.visit.talk is not None:
            await self._say(update, "odds/edited_in_form")
            await self._conversations.show_again(update, context)
        elif text and not text.startswith("/"):
            await self._asking.answer(update, text)

    async def edited_in_group(self, update: Update, context: Context) -> None:
        """Only what a member has said in a ticket concerns us."""
        await self._by_member(update, context)

    async def _by_member(self, update: Update, context: Context) -> bool:
        """A note follows; that an answer has gone out as it was, is said."""
        visit, message = context.visit, message_of(update)
        if visit.person is None or not visit.person.role.covers(Role.MEMBER):
            return False
        part = part_of(message)
        noted = note_in(part)
        edit = self._members.follow(
            visit.person,
            part.message_id,
            part.text if noted is None else noted.text,
            chat=None if visit.private else message.chat_id,
            now=visit.moment,
        )
        try:
            line = await edit
        except TextDoesNotFit:
            await self._say(update, "tickets/too_long", most=LONGEST_ANSWER)
            return True
        if line is None:
            return False
        template = "tickets/noted" if line.side is Side.NOTE else "tickets/answer_is_out"
        await self._say(update, template, number=line.ticket)
        return True

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
