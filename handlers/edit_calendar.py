"""A member changes a date: which one, the new date, where it stands, before and after, yes."""

from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct
from telegram import Update
from telegram.ext import MessageHandler, filters

from branch.content.provenance import Source
from branch.exam_calendar.date_book import DateBook, DateCard
from branch.exam_calendar.edits import EditId
from branch.exam_calendar.typed_dates import DatesNotTaken, typed_code
from handlers.buttons import Back, Confirm, Leave, Row, keyboard
from handlers.calendar_buttons import (
    ChooseIntake,
    ChooseMilestone,
    EditCalendar,
    KeepSource,
    NotAnnounced,
    ShowDateHistory,
    UndoDate,
)
from handlers.conversation import END, Conversation, Outcome
from handlers.date_pages import LONGEST_SOURCE, DatePages, person_of, source_typed
from handlers.date_words import CalendarWords
from handlers.incoming import text_of
from handlers.replies import Say
from handlers.visit import Context


class EditingDate(StrEnum):
    MILESTONE = "milestone"
    DATES = "dates"
    HISTORY = "history"
    SOURCE = "source"
    CONFIRM = "confirm"


class DateDraft(Struct):
    """`over` is the edit that was looked at; `wrong` is said once when it is asked again."""

    intake: int = 0
    milestone: str = ""
    over: int = 0
    code: str = ""
    source_name: str = ""
    source_url: str = ""
    wrong: str = ""


