"""A member changes an entry: field after field, sees what students will see, puts it up."""

from enum import StrEnum

from msgspec import Struct, field
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.guidance.entry_changes import changed_fields, lines_of
from branch.guidance.entry_fields import Field, value_of
from branch.guidance.errors import EntryMovedOn, Unfit
from branch.guidance.knowledge import Card, KnowledgeBook
from branch.guidance.model import Entry, Slug
from branch.guidance.revisions import RevisionId
from handlers.buttons import Back, Button, Confirm, Leave, Row, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene, Show
from handlers.entry_fields import FieldPages
from handlers.entry_pages import REFUSALS, Deed, EntryPages, member_of
from handlers.knowledge_buttons import (
    ChooseField,
    ChooseValue,
    EditKnown,
    EditLatest,
    LinesDone,
    MoreFields,
)
from handlers.replies import Say
from handlers.visit import Context
from handlers.written import written_in


class Editing(StrEnum):
    FIELD = "field"
    VALUE = "value"
    LINES = "lines"
    PREVIEW = "preview"


class EditDraft(Struct):
    """`changes` is what became of each field; `wrong` is said once when it is asked again."""

    slug: str = ""
    over: int = 0
    which: Field = Field.QUESTION
    changes: dict[Field, str] = field(default_factory=dict)
    wrong: str = ""


