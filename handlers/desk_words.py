"""What a member writes about a ticket: a note, tags, a reason to reveal; or seeks in all."""

from collections.abc import Awaitable
from enum import StrEnum

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from branch.tickets.model import TicketId
from branch.tickets.service import TicketDesk
from branch.tickets.thread import LONGEST_ANSWER
from branch.tickets.unveiling import Unveiling
from handlers.buttons import Leave, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.desk import Desk
from handlers.desk_card import DeskCard
from handlers.incoming import message_of, text_of
from handlers.parts import WRITTEN, part_of
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import Purpose, WriteFor
from handlers.visit import Context

LONGEST_SOUGHT = 100


class Writing(StrEnum):
    WORDS = "words"


class WordsDraft(Struct):
    purpose: Purpose = Purpose.NOTE
    ticket: int = 0


class DeskWords:
    def __init__(
        self,
        *,
        desk: TicketDesk,
        unveiling: Unveiling,
        lists: Desk,
        card: DeskCard,
        refusals: Refusals,
        say: Say,
    ) -> None:
        self._desk = desk
        self._unveiling = unveiling
        self._lists = lists
        self._card = card
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        return Conversation(
            name="desk_words",
            draft=WordsDraft,
            entries=[CallbackQueryHandler(self.begin, WriteFor.matches)],
            scenes={
                Writing.WORDS: Scene(
                    self.ask,
                    [
                        MessageHandler(WRITTEN, self.take),
                        CallbackQueryHandler(self.leave, Leave.matches),
                    ],
                )
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        tap, draft = WriteFor.tapped(update), context.visit.draft(WordsDraft)
        if context.visit.person is None:
            await self._say(update, "roles/not_allowed")
            return END
        draft.purpose, draft.ticket = tap.purpose, tap.ticket
        return Writing.WORDS

    async def ask(self, update: Update, context: Context) -> int:
        draft = context.visit.draft(WordsDraft)
        return await self._say(
            update,
            f"tickets/write_{draft.purpose}",
            keyboard=keyboard([(self._say.label("button.leave"), Leave())]),
            number=draft.ticket,
        )

    async def take(self, update: Update, context: Context) -> Outcome:
        person, draft = context.visit.person, context.visit.draft(WordsDraft)
        if person is None:
            return END
        number, text, now = TicketId(draft.ticket), text_of(update), context.visit.moment
        deed: Awaitable[object]
        match draft.purpose:
            case Purpose.SEARCH:
                await self._lists.found(update, context, text[:LONGEST_SOUGHT])
                return END
            case Purpose.NOTE:
                part = part_of(message_of(update))
                deed = self._desk.note(person, number, part, now=now)
            case Purpose.TAGS:
                tags = text.replace("#", " ").split()
                deed = self._desk.mark(person, number, tags=tags, now=now)
            case Purpose.REVEAL:
                deed = self._said(update, self._unveiling.ask(person, number, text, now=now))
        done = await self._refusals.or_why(update, deed, number=number, most=LONGEST_ANSWER)
        if done is not None and draft.purpose is not Purpose.REVEAL:
            await self._card.show(update, person, number)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    async def _said(self, update: Update, asking: Awaitable[object]) -> bool:
        asked = await asking
        await self._say(update, "tickets/reveal_waits", asked=asked is not None)
        return True
