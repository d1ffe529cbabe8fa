"""Choosing who gets a notice, with the count shown at once."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from branch.notices.audience import Audience, Group
from branch.notices.desk import NoticeDesk
from branch.notices.errors import ListNameTooLong
from branch.notices.shelf import NoticeShelf
from branch.notices.wish_book import LONGEST_LIST, WishBook
from branch.people.model import Role
from handlers.buttons import Back, Leave, Row, keyboard
from handlers.conversation import Handler, Outcome, Scene
from handlers.incoming import text_of
from handlers.lists import link_of
from handlers.notice_buttons import (
    ChooseEverybody,
    GoOn,
    NewList,
    PickValue,
    ShowExclusions,
    ShowRespect,
)
from handlers.notice_form import RESPECTS, NoticeForm, NoticeWords, in_twos
from handlers.notice_refusals import whoever
from handlers.notice_scenes import Noticing
from handlers.parts import WRITTEN
from handlers.replies import Say
from handlers.visit import Context

MOST_VALUES = 40
BYTES_A_CHARACTER = 3


class ChoosingAudience:
    def __init__(
        self,
        *,
        desk: NoticeDesk,
        shelf: NoticeShelf,
        book: WishBook,
        words: NoticeWords,
        say: Say,
    ) -> None:
        self._book = book
        self._desk = desk
        self._shelf = shelf
        self._words = words
        self._say = say

    def scenes(self, following: Handler, elsewhere: Sequence[Handler]) -> dict[StrEnum, Scene]:
        """`following` hears that the audience is chosen, `elsewhere` what every scene hears."""
        tapped = CallbackQueryHandler
        return {
            Noticing.AUDIENCE: Scene(
                self.show,
                [
                    tapped(self.choose_everybody, ChooseEverybody.matches),
                    tapped(self.open_respect, ShowRespect.matches),
                    tapped(self.switch, ShowExclusions.matches),
                    following,
                    *elsewhere,
                ],
            ),
            Noticing.VALUES: Scene(
                self.show_values,
                [
                    tapped(self.pick, PickValue.matches),
                    tapped(self.to_new_list, NewList.matches),
                    tapped(self.back, Back.matches),
                    *elsewhere,
                ],
            ),
            Noticing.LIST: Scene(
                self.ask_for_list,
                [
                    tapped(self.to_values, Back.matches),
                    MessageHandler(WRITTEN, self.found_list),
                ],
            ),
        }

    async def show(self, update: Update, context: Context) -> int:
        visit = context.visit
        form = visit.draft(NoticeForm)
        assert visit.person is not None, "only members get here"
        reach = await self._desk.reach(visit.person, form.draft, now=visit.moment)
        return await self._say(
            update,
            "notices/audience",
            keyboard=keyboard(*self._rows(form)),
            excluding=form.excluding,
            reach=reach,
            **self._words.audience(form.draft.audience),
        )

    def _rows(self, form: NoticeForm) -> list[Row]:
        label, audience = self._say.label, form.draft.audience
        respects: list[Any] = [
            (label(f"respect.{respect}"), ShowRespect(respect)) for respect in RESPECTS
        ]
        rows: list[Row] = []
        if not form.excluding:
            everybody = audience.chosen and audience.wanted.everybody
            words = label("audience.everybody")
            ticked = label("ahead.ticked", words=words) if everybody else words
            rows.append([(ticked, ChooseEverybody())])
        rows += in_twos(respects)
        if form.excluding:
            return [*rows, [(label("button.back"), ShowExclusions(0))]]
        if audience.chosen:
            rows.append([(label("button.exclude"), ShowExclusions(1))])
            rows.append([(label("button.next"), GoOn())])
        return [*rows, [(label("button.stop_writing"), Leave())]]

    async def choose_everybody(self, update: Update, context: Context) -> Outcome:
        draft = context.visit.draft(NoticeForm).draft
        draft.audience = Audience(without=draft.audience.without, chosen=True)
        return Noticing.AUDIENCE

    async def switch(self, update: Update, context: Context) -> Outcome:
        form = context.visit.draft(NoticeForm)
        form.excluding = bool(ShowExclusions.tapped(update).excluding)
        return Noticing.AUDIENCE

    async def open_respect(self, update: Update, context: Context) -> Outcome:
        form = context.visit.draft(NoticeForm)
        respect = ShowRespect.tapped(update).respect
        if respect == "reminded":
            form.draft.audience = form.draft.audience.toggled(
                respect, True, excluding=form.excluding
            )
            return Noticing.AUDIENCE
        form.respect = respect
        return Noticing.VALUES

    async def show_values(self, update: Update, context: Context) -> int:
        visit = context.visit
        form = visit.draft(NoticeForm)
        assert visit.person is not None, "only members get here"
        found = await self._values(form, context)
        form.offered = [value for value, _ in found[:MOST_VALUES]]
        audience = form.draft.audience
        group = audience.without if form.excluding else audience.wanted
        buttons = [
            (self._ticked(group, form.respect, value, number), PickValue(place))
            for place, (value, number) in enumerate(found[:MOST_VALUES])
        ]
        return await self._say(
            update,
            "notices/values",
            keyboard=keyboard(*in_twos(buttons), *self._below(form.respect)),
            respect=self._say.label(f"respect.{form.respect}"),
            excluding=form.excluding,
            some=bool(found),
            by=form.respect,
        )

    def _below(self, respect: str) -> list[Row]:
        new: Row = [(self._say.label("button.new_list"), NewList())] if respect == "tags" else []
        return [new, [(self._say.label("button.done"), Back())]]

    async def to_new_list(self, update: Update, context: Context) -> Outcome:
        return Noticing.LIST

    async def to_values(self, update: Update, context: Context) -> Outcome:
        return Noticing.VALUES

    async def ask_for_list(self, update: Update, context: Context) -> int:
        back = keyboard([(self._say.label("button.back"), Back())])
        return await self._say(
            update, "notices/new_list", keyboard=back, most=LONGEST_LIST // BYTES_A_CHARACTER
        )

    async def found_list(self, update: Update, context: Context) -> Outcome:
        """Its link can be passed on; who wrote it is on it already."""
        visit = context.visit
        try:
            tag = await self._book.found(whoever(context), text_of(update), now=visit.moment)
        except ListNameTooLong:
            most = LONGEST_LIST // BYTES_A_CHARACTER
            await self._say(update, "notices/list_name_long", most=most)
            return None
        link = link_of(tag, update.get_bot().link)
        await self._say(update, "notices/list_made", tag=tag, link=link)
        return Noticing.VALUES

    async def _values(self, form: NoticeForm, context: Context) -> Sequence[tuple[Any, int]]:
        visit = context.visit
        assert visit.person is not None, "only members get here"
        if form.respect == "unacknowledged":
            return await self._shelf.waiting_for_receipts(visit.person, now=visit.moment)
        return await self._shelf.values(visit.person, form.respect, now=visit.moment)

    async def pick(self, update: Update, context: Context) -> Outcome:
        form = context.visit.draft(NoticeForm)
        place = PickValue.tapped(update).place
        if place < len(form.offered):
            value: Any = form.offered[place]
            if form.respect == "roles":
                value = Role(value)
            form.draft.audience = form.draft.audience.toggled(
                form.respect, value, excluding=form.excluding
            )
        return Noticing.VALUES

    async def back(self, update: Update, context: Context) -> Outcome:
        return Noticing.AUDIENCE

    def _ticked(self, group: Group, respect: str, value: Any, number: int) -> str:
        words = self._say.label(
            "audience.counted", value=self._words.value(respect, value), count=number
        )
        chosen = value in getattr(group, respect)
        return self._say.label("ahead.ticked", words=words) if chosen else words