class EditDates:
    def __init__(self, *, book: DateBook, words: CalendarWords, zone: ZoneInfo, say: Say) -> None:
        self._book = book
        self._pages = DatePages(book=book, words=words, say=say)
        self._words = words
        self._zone = zone
        self._say = say

    def conversation(self) -> Conversation:
        text = filters.TEXT & ~filters.COMMAND
        leave, back = self._pages.tap(self.leave, Leave), self._pages.tap(self.back, Back)
        return Conversation(
            name="edit_date",
            draft=DateDraft,
            entries=[self._pages.tap(self.begin, EditCalendar)],
            scenes={
                EditingDate.MILESTONE: self._pages.scene(
                    self.ask_milestone,
                    self._pages.tap(self.choose_milestone, ChooseMilestone),
                    self._pages.tap(self.choose_intake, ChooseIntake),
                    leave,
                ),
                EditingDate.DATES: self._pages.scene(
                    self.ask_dates,
                    self._pages.tap(self.not_announced, NotAnnounced),
                    self._pages.tap(self.show_history, ShowDateHistory),
                    MessageHandler(text, self._pages.guarded(self.write_dates)),
                    back,
                ),
                EditingDate.HISTORY: self._pages.scene(
                    self.ask_undo, self._pages.tap(self.undo, UndoDate), back
                ),
                EditingDate.SOURCE: self._pages.scene(
                    self.ask_source,
                    self._pages.tap(self.keep_source, KeepSource),
                    MessageHandler(text, self._pages.guarded(self.write_source)),
                    back,
                ),
                EditingDate.CONFIRM: self._pages.scene(
                    self.ask_confirm, self._pages.tap(self.confirm, Confirm), back, leave
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        visit = context.visit
        intake = self._words.nearest_intake(EditCalendar.tapped(update).intake, visit.moment)
        visit.draft(DateDraft).intake = intake
        first = self._words.milestones(intake)[0]
        await self._book.see(person_of(context), intake, first.id, now=visit.moment)
        return EditingDate.MILESTONE

    async def ask_milestone(self, update: Update, context: Context) -> int:
        draft, language, label = (
            context.visit.draft(DateDraft),
            context.visit.language,
            self._say.label,
        )
        steps: Row = [
            (self._words.name(step, language), ChooseMilestone(step.id))
            for step in self._words.milestones(draft.intake)
        ]
        others = [intake for intake in self._words.intakes() if intake != draft.intake][-2:]
        rows: list[Row] = [
            *(steps[start : start + 2] for start in range(0, len(steps), 2)),
            [(label("button.intake", year=each % 100), ChooseIntake(each)) for each in others],
            [(label("button.back"), Leave())],
        ]
        return await self._say(
            update, "dates_edit/milestone", keyboard=keyboard(*rows), intake=draft.intake
        )

    async def choose_intake(self, update: Update, context: Context) -> Outcome:
        wanted = ChooseIntake.tapped(update).intake
        if wanted in self._words.intakes():
            context.visit.draft(DateDraft).intake = wanted
        return EditingDate.MILESTONE

    async def choose_milestone(self, update: Update, context: Context) -> Outcome:
        draft = context.visit.draft(DateDraft)
        draft.milestone, draft.wrong = ChooseMilestone.tapped(update).milestone, ""
        draft.over = (await self._card(context)).version
        return EditingDate.DATES

    async def ask_dates(self, update: Update, context: Context) -> int:
        card, draft, label = (
            await self._card(context),
            context.visit.draft(DateDraft),
            self._say.label,
        )
        wrong, draft.wrong = draft.wrong, ""
        rows: list[Row] = [[(label("button.back"), Back())]]
        if card.history:
            rows.insert(0, [(label("button.history"), ShowDateHistory())])
        if card.step.announced:
            rows.insert(0, [(label("button.not_announced"), NotAnnounced())])
        return await self._say(
            update,
            "dates_edit/dates",
            keyboard=keyboard(*rows),
            **self._pages.said(card.step, context),
            told=card.told,
            latest=card.history[0] if card.history else None,
            wrong=wrong,
        )

    async def write_dates(self, update: Update, context: Context) -> Outcome:
        draft = context.visit.draft(DateDraft)
        try:
            draft.code = typed_code(text_of(update), intake=draft.intake, zone=self._zone)
        except DatesNotTaken as refused:
            draft.wrong = self._say.label(
                f"misdated.{refused.why}", before=draft.intake - 1, year=draft.intake
            )
            return EditingDate.DATES
        return await self._on_to_source(context)

    async def not_announced(self, update: Update, context: Context) -> Outcome:
        context.visit.draft(DateDraft).code = "open"
        return await self._on_to_source(context)

    async def _on_to_source(self, context: Context) -> Outcome:
        draft = context.visit.draft(DateDraft)
        if draft.code == (await self._card(context)).step.code:
            draft.wrong = self._say.label("misdated.same")
            return EditingDate.DATES
        return EditingDate.SOURCE

    async def ask_source(self, update: Update, context: Context) -> int:
        card, draft, label = (
            await self._card(context),
            context.visit.draft(DateDraft),
            self._say.label,
        )
        wrong, draft.wrong = draft.wrong, ""
        rows: list[Row] = [[(label("button.back"), Back())]]
        if card.step.source.name:
            rows.insert(0, [(label("button.keep_source"), KeepSource())])
        return await self._say(
            update,
            "dates_edit/source",
            keyboard=keyboard(*rows),
            source=card.step.source,
            wrong=wrong,
        )

    async def keep_source(self, update: Update, context: Context) -> Outcome:
        source, draft = (await self._card(context)).step.source, context.visit.draft(DateDraft)
        draft.source_name, draft.source_url = source.name, source.url or ""
        return EditingDate.CONFIRM

    async def write_source(self, update: Update, context: Context) -> Outcome:
        draft, source = context.visit.draft(DateDraft), source_typed(text_of(update))
        if source is None:
            draft.wrong = self._say.label("misdated.source", most=LONGEST_SOURCE)
            return EditingDate.SOURCE
        draft.source_name, draft.source_url = source.name, source.url or ""
        return EditingDate.CONFIRM

    async def ask_confirm(self, update: Update, context: Context) -> int:
        card, draft, label = (
            await self._card(context),
            context.visit.draft(DateDraft),
            self._say.label,
        )
        proposed = self._book.proposed(card.step, draft.code)
        rows: list[Row] = [
            [(label("button.change_date"), Confirm())],
            [(label("button.back"), Back()), (label("button.drop_changes"), Leave())],
        ]
        return await self._say(
            update,
            "dates_edit/confirm",
            keyboard=keyboard(*rows),
            **self._pages.said(card.step, context),
            after=self._pages.said(proposed, context)["when"],
            **self._pages.clash(proposed, context),
            source=_source(draft),
            told=card.told,
        )

    async def confirm(self, update: Update, context: Context) -> Outcome:
        draft = context.visit.draft(DateDraft)
        before = await self._card(context)
        card = await self._book.change(
            person_of(context),
            draft.intake,
            draft.milestone,
            code=draft.code,
            source=_source(draft),
            over=EditId(draft.over),
            now=context.visit.moment,
        )
        return await self._done(update, context, before, card)

    async def show_history(self, update: Update, context: Context) -> Outcome:
        return EditingDate.HISTORY

    async def ask_undo(self, update: Update, context: Context) -> int:
        return await self._pages.history(update, context, await self._card(context))

    async def undo(self, update: Update, context: Context) -> Outcome:
        draft, before = context.visit.draft(DateDraft), await self._card(context)
        card = await self._book.undo(
            person_of(context),
            draft.intake,
            draft.milestone,
            over=EditId(UndoDate.tapped(update).version),
            now=context.visit.moment,
        )
        return await self._done(update, context, before, card)

    async def back(self, update: Update, context: Context) -> Outcome:
        talk = context.visit.talk
        assert talk is not None
        match talk.scene:
            case EditingDate.DATES:
                return EditingDate.MILESTONE
            case EditingDate.CONFIRM:
                return EditingDate.SOURCE
        return EditingDate.DATES

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._pages.end(update, "dates_edit/left", context.visit.draft(DateDraft).intake)
        return END

    async def _done(
        self, update: Update, context: Context, before: DateCard, card: DateCard
    ) -> Outcome:
        said = self._pages.said(card.step, context)
        corrected = before.told if before.step.code != card.step.code else 0
        await self._pages.end(update, "dates_edit/done", corrected=corrected, **said)
        return END

    async def _card(self, context: Context) -> DateCard:
        draft = context.visit.draft(DateDraft)
        return await self._book.see(
            person_of(context), draft.intake, draft.milestone, now=context.visit.moment
        )


def _source(draft: DateDraft) -> Source:
    return Source(name=draft.source_name, url=draft.source_url or None)
