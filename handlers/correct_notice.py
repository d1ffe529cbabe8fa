"""A member corrects what they have sent: every copy says the new words."""

from enum import StrEnum

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from branch.notices.amending import Amending
from branch.notices.desk import NoticeDesk
from branch.notices.model import NoticeId
from branch.notices.shelf import NoticeShelf
from handlers.buttons import Back, Confirm, Leave, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.incoming import message_of
from handlers.notice_buttons import CorrectNotice
from handlers.notice_card import NoticeCards
from handlers.notice_form import NoticeForm
from handlers.notice_refusals import NoticeRefusals, whoever
from handlers.parts import WRITTEN, part_of
from handlers.replies import Say
from handlers.visit import Context


class Correcting(StrEnum):
    TEXT = "text"
    CONFIRM = "confirm"


class CorrectNotices:
    def __init__(
        self,
        *,
        amending: Amending,
        desk: NoticeDesk,
        shelf: NoticeShelf,
        cards: NoticeCards,
        refusals: NoticeRefusals,
        say: Say,
    ) -> None:
        self._amending = amending
        self._desk = desk
        self._shelf = shelf
        self._cards = cards
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        leaving = tapped(self.leave, Leave.matches)
        written = MessageHandler(WRITTEN, self.take)
        return Conversation(
            name="correct_notice",
            draft=NoticeForm,
            entries=[tapped(self.begin, CorrectNotice.matches)],
            scenes={
                Correcting.TEXT: Scene(self.ask, [written, leaving]),
                Correcting.CONFIRM: Scene(
                    self.confirm,
                    [
                        tapped(self.correct, Confirm.matches),
                        tapped(self.again, Back.matches),
                        leaving,
                        written,
                    ],
                    self.take,
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        visit.anew = True
        number = CorrectNotice.tapped(update).notice
        getting = self._shelf.get(whoever(context), NoticeId(number), now=visit.moment)
        found = await self._refusals.or_why(update, getting)
        if found is None:
            return END
        form = visit.draft(NoticeForm)
        form.draft, form.corrects = found[0].draft, number
        return Correcting.TEXT

    async def ask(self, update: Update, context: Context) -> int:
        buttons = keyboard([(self._say.label("button.stop_writing"), Leave())])
        return await self._say(
            update,
            "notices/correct",
            keyboard=buttons,
            number=context.visit.draft(NoticeForm).corrects,
        )

    async def take(self, update: Update, context: Context) -> Outcome:
        """The new words: those of the message, with the files of before."""
        visit, form = context.visit, context.visit.draft(NoticeForm)
        text = part_of(message_of(update)).text
        if not text:
            await self._say(update, "notices/only_words")
            return None
        form.draft.text = text
        trying = self._desk.preview(whoever(context), form.draft, now=visit.moment)
        sample = await self._refusals.or_why(update, trying)
        if sample is None:
            return Correcting.TEXT
        await self._say.packets(update, sample.letter.body, (), sample.letter.buttons)
        return Correcting.CONFIRM

    async def confirm(self, update: Update, context: Context) -> int:
        label = self._say.label
        return await self._say(
            update,
            "notices/correct_confirm",
            keyboard=keyboard(
                [(label("button.correct_all"), Confirm())],
                [(label("button.write_anew"), Back()), (label("button.stop_writing"), Leave())],
            ),
            number=context.visit.draft(NoticeForm).corrects,
        )

    async def again(self, update: Update, context: Context) -> Outcome:
        return Correcting.TEXT

    async def correct(self, update: Update, context: Context) -> Outcome:
        visit, form = context.visit, context.visit.draft(NoticeForm)
        number = NoticeId(form.corrects)
        correcting = self._amending.correct(
            whoever(context), number, form.draft.text, now=visit.moment
        )
        notice = await self._refusals.or_why(update, correcting)
        if notice is None:
            return Correcting.TEXT
        self._desk.wake()
        await self._cards.show(update, notice)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._say(update, "cancel/left")
        return END
