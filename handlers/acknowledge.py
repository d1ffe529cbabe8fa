"""Received: a reader says with one tap that they have read a notice."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.notices.errors import NoticeGone
from branch.notices.letters import NoticeLetters
from branch.notices.model import NoticeId
from branch.notices.receipts import Receipts
from handlers.conversation import Handler
from handlers.incoming import message_of
from handlers.notice_buttons import Acknowledge
from handlers.packing import buttons_of
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.visit import Context


class Acknowledging:
    def __init__(
        self, *, receipts: Receipts, letters: NoticeLetters, strangers: Strangers, say: Say
    ) -> None:
        self._receipts = receipts
        self._letters = letters
        self._strangers = strangers
        self._say = say

    def handlers(self) -> list[Handler]:
        return [CallbackQueryHandler(self.acknowledge, Acknowledge.matches)]

    async def acknowledge(self, update: Update, context: Context) -> None:
        visit, number = context.visit, NoticeId(Acknowledge.tapped(update).notice)
        if visit.person is None:
            await self._strangers.invite_in(update)
            return
        if not number:
            await self._say.toast(update, "toast.only_a_sample")
            return
        message = message_of(update).message_id
        try:
            done = await self._receipts.acknowledge(
                visit.person, number, message_id=message, now=visit.moment
            )
        except NoticeGone:
            await self._say.toast(update, "toast.notice_gone", alert=True)
            return
        await self._say.toast(
            update, "toast.acknowledged" if done.first else "toast.acknowledged_before"
        )
        buttons = self._letters.buttons(done.draft, number, visit.language, acknowledged=True)
        await self._say.buttons_below(update, buttons_of(buttons))
