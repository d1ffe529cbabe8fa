"""What can be set about a notice besides its words and its audience: when, links, and the rest."""

import re
from collections.abc import Sequence
from datetime import tzinfo
from enum import StrEnum
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from branch.dates.reading_recurrence import RecurrenceUnclear, read_recurrence
from branch.dates.recurrence import RecurrenceFaulty
from branch.dates.typed_moment import MomentPast, MomentUnclear, read_moment
from branch.notices.model import (
    LONGEST_LINK_LABEL,
    MOST_LINKS,
    SPREADS,
    USEFUL_DAYS,
    Link,
    NoticeKind,
)
from handlers.buttons import Back, Row, keyboard
from handlers.conversation import Handler, Outcome, Scene
from handlers.incoming import text_of
from handlers.notice_buttons import (
    Amount,
    ChooseAmount,
    ChooseKind,
    SendAtOnce,
    ToggleReceipt,
    ToggleUrgent,
    WithoutLinks,
)
from handlers.notice_form import NoticeForm, in_twos
from handlers.notice_scenes import Noticing
from handlers.parts import WRITTEN
from handlers.replies import Say
from handlers.visit import Context

_BETWEEN = " :\uff1a|-"
_LINK = re.compile(r"^(?P<label>.*?)\s*(?P<url>(?:https?|tg)://\S+)$")


