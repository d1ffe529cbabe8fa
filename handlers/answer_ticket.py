"""A member takes a ticket, writes the answer, sees it as it will be read, and sends it."""

from collections.abc import Awaitable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.people.errors import NotAllowed
from branch.tickets.errors import TextDoesNotFit, TicketGone, TicketOver, TicketTaken
from branch.tickets.looking import TicketShelf
from branch.tickets.model import TicketId
from branch.tickets.service import TicketDesk
from branch.tickets.thread import LONGEST_ANSWER, Side, joined
from handlers.buttons import Back, Confirm, ShowDesk, TakeTicket, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.incoming import message_of, text_of
from handlers.parts import typed
from handlers.replies import Say
from handlers.visit import Context
from texts.telegram_html import shown, units

Result = TypeVar("Result")


class Answering(StrEnum):
    ANSWER = "answer"
    PREVIEW = "preview"


@dataclass(slots=True)
class AnswerDraft:
    ticket: int = 0
    question: str = ""
    answer: str = ""


class AnswerTicket:
    def __init__(self, *, desk: TicketDesk, shelf: TicketShelf, say: Say) -> None:
        self._desk = desk
        self._shelf = shelf
        self._say = say

    def conversation(self) -> Conversation:
        written = MessageHandler(
            filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND, self.take_answer
        )
        putting_back = CallbackQueryHandler(self.put_back, Back.matches)
        return Conversation(
            name="answer",
            draft=AnswerDraft,
            entries=[CallbackQueryHandler(self.begin, TakeTicket.matches)],
            scenes={
                Answering.ANSWER: Scene(self.ask_for_answer, [written, putting_back]),
                Answering.PREVIEW: Scene(
                    self.preview,
                    [CallbackQueryHandler(self.send, Confirm.matches), putting_back, written],
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        visit, number = context.visit, TakeTicket.tapped(update).ticket
        if visit.person is None:
            await self._say(update, "roles/not_allowed")
            return END
        ticket = await self._or_say_why(
            update, number, self._desk.take(visit.person, TicketId(number), now=visit.moment)
        )
        if ticket is None:
            return END
        seen = await self._shelf.show(visit.person, ticket.id, now=visit.moment)
        asked = joined([line.text for line in seen.lines if line.side is Side.ASKER])
        draft = visit.draft(AnswerDraft)
        draft.ticket, draft.question, draft.answer = number, shown(asked)[:LONGEST_ANSWER], ""
        return Answering.ANSWER

    async def ask_for_answer(self, update: Update, context: Context) -> int:
        draft = context.visit.draft(AnswerDraft)
        return await self._say(
            update,
            "tickets/write_answer",
            keyboard=keyboard([(self._say.label("button.put_back"), Back())]),
            number=draft.ticket,
            question=draft.question,
            most=LONGEST_ANSWER,
        )

    async def take_answer(self, update: Update, context: Context) -> Outcome:
        text = text_of(update)
        if not 0 < units(text) <= LONGEST_ANSWER:
            await self._say(update, "tickets/too_long", most=LONGEST_ANSWER)
            return None
        context.visit.draft(AnswerDraft).answer = text
        return Answering.PREVIEW

    async def preview(self, update: Update, context: Context) -> int:
        draft = context.visit.draft(AnswerDraft)
        buttons = keyboard(
            [
                (self._say.label("button.send"), Confirm()),
                (self._say.label("button.put_back"), Back()),
            ]
        )
        return await self._say(
            update,
            "tickets/preview",
            keyboard=buttons,
            number=draft.ticket,
            question=draft.question,
            answer=draft.answer,
        )

    async def send(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        draft = visit.draft(AnswerDraft)
        if visit.person is None:
            await self._say(update, "roles/not_allowed")
            return END
        try:
            words = typed(draft.answer, message_id=message_of(update).message_id)
            answering = self._desk.answer(
                visit.person, TicketId(draft.ticket), words, now=visit.moment
            )
            if await self._or_say_why(update, draft.ticket, answering) is not None:
                await self._say(
                    update, "tickets/answer_sent", keyboard=self._to_desk(), number=draft.ticket
                )
        except TextDoesNotFit:
            return Answering.ANSWER
        return END

    async def put_back(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        number = visit.draft(AnswerDraft).ticket
        if visit.person is not None:
            putting = self._desk.put_back(visit.person, TicketId(number), now=visit.moment)
            if await self._or_say_why(update, number, putting):
                await self._say(update, "tickets/put_back", keyboard=self._to_desk(), number=number)
        return END

    async def _or_say_why(
        self, update: Update, number: int, deed: Awaitable[Result]
    ) -> Result | None:
        """What came of the deed; None where it was not to be, and the member knows why."""
        try:
            return await deed
        except NotAllowed:
            await self._say(update, "roles/not_allowed")
        except TicketGone:
            await self._say(update, "tickets/gone", keyboard=self._to_desk())
        except TicketOver:
            await self._say(update, "tickets/over", keyboard=self._to_desk(), number=number)
        except TicketTaken as error:
            await self._say(
                update,
                "tickets/taken",
                keyboard=self._to_desk(),
                number=number,
                by=error.by or self._say.label("role.member"),
            )
        return None

    def _to_desk(self) -> InlineKeyboardMarkup | None:
        return keyboard([(self._say.label("button.desk"), ShowDesk(0))])
