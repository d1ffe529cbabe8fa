"""What editing a date says besides its questions: a milestone in words, an end, a refusal."""

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.content.provenance import Source
from branch.exam_calendar.date_book import (
    CalendarNeverStill,
    DateBook,
    DateCard,
    DateMovedOn,
    DateUnknown,
    NothingToTakeBack,
)
from branch.exam_calendar.model import MILESTONES, Milestone
from branch.people.errors import NotAllowed
from branch.people.model import Person
from handlers.buttons import Back, Button, Row, ShowCalendar, keyboard
from handlers.calendar_buttons import EditCalendar, UndoDate
from handlers.conversation import END, Handler, Scene
from handlers.date_words import CalendarWords
from handlers.replies import Say
from handlers.visit import Context

REFUSALS = (NotAllowed, DateUnknown, DateMovedOn, NothingToTakeBack, CalendarNeverStill)
_ADDRESS = re.compile(r"https?://\S+")
LONGEST_SOURCE = 200
Deed = Callable[[Update, Context], Awaitable[Any]]


class DatePages:
    def __init__(self, *, book: DateBook, words: CalendarWords, say: Say) -> None:
        self._book = book
        self._words = words
        self._say = say

    async def end(self, update: Update, template: str, intake: int, **values: Any) -> int:
        back = keyboard(
            [
                (self._say.label("button.calendar"), ShowCalendar(intake)),
                (self._say.label("button.edit_dates"), EditCalendar(intake)),
            ]
        )
        return await self._say(update, template, keyboard=back, intake=intake, **values)

    def clash(self, step: Milestone, context: Context) -> dict[str, Any]:
        """Another milestone that the new date would change places with, for a second look."""
        other = self._words.out_of_step(step)
        if other is None:
            return {"clash": None, "clash_name": "", "clash_before": False}
        before = MILESTONES.index(other.id) < MILESTONES.index(step.id)
        name = self._words.name(other, context.visit.language)
        return {"clash": other, "clash_name": name, "clash_before": before}

    async def history(self, update: Update, context: Context, card: DateCard) -> int:
        """What was done to the date, and a button that takes the latest back."""
        label = self._say.label
        rows: list[Row] = [[(label("button.back"), Back())]]
        if card.history:
            rows.insert(0, [(label("button.undo"), UndoDate(card.version))])
        changes = [
            (edit, "" if edit.code is None else self.when_of(card.step, edit.code, context))
            for edit in card.history
        ]
        said = self.said(card.step, context)
        return await self._say(
            update, "dates_edit/history", keyboard=keyboard(*rows), history=changes, **said
        )

    def said(self, step: Milestone, context: Context) -> dict[str, Any]:
        visit = context.visit
        when = self._words.when(step, "whole", visit.language, visit.moment)
        return {
            "intake": step.intake,
            "name": self._words.name(step, visit.language),
            "when": Markup(when),  # noqa: S704 -- a template's output
        }

    def when_of(self, step: Milestone, code: str, context: Context) -> Markup:
        when: Markup = self.said(self._book.proposed(step, code), context)["when"]
        return when

    def guarded(self, deed: Deed) -> Callable[[Update, Context], Any]:
        async def guarded(update: Update, context: Context) -> Any:
            try:
                return await deed(update, context)
            except REFUSALS as refusal:
                await self._refused(update, context, refusal)
                return END

        return guarded

    def scene(self, show: Deed, *hears: Handler) -> Scene:
        async def shown(update: Update, context: Context) -> int:
            try:
                asked: int = await show(update, context)
            except REFUSALS as refusal:
                talk = context.visit.talk
                assert talk is not None
                talk.closed = True
                return await self._refused(update, context, refusal)
            return asked

        return Scene(shown, hears)

    async def _refused(self, update: Update, context: Context, refusal: Exception) -> int:
        if isinstance(refusal, NotAllowed):
            return await self._say(update, "roles/not_allowed")
        latest = refusal.latest if isinstance(refusal, DateMovedOn) else None
        return await self._say(
            update,
            "dates_edit/not_written",
            keyboard=keyboard([(self._say.label("button.edit_dates"), EditCalendar(0))]),
            latest=latest,
        )

    def tap(self, deed: Deed, button: type[Button]) -> Handler:
        return CallbackQueryHandler(self.guarded(deed), button.matches)


def source_typed(text: str) -> Source | None:
    """A name and an address, in either order; None where there is nothing to go by."""
    plain = " ".join(text.split())
    found = _ADDRESS.search(plain)
    address = found[0] if found else ""
    name = plain.replace(address, "").strip() or (urlsplit(address).hostname or "")
    if not name or max(len(name), len(address)) > LONGEST_SOURCE:
        return None
    return Source(name=name, url=address or None)


def person_of(context: Context) -> Person:
    """Whom the book asks about their role; somebody unknown has none."""
    if context.visit.person is None:
        raise NotAllowed
    return context.visit.person