class EditEntry:
    def __init__(
        self, *, book: KnowledgeBook, pages: EntryPages, fields: FieldPages, say: Say
    ) -> None:
        self._book = book
        self._pages = pages
        self._fields = fields
        self._say = say

    def conversation(self) -> Conversation:
        text = MessageHandler(filters.TEXT & ~filters.COMMAND, self._pages.for_members(self.write))
        lines = MessageHandler(
            filters.TEXT & ~filters.COMMAND, self._pages.for_members(self.write_lines)
        )
        back = self._tap(self.back_to_fields, Back)
        leave = self._tap(self.leave, Leave)
        return Conversation(
            name="edit_entry",
            draft=EditDraft,
            entries=[self._tap(self.begin, EditKnown)],
            scenes={
                Editing.FIELD: self._scene(
                    self.ask_field,
                    self._tap(self.choose_field, ChooseField),
                    self._tap(self.preview, LinesDone),
                    leave,
                ),
                Editing.VALUE: self._scene(
                    self.ask_value, self._tap(self.choose_value, ChooseValue), text, back
                ),
                Editing.LINES: self._scene(
                    self.ask_lines, self._tap(self.preview, LinesDone), lines, back
                ),
                Editing.PREVIEW: self._scene(
                    self.show_preview,
                    self._tap(self.publish, Confirm),
                    self._tap(self.back_to_fields, MoreFields),
                    self._tap(self.go_on_from_latest, EditLatest),
                    leave,
                ),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        slug = Slug(EditKnown.tapped(update).slug)
        card = await self._book.see(member_of(context), slug, now=context.visit.moment)
        draft = context.visit.draft(EditDraft)
        draft.slug, draft.over = slug, card.version
        return Editing.FIELD

    async def ask_field(self, update: Update, context: Context) -> int:
        card, draft = await self._card(context), context.visit.draft(EditDraft)
        return await self._fields.choose(update, card.entry, draft.changes)

    async def choose_field(self, update: Update, context: Context) -> Outcome:
        chosen = ChooseField.tapped(update).field
        if chosen not in set(Field):
            return Editing.FIELD
        draft = context.visit.draft(EditDraft)
        draft.which, draft.wrong = Field(chosen), ""
        return Editing.LINES if draft.which.is_list else Editing.VALUE

    async def ask_value(self, update: Update, context: Context) -> int:
        draft = context.visit.draft(EditDraft)
        value = await self._value(context)
        wrong, draft.wrong = draft.wrong, ""
        return await self._fields.ask(update, draft.which, value, wrong=wrong)

    async def choose_value(self, update: Update, context: Context) -> Outcome:
        return await self._take(context, ChooseValue.tapped(update).value, Editing.VALUE)

    async def write(self, update: Update, context: Context) -> Outcome:
        return await self._take(context, written_in(update), Editing.VALUE)

    async def ask_lines(self, update: Update, context: Context) -> int:
        draft = context.visit.draft(EditDraft)
        value = await self._value(context)
        wrong, draft.wrong = draft.wrong, ""
        return await self._fields.ask_lines(update, draft.which, lines_of(value), wrong=wrong)

    async def write_lines(self, update: Update, context: Context) -> Outcome:
        """New lines are added; `-3 5` takes away the third and the fifth."""
        present = lines_of(await self._value(context))
        lines = self._fields.lines_after(present, written_in(update))
        await self._take(context, "\n".join(lines), Editing.LINES)
        return Editing.LINES

    async def preview(self, update: Update, context: Context) -> Outcome:
        return Editing.PREVIEW

    async def show_preview(self, update: Update, context: Context) -> int:
        draft, card = context.visit.draft(EditDraft), await self._card(context)
        label = self._say.label
        rows: list[Row] = [
            [(label("button.publish"), Confirm()), (label("button.more_fields"), MoreFields())],
            [(label("button.drop_changes"), Leave())],
        ]
        try:
            entry = self._book.revised(card.entry, draft.changes, now=context.visit.moment)
        except Unfit as unfit:
            return await self._fields.misfit(update, unfit, keyboard(rows[0][1:], rows[1]))
        changed = changed_fields(card.entry, entry)
        asks = self._new_asks(card.entry, entry)
        near = await self._book.near(asks, now=context.visit.moment, but=entry.slug)
        if changed:
            self._book.foresee(entry, over=RevisionId(draft.over), now=context.visit.moment)
        shown = rows if changed else [rows[0][1:], rows[1]]
        return await self._fields.preview(update, entry, changed, near, keyboard(*shown))

    async def publish(self, update: Update, context: Context) -> Outcome:
        draft, now = context.visit.draft(EditDraft), context.visit.moment
        card = await self._card(context)
        label = self._say.label
        await self._pages.checking(update)
        try:
            entry = self._book.revised(card.entry, draft.changes, now=now)
            card = await self._book.edit(
                member_of(context), entry, over=RevisionId(draft.over), now=now
            )
        except Unfit:
            return Editing.PREVIEW
        except REFUSALS as refusal:
            moved = isinstance(refusal, EntryMovedOn)
            again: Row = [
                (label("button.edit_latest"), EditLatest())
                if moved
                else (label("button.more_fields"), MoreFields())
            ]
            drop: Row = [(label("button.drop_changes"), Leave())]
            await self._pages.stay_refused(update, refusal, again, drop)
            return None
        await self._pages.show(update, card, "lead.published")
        return END

    async def go_on_from_latest(self, update: Update, context: Context) -> Outcome:
        """What one has written stays, and is laid over what the other has written."""
        card = await self._card(context)
        context.visit.draft(EditDraft).over = card.version
        return Editing.PREVIEW

    async def back_to_fields(self, update: Update, context: Context) -> Outcome:
        return Editing.FIELD

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._pages.show(update, await self._card(context), "lead.left")
        return END

    async def _take(self, context: Context, value: str, again: Editing) -> Outcome:
        """Keep the value if it fits; otherwise ask again and say why."""
        draft, card = context.visit.draft(EditDraft), await self._card(context)
        wanted = {**draft.changes, draft.which: value}
        try:
            self._book.revised(card.entry, wanted, now=context.visit.moment)
        except Unfit as unfit:
            if unfit.field is draft.which:
                draft.wrong = self._pages.unfit(unfit)
                return again
            # another field has to follow: English comes whole, an A needs its page
        draft.changes = wanted
        return Editing.PREVIEW

    async def _card(self, context: Context) -> Card:
        slug = Slug(context.visit.draft(EditDraft).slug)
        return await self._book.see(member_of(context), slug, now=context.visit.moment)

    async def _value(self, context: Context) -> str:
        draft, card = context.visit.draft(EditDraft), await self._card(context)
        return draft.changes.get(draft.which, value_of(card.entry, draft.which))

    def _new_asks(self, before: Entry, after: Entry) -> list[str]:
        known = {line for each in (Field.QUESTION, Field.WORDINGS) for line in _asks(before, each)}
        new = [line for each in (Field.QUESTION, Field.WORDINGS) for line in _asks(after, each)]
        return [line for line in new if line not in known]

    def _tap(self, deed: Deed[Outcome], button: type[Button]) -> Handler:
        return CallbackQueryHandler(self._pages.for_members(deed), button.matches)

    def _scene(self, show: Show, *hears: Handler) -> Scene:
        return Scene(self._pages.shown_to_members(show), hears)


def _asks(entry: Entry, which: Field) -> list[str]:
    return value_of(entry, which).splitlines()
