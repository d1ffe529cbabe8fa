"""What a reader chooses about notices: which kinds, when, how long to be left alone."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from msgspec.structs import replace
from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.notices.model import NoticeKind
from branch.notices.wish_book import WishBook
from branch.notices.wishes import GATHERED_AT, Gathering, Wishes
from handlers.buttons import Row, keyboard
from handlers.calendar_buttons import ShowReminders
from handlers.conversation import Handler
from handlers.notice_buttons import (
    ChooseGathering,
    LeaveList,
    MuteFor,
    ShowWishes,
    ToggleKind,
)
from handlers.notice_form import in_twos
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.visit import Context

MUTES: Final = (1, 7, 30)


class ReadingWishes:
    def __init__(self, *, book: WishBook, strangers: Strangers, say: Say) -> None:
        self._book = book
        self._strangers = strangers
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.show, ShowWishes.matches),
            tapped(self.toggle_kind, ToggleKind.matches),
            tapped(self.choose_gathering, ChooseGathering.matches),
            tapped(self.mute, MuteFor.matches),
            tapped(self.leave_list, LeaveList.matches),
        ]

    async def show(self, update: Update, context: Context) -> None:
        await self._change(update, context, None)

    async def toggle_kind(self, update: Update, context: Context) -> None:
        kind = ToggleKind.tapped(update).kind
        await self._change(update, context, lambda wishes: wishes.toggled(kind))

    async def choose_gathering(self, update: Update, context: Context) -> None:
        chosen = ChooseGathering.tapped(update).gathering
        await self._change(update, context, lambda wishes: replace(wishes, gathering=chosen))

    async def mute(self, update: Update, context: Context) -> None:
        days = MuteFor.tapped(update).days
        until = context.visit.moment + timedelta(days=days) if days in MUTES else None
        await self._change(update, context, lambda wishes: replace(wishes, muted_until=until))

    async def leave_list(self, update: Update, context: Context) -> None:
        person, place = context.visit.person, LeaveList.tapped(update).place
        if person is not None:
            _, lists = await self._book.mine(person)
            if place < len(lists):
                await self._book.leave(person, lists[place])
        await self._change(update, context, None)

    async def _change(
        self, update: Update, context: Context, change: Callable[[Wishes], Wishes] | None
    ) -> None:
        person = context.visit.person
        if person is None:
            await self._strangers.invite_in(update)
            return
        if change is None:
            wishes, lists = await self._book.mine(person)
        else:
            wishes, lists = await self._book.change(person, change)
        muted = wishes.muted_until
        if muted is not None and muted <= context.visit.moment:
            muted = None
        await self._say(
            update,
            "notices/wishes",
            keyboard=keyboard(*self._rows(wishes, lists, muted=muted is not None)),
            wanted=[self._name(each) for each in NoticeKind if wishes.wants(each)],
            off=[self._name(each) for each in NoticeKind if not wishes.wants(each)],
            gathering=str(wishes.gathering),
            gathered_at=GATHERED_AT.strftime("%H:%M"),
            muted_until=muted,
            lists=lists,
        )

    def _rows(self, wishes: Wishes, lists: Sequence[str], *, muted: bool) -> list[Row]:
        label = self._say.label
        kinds: list[Any] = [
            (self._ticked(self._name(each), chosen=wishes.wants(each)), ToggleKind(each))
            for each in NoticeKind
        ]
        gatherings: list[Any] = [
            (
                self._ticked(label(f"gathering.{each}"), chosen=wishes.gathering is each),
                ChooseGathering(each),
            )
            for each in Gathering
        ]
        mutes: list[Any] = [(label("button.mute_days", days=each), MuteFor(each)) for each in MUTES]
        if muted:
            mutes = [(label("button.unmute_notices"), MuteFor(0))]
        leaving: list[Any] = [
            (label("button.leave_list", tag=tag), LeaveList(place))
            for place, tag in enumerate(lists)
        ]
        return [
            *in_twos(kinds),
            gatherings,
            mutes,
            *in_twos(leaving),
            [(label("button.back"), ShowReminders())],
        ]

    def _name(self, kind: NoticeKind) -> str:
        return self._say.label(f"noticekind.{kind}")

    def _ticked(self, words: str, *, chosen: bool) -> str:
        return self._say.label("ahead.ticked", words=words) if chosen else words