class SettingOptions:
    def __init__(self, *, zone: tzinfo, say: Say) -> None:
        self._zone = zone
        self._say = say

    def scenes(self, elsewhere: Sequence[Handler]) -> dict[StrEnum, Scene]:
        tapped = CallbackQueryHandler
        back = tapped(self.back, Back.matches)
        return {
            Noticing.WHEN: Scene(
                self.ask_when,
                [
                    tapped(self.at_once, SendAtOnce.matches),
                    back,
                    MessageHandler(WRITTEN, self.take_when),
                ],
            ),
            Noticing.LINKS: Scene(
                self.ask_links,
                [
                    tapped(self.without_links, WithoutLinks.matches),
                    back,
                    MessageHandler(WRITTEN, self.take_links),
                ],
            ),
            Noticing.OPTIONS: Scene(
                self.show_options,
                [
                    tapped(self.toggle_receipt, ToggleReceipt.matches),
                    tapped(self.toggle_urgent, ToggleUrgent.matches),
                    tapped(self.choose_kind, ChooseKind.matches),
                    tapped(self.choose_amount, ChooseAmount.matches),
                    back,
                    *elsewhere,
                ],
            ),
        }

    async def back(self, update: Update, context: Context) -> Outcome:
        return Noticing.REVIEW

    async def ask_when(self, update: Update, context: Context) -> int:
        label = self._say.label
        rows: list[Row] = [
            [(label("button.send_at_once"), SendAtOnce())],
            [(label("button.back"), Back())],
        ]
        return await self._say(update, "notices/when", keyboard=keyboard(*rows))

    async def at_once(self, update: Update, context: Context) -> Outcome:
        draft = context.visit.draft(NoticeForm).draft
        draft.send_at, draft.recurrence, draft.recurs_as = None, None, ""
        return Noticing.REVIEW

    async def take_when(self, update: Update, context: Context) -> Outcome:
        """A moment, or how it recurs."""
        visit = context.visit
        draft, text = visit.draft(NoticeForm).draft, text_of(update)
        today = visit.moment.astimezone(self._zone).date()
        try:
            draft.send_at = read_moment(text, now=visit.moment, zone=self._zone)
            draft.recurrence, draft.recurs_as = None, ""
        except MomentPast:
            await self._say(update, "notices/when_past")
            return Noticing.WHEN
        except MomentUnclear:
            try:
                draft.recurrence = read_recurrence(text, today=today)
                draft.send_at, draft.recurs_as = None, " ".join(text.split())
            except (RecurrenceUnclear, RecurrenceFaulty):
                await self._say(update, "notices/when_unclear", words=text)
                return Noticing.WHEN
        return Noticing.REVIEW

    async def ask_links(self, update: Update, context: Context) -> int:
        label, links = self._say.label, context.visit.draft(NoticeForm).draft.links
        rows: list[Row] = [[(label("button.back"), Back())]]
        if links:
            rows.insert(0, [(label("button.without_links"), WithoutLinks())])
        return await self._say(update, "notices/links", keyboard=keyboard(*rows), links=links)

    async def without_links(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(NoticeForm).draft.links = []
        return Noticing.REVIEW

    async def take_links(self, update: Update, context: Context) -> Outcome:
        lines = [line.strip() for line in text_of(update).splitlines() if line.strip()]
        links = [_link(line, self._say.label("button.open_link")) for line in lines]
        found = [each for each in links if each is not None]
        if not found or len(found) < len(lines) or len(found) > MOST_LINKS:
            wrong = next((a for a, b in zip(lines, links, strict=True) if b is None), "")
            await self._say(
                update,
                "notices/links_unclear",
                words=wrong,
                most=MOST_LINKS,
                longest=LONGEST_LINK_LABEL,
            )
            return Noticing.LINKS
        context.visit.draft(NoticeForm).draft.links = found
        return Noticing.REVIEW

    async def show_options(self, update: Update, context: Context) -> int:
        draft, label = context.visit.draft(NoticeForm).draft, self._say.label
        receipt = self._ticked(label("option.receipt"), chosen=draft.wants_receipt)
        urgent = self._ticked(label("option.urgent"), chosen=draft.urgent)
        kinds: list[Any] = [
            (
                self._ticked(label(f"noticekind.{each}"), chosen=each is draft.kind),
                ChooseKind(each),
            )
            for each in NoticeKind
        ]
        rows: list[Row] = [
            [(receipt, ToggleReceipt()), (urgent, ToggleUrgent())],
            *in_twos(kinds),
            self._amounts(Amount.SPREAD, SPREADS, draft.spread),
            self._amounts(Amount.USEFUL_DAYS, USEFUL_DAYS, draft.useful_days),
            [(label("button.done"), Back())],
        ]
        return await self._say(update, "notices/options", keyboard=keyboard(*rows))

    def _amounts(self, amount: Amount, values: Sequence[int], chosen: int) -> Row:
        label = self._say.label
        names = {0: f"{amount}_none"}
        return [
            (
                self._ticked(
                    label(f"option.{names.get(each, amount)}", value=each), chosen=each == chosen
                ),
                ChooseAmount(amount, each),
            )
            for each in values
        ]

    async def toggle_receipt(self, update: Update, context: Context) -> Outcome:
        draft = context.visit.draft(NoticeForm).draft
        draft.wants_receipt = not draft.wants_receipt
        return Noticing.OPTIONS

    async def toggle_urgent(self, update: Update, context: Context) -> Outcome:
        draft = context.visit.draft(NoticeForm).draft
        draft.urgent = not draft.urgent
        return Noticing.OPTIONS

    async def choose_kind(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(NoticeForm).draft.kind = ChooseKind.tapped(update).kind
        return Noticing.OPTIONS

    async def choose_amount(self, update: Update, context: Context) -> Outcome:
        draft, tap = context.visit.draft(NoticeForm).draft, ChooseAmount.tapped(update)
        if tap.amount is Amount.SPREAD and tap.value in SPREADS:
            draft.spread = tap.value
        elif tap.amount is Amount.USEFUL_DAYS and tap.value in USEFUL_DAYS:
            draft.useful_days = tap.value
        return Noticing.OPTIONS

    def _ticked(self, words: str, *, chosen: bool) -> str:
        return self._say.label("ahead.ticked", words=words) if chosen else words


def _link(line: str, usual: str) -> Link | None:
    found = _LINK.match(line)
    if found is None:
        return None
    label = found["label"].strip(_BETWEEN) or usual
    return Link(label, found["url"]) if len(label) <= LONGEST_LINK_LABEL else None
