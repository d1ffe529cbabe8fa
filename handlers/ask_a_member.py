"""A student hands a question on to a person: sees what will be passed on, and sends it."""

from dataclasses import dataclass
from enum import StrEnum

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.guidance.question_log import QuestionLog
from branch.tickets.asking import Asking, Opened, QuestionBox
from branch.tickets.errors import (
    Muted,
    TextDoesNotFit,
    TooManyThisHour,
    TooManyToday,
    TooManyWaiting,
)
from branch.tickets.guarding import MOST_A_DAY, MOST_WAITING
from branch.tickets.thread import LONGEST_QUESTION
from handlers.ask_guidance import AskGuidance
from handlers.buttons import AskMember, Confirm, Leave, ShowMenu, ShowTicket, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.incoming import message_of, text_of
from handlers.parts import typed
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.visit import Context
from texts.telegram_html import units


class AskingAMember(StrEnum):
    QUESTION = "question"
    CONFIRM = "confirm"


@dataclass(slots=True)
class TicketDraft:
    question: str = ""


class AskAMember:
    def __init__(
        self,
        *,
        box: QuestionBox,
        log: QuestionLog,
        asking: AskGuidance,
        strangers: Strangers,
        say: Say,
    ) -> None:
        self._box = box
        self._log = log
        self._asking = asking
        self._strangers = strangers
        self._say = say

    def conversation(self) -> Conversation:
        written = MessageHandler(
            filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND, self.take_question
        )
        leaving = CallbackQueryHandler(self.leave, Leave.matches)
        return Conversation(
            name="ask_member",
            draft=TicketDraft,
            entries=[CallbackQueryHandler(self.begin, AskMember.matches)],
            scenes={
                AskingAMember.QUESTION: Scene(self.ask_for_question, [written, leaving]),
                AskingAMember.CONFIRM: Scene(
                    self.confirm,
                    [CallbackQueryHandler(self.send, Confirm.matches), leaving, written],
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        visit, tap = context.visit, AskMember.tapped(update)
        # the answer below which the button stands is still wanted
        visit.anew = True
        if visit.person is None:
            await self._strangers.invite_in(update)
            return END
        question = await self._log.asked(
            visit.person, message_id=tap.asked, part=tap.part, now=visit.moment
        )
        if question is None or not 0 < units(question) <= LONGEST_QUESTION:
            return AskingAMember.QUESTION
        visit.draft(TicketDraft).question = question
        return AskingAMember.CONFIRM

    async def ask_for_question(self, update: Update, context: Context) -> int:
        buttons = keyboard([(self._say.label("button.leave"), Leave())])
        return await self._say(update, "tickets/write", keyboard=buttons, most=LONGEST_QUESTION)

    async def take_question(self, update: Update, context: Context) -> Outcome:
        text = text_of(update)
        if self._asking.is_between_us(text):
            await self._asking.answer(update, text)
            return END
        if not 0 < units(text) <= LONGEST_QUESTION:
            await self._say(update, "tickets/too_long", most=LONGEST_QUESTION)
            return None
        context.visit.draft(TicketDraft).question = text
        return AskingAMember.CONFIRM

    async def confirm(self, update: Update, context: Context) -> int:
        person = context.visit.person
        buttons = keyboard(
            [
                (self._say.label("button.send_to_members"), Confirm()),
                (self._say.label("button.leave"), Leave()),
            ]
        )
        return await self._say(
            update,
            "tickets/confirm",
            keyboard=buttons,
            question=context.visit.draft(TicketDraft).question,
            intake=person.intake if person else None,
        )

    async def send(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        if visit.person is None:
            await self._strangers.invite_in(update)
            return END
        number = message_of(update).message_id
        words = typed(visit.draft(TicketDraft).question, message_id=number)
        asking = Asking(parts=[words], message_id=number)
        try:
            opened = await self._box.open(visit.person, asking, now=visit.moment)
        except TooManyWaiting:
            await self._say(update, "tickets/too_many_waiting", most=MOST_WAITING)
        except TooManyToday:
            await self._say(update, "tickets/too_many_today", most=MOST_A_DAY)
        except TooManyThisHour as error:
            await self._say(update, "tickets/too_many_this_hour", until=error.until)
        except Muted as error:
            await self._say(update, "tickets/muted", until=error.until)
        except TextDoesNotFit:
            return AskingAMember.QUESTION
        else:
            await self._say_opened(update, opened)
        return END

    async def _say_opened(self, update: Update, opened: Opened) -> None:
        label = self._say.label
        buttons = keyboard(
            [
                (label("button.my_ticket"), ShowTicket(opened.ticket.id)),
                (label("button.menu"), ShowMenu()),
            ]
        )
        await self._say(
            update,
            "tickets/opened",
            keyboard=buttons,
            ticket=opened.ticket,
            readers=opened.readers,
        )

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END
