"""A student asks a person: writes, sees what will be passed on, and sends it, named or not."""

from collections.abc import Sequence
from enum import StrEnum

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from branch.guidance.question_log import QuestionLog
from branch.tickets.asking import Asking, Opened, QuestionBox
from branch.tickets.errors import TextDoesNotFit
from branch.tickets.letters import Suggested
from branch.tickets.model import Subject, TicketId
from branch.tickets.thread import LONGEST_QUESTION, MOST_PARTS, Part, check
from handlers.ask_guidance import AskGuidance
from handlers.buttons import (
    AskMember,
    Back,
    Confirm,
    Leave,
    Row,
    ShowEntry,
    ShowMenu,
    ShowTicket,
    keyboard,
)
from handlers.conversation import END, Conversation, Handler, Outcome, Scene
from handlers.incoming import message_of
from handlers.parts import WRITTEN, part_of, typed
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.suggest_answers import SuggestAnswers
from handlers.ticket_buttons import (
    AddToTicket,
    ChooseSubject,
    PickSubject,
    SendAnonymously,
    WriteAnew,
)
from handlers.ticket_draft import TicketDraft, TicketPreview
from handlers.visit import Context
from texts.telegram_html import shown


class AskingAMember(StrEnum):
    QUESTION = "question"
    CONFIRM = "confirm"
    SUBJECT = "subject"


