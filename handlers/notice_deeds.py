"""What is done with one notice from its card: looked at, steered, approved, asked after."""

from collections.abc import Awaitable, Callable
from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.notices.amending import Amending
from branch.notices.desk import NoticeDesk
from branch.notices.model import NoticeId
from branch.notices.shelf import NoticeShelf
from branch.notices.steering import Steering
from handlers.conversation import Handler
from handlers.notice_buttons import (
    ApproveNotice,
    NoticeDeed,
    ReadNotice,
    RefuseNotice,
    RemindUnread,
    ShowNotice,
    SteerForCertain,
    SteerNotice,
)
from handlers.notice_card import NoticeCards
from handlers.notice_refusals import NoticeRefusals, whoever
from handlers.replies import Say
from handlers.visit import Context

_FOR_CERTAIN: Final = (NoticeDeed.CANCEL, NoticeDeed.RECALL)


class NoticeDeeds:
    def __init__(
        self,
        *,
        desk: NoticeDesk,
        steering: Steering,
        amending: Amending,
        shelf: NoticeShelf,
        cards: NoticeCards,
        refusals: NoticeRefusals,
        say: Say,
    ) -> None:
        self._desk = desk
        self._steering = steering
        self._amending = amending
        self._shelf = shelf
        self._cards = cards
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.open, ShowNotice.matches),
            tapped(self.read, ReadNotice.matches),
            tapped(self.steer, SteerNotice.matches),
            tapped(self.steer_for_certain, SteerForCertain.matches),
            tapped(self.approve, ApproveNotice.matches),
            tapped(self.refuse, RefuseNotice.matches),
            tapped(self.remind, RemindUnread.matches),
        ]

    async def open(self, update: Update, context: Context) -> None:
        visit = context.visit
        await self._show(update, context, ShowNotice.tapped(update).notice)
        visit.anew = False

    async def read(self, update: Update, context: Context) -> None:
        """As its readers see it."""
        visit = context.visit
        visit.anew = True
        number = NoticeId(ReadNotice.tapped(update).notice)
        getting = self._shelf.get(whoever(context), number, now=visit.moment)
        found = await self._refusals.or_why(update, getting)
        if found is None:
            return
        sampling = self._desk.preview(whoever(context), found[0].draft, now=visit.moment)
        sample = await self._refusals.or_why(update, sampling)
        if sample is not None:
            letter = sample.letter
            await self._say.acknowledge(update)
            await self._say.packets(update, letter.body, letter.enclosures, letter.buttons)

    async def steer(self, update: Update, context: Context) -> None:
        tap, visit = SteerNotice.tapped(update), context.visit
        if tap.deed not in _FOR_CERTAIN:
            await self._do(update, context, tap.deed, NoticeId(tap.notice))
            return
        getting = self._shelf.get(whoever(context), NoticeId(tap.notice), now=visit.moment)
        found = await self._refusals.or_why(update, getting)
        if found is not None:
            notice, progress = found
            await self._say(
                update,
                "notices/for_certain",
                keyboard=self._cards.certain(tap.deed, notice, visit.language),
                deed=str(tap.deed),
                number=notice.id,
                progress=progress,
            )

    async def steer_for_certain(self, update: Update, context: Context) -> None:
        tap = SteerForCertain.tapped(update)
        await self._do(update, context, tap.deed, NoticeId(tap.notice))

    async def _do(
        self, update: Update, context: Context, deed: NoticeDeed, number: NoticeId
    ) -> None:
        person, now = whoever(context), context.visit.moment
        steering = self._steering
        deeds: dict[NoticeDeed, Callable[[], Awaitable[object]]] = {
            NoticeDeed.PAUSE: lambda: steering.pause(person, number, now=now),
            NoticeDeed.RESUME: lambda: steering.resume(person, number, now=now),
            NoticeDeed.CANCEL: lambda: steering.cancel(person, number, now=now),
            NoticeDeed.RECALL: lambda: self._amending.recall(person, number, now=now),
            NoticeDeed.SEND_FAILED_AGAIN: lambda: steering.send_failed_again(
                person, number, now=now
            ),
            NoticeDeed.SEND_UNKNOWN_AGAIN: lambda: steering.settle_unknown(
                person, number, resend=True, now=now
            ),
            NoticeDeed.TAKE_AS_DELIVERED: lambda: steering.settle_unknown(
                person, number, resend=False, now=now
            ),
        }
        if await self._refusals.or_why(update, deeds[deed]()) is not None:
            self._desk.wake()
            await self._show(update, context, number)

    async def approve(self, update: Update, context: Context) -> None:
        visit, number = context.visit, NoticeId(ApproveNotice.tapped(update).notice)
        deciding = self._desk.approve(whoever(context), number, now=visit.moment)
        if await self._refusals.or_why(update, deciding) is not None:
            await self._show(update, context, number)

    async def refuse(self, update: Update, context: Context) -> None:
        visit, number = context.visit, NoticeId(RefuseNotice.tapped(update).notice)
        deciding = self._desk.refuse(whoever(context), number, now=visit.moment)
        if await self._refusals.or_why(update, deciding) is not None:
            await self._show(update, context, number)

    async def remind(self, update: Update, context: Context) -> None:
        visit, tap = context.visit, RemindUnread.tapped(update)
        number = NoticeId(tap.notice)
        reminding = self._steering.remind(whoever(context), number, time=tap.time, now=visit.moment)
        reminded = await self._refusals.or_why(update, reminding)
        if reminded is not None:
            await self._say.toast(update, "toast.reminded", count=reminded)
            visit.anew = False

    async def _show(self, update: Update, context: Context, number: int) -> None:
        visit = context.visit
        getting = self._shelf.get(whoever(context), NoticeId(number), now=visit.moment)
        found = await self._refusals.or_why(update, getting)
        if found is not None:
            await self._cards.show(update, found[0])
