"""A student hands a question on to a person: sees what will be passed on, and sends it."""

from dataclasses import dataclass
from enum import StrEnum

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.guidance.question_log import QuestionLog
from branch.tickets.errors import TextDoesNotFit, TooManyToday, TooManyWaiting
from branch.tickets.model import LONGEST_QUESTION, fits
from branch.tickets.service import MOST_A_DAY, MOST_WAITING, TicketDesk
from handlers.ask_guidance import AskGuidance
from handlers.buttons import AskMember, Confirm, Leave, ShowMenu, ShowTicket, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.incoming import message_of, text_of
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.visit import Context


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
        desk: TicketDesk,
        log: QuestionLog,
        asking: AskGuidance,
        strangers: Strangers,
        say: Say,
    ) -> None:
        self._desk = desk
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
        if question is None or not fits(question, LONGEST_QUESTION):
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
        if not fits(text, LONGEST_QUESTION):
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
        try:
            opened = await self._desk.open(
                visit.person,
                visit.draft(TicketDraft).question,
                message_id=message_of(update).message_id,
                now=visit.moment,
            )
        except TooManyWaiting:
            await self._say(update, "tickets/too_many_waiting", most=MOST_WAITING)
        except TooManyToday:
            await self._say(update, "tickets/too_many_today", most=MOST_A_DAY)
        except TextDoesNotFit:
            return AskingAMember.QUESTION
        else:
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
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END