class AskAMember:
    def __init__(
        self,
        *,
        box: QuestionBox,
        log: QuestionLog,
        asking: AskGuidance,
        strangers: Strangers,
        suggesting: SuggestAnswers,
        refusals: Refusals,
        say: Say,
    ) -> None:
        self._box = box
        self._log = log
        self._asking = asking
        self._strangers = strangers
        self._suggesting = suggesting
        self._refusals = refusals
        self._say = say
        self._preview = TicketPreview(asking, say)

    def conversation(self) -> Conversation:
        written = MessageHandler(WRITTEN, self.take)
        leaving = CallbackQueryHandler(self.leave, Leave.matches)
        return Conversation(
            name="ask_member",
            draft=TicketDraft,
            entries=[
                CallbackQueryHandler(self.begin, AskMember.matches),
                CallbackQueryHandler(self.begin_adding, AddToTicket.matches),
                CommandHandler("ask", self.begin_by_command, has_args=False),
            ],
            scenes={
                AskingAMember.QUESTION: Scene(
                    self.ask_for_question, [written, leaving], self.follow
                ),
                AskingAMember.CONFIRM: Scene(
                    self.confirm, [*self._choices(), leaving, written], self.follow
                ),
                AskingAMember.SUBJECT: Scene(
                    self.ask_for_subject,
                    [
                        CallbackQueryHandler(self.choose_subject, ChooseSubject.matches),
                        CallbackQueryHandler(self.back, Back.matches),
                        written,
                    ],
                ),
            },
        )

    def _choices(self) -> Sequence[Handler]:
        return [
            CallbackQueryHandler(self.send, Confirm.matches),
            CallbackQueryHandler(self.send_anonymously, SendAnonymously.matches),
            CallbackQueryHandler(self.pick_subject, PickSubject.matches),
            CallbackQueryHandler(self.write_anew, WriteAnew.matches),
            CallbackQueryHandler(self.read_entry, ShowEntry.matches),
            # what is written already is not lost by asking to write
            CommandHandler("ask", self.back, has_args=False),
        ]

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
        part = typed(question or "", message_id=tap.asked)
        if not _fits([part]):
            return AskingAMember.QUESTION
        visit.draft(TicketDraft).parts = [part]
        return AskingAMember.CONFIRM

    async def begin_by_command(self, update: Update, context: Context) -> Outcome:
        """Without a question behind it; one with a question is for the base to answer first."""
        if context.visit.person is None:
            await self._strangers.invite_in(update)
            return END
        return AskingAMember.QUESTION

    async def begin_adding(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        visit.anew = True
        if visit.person is None:
            await self._strangers.invite_in(update)
            return END
        visit.draft(TicketDraft).ticket = AddToTicket.tapped(update).ticket
        return AskingAMember.QUESTION

    async def ask_for_question(self, update: Update, context: Context) -> int:
        buttons = keyboard([(self._say.label("button.leave"), Leave())])
        return await self._say(
            update,
            "tickets/write",
            keyboard=buttons,
            most=LONGEST_QUESTION,
            number=context.visit.draft(TicketDraft).ticket,
        )

    async def take(self, update: Update, context: Context) -> Outcome:
        draft, part = context.visit.draft(TicketDraft), part_of(message_of(update))
        if await self._is_between_us(update, part):
            return END
        kept = [each for each in draft.parts if each.message_id != part.message_id]
        if len(kept) >= MOST_PARTS:
            await self._say(update, "tickets/too_many_parts", most=MOST_PARTS)
            return None
        if not _fits([*kept, part]):
            await self._say(update, "tickets/too_long", most=LONGEST_QUESTION)
            return None
        draft.parts = [*kept, part]
        words = draft.words
        draft.near = await self._asking.surely(words) if words else ""
        if part.album and any(each.album == part.album for each in kept):
            await self._preview.redraw(update, context)
            return None
        return AskingAMember.CONFIRM

    async def follow(self, update: Update, context: Context) -> Outcome:
        """A message of the draft was edited."""
        draft, part = context.visit.draft(TicketDraft), part_of(message_of(update))
        before = next((each for each in draft.parts if each.message_id == part.message_id), None)
        if before is None:
            return None
        if await self._is_between_us(update, part):
            return END
        parts = [part if each is before else each for each in draft.parts]
        if not _fits(parts):
            await self._say(update, "tickets/too_long", most=LONGEST_QUESTION)
            return AskingAMember.CONFIRM
        draft.parts = parts
        return AskingAMember.CONFIRM

    async def confirm(self, update: Update, context: Context) -> int:
        return await self._preview.show(update, context)

    async def pick_subject(self, update: Update, context: Context) -> Outcome:
        return AskingAMember.SUBJECT

    async def ask_for_subject(self, update: Update, context: Context) -> int:
        label = self._say.label
        buttons = [(label(f"subject.{each}"), ChooseSubject(each)) for each in Subject]
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        rows.append([(label("button.back"), Back())])
        return await self._say(update, "tickets/subject", keyboard=keyboard(*rows))

    async def choose_subject(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(TicketDraft).subject = ChooseSubject.tapped(update).subject
        return AskingAMember.CONFIRM

    async def back(self, update: Update, context: Context) -> Outcome:
        return AskingAMember.CONFIRM

    async def write_anew(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(TicketDraft).parts = []
        return AskingAMember.QUESTION

    async def read_entry(self, update: Update, context: Context) -> Outcome:
        """What the base says to it; the question stays ready to be sent."""
        context.visit.anew = True
        await self._asking.open_entry(update, context)
        return AskingAMember.CONFIRM

    async def send(self, update: Update, context: Context) -> Outcome:
        return await self._send(update, context, anonymous=False)

    async def send_anonymously(self, update: Update, context: Context) -> Outcome:
        return await self._send(update, context, anonymous=True)

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END

    async def _send(self, update: Update, context: Context, *, anonymous: bool) -> Outcome:
        visit = context.visit
        draft = visit.draft(TicketDraft)
        if visit.person is None:
            await self._strangers.invite_in(update)
            return END
        if draft.ticket:
            return await self._add(update, context)
        asking = Asking(
            parts=draft.parts,
            message_id=message_of(update).message_id,
            subject=draft.subject,
            anonymous=anonymous,
            suggested=await self._suggest(draft),
        )
        opening = self._box.open(visit.person, asking, now=visit.moment)
        opened = await self._refusals.or_why(update, opening, most=LONGEST_QUESTION)
        if opened is not None:
            await self._say_opened(update, opened)
        return END

    async def _suggest(self, draft: TicketDraft) -> Sequence[Suggested]:
        return await self._suggesting.of_new(draft.words) if draft.words else []

    async def _add(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        draft = visit.draft(TicketDraft)
        assert visit.person is not None, "checked by who calls"
        number = TicketId(draft.ticket)
        adding = self._box.add(visit.person, number, draft.parts, now=visit.moment)
        ticket = await self._refusals.or_why(update, adding, most=LONGEST_QUESTION)
        if ticket is not None:
            buttons = keyboard([(self._say.label("button.my_ticket"), ShowTicket(ticket.id))])
            await self._say(update, "tickets/added", keyboard=buttons, ticket=ticket)
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

    async def _is_between_us(self, update: Update, part: Part) -> bool:
        """Words of despair or of anger are answered, and go to nobody."""
        words = shown(part.text)
        if not words or not self._asking.is_between_us(words):
            return False
        await self._asking.answer(update, words)
        return True


def _fits(parts: Sequence[Part]) -> bool:
    try:
        check(parts, longest=LONGEST_QUESTION)
    except TextDoesNotFit:
        return False
    return True
