"""Received: a reader says with one tap that they have read a notice."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.notices.errors import NoticeGone
from branch.notices.letters import NoticeLetters
from branch.notices.model import NoticeId
from branch.notices.receipts import Receipts
from handlers.conversation import Handler
from handlers.incoming import message_of, text_of
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

    async def overhear(self, update: Update, context: Context) -> bool:
        """Whether they have said in words what the button says, and something waits for it."""
        visit = context.visit
        if visit.person is None or not self._says_so(text_of(update)):
            return False
        said = await self._receipts.acknowledge_latest(visit.person, now=visit.moment)
        if said is None:
            return False
        await self._say(update, "notices/acknowledged", gist=said.gist, left=said.left)
        return True

    def _says_so(self, text: str) -> bool:
        said = "".join(each for each in text.lower() if each.isalnum())
        return said in self._say.label("receipt.words").split()

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
