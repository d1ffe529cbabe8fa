"""A member adds an entry: question, answer, wordings, source, topic; a look at it; up it goes."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.guidance.entry_changes import lines_of
from branch.guidance.entry_fields import Field
from branch.guidance.errors import Unfit
from branch.guidance.knowledge import KnowledgeBook
from branch.guidance.model import Entry
from handlers.add_draft import STEPS, AddDraft, Adding
from handlers.buttons import Back, Button, Confirm, Leave, Row, keyboard
from handlers.conversation import END, Conversation, Handler, Outcome, Scene, Show
from handlers.entry_fields import FieldPages
from handlers.entry_pages import REFUSALS, Deed, EntryPages, member_of
from handlers.knowledge import Knowledge
from handlers.knowledge_buttons import (
    AddKnown,
    CheckedNow,
    ChooseValue,
    LinesDone,
    MoreFields,
    ShowKnown,
)
from handlers.replies import Say
from handlers.visit import Context
from handlers.written import written_in
from texts.language import Language

FEWEST_WORDINGS = 3


class AddEntry:
    def __init__(
        self,
        *,
        book: KnowledgeBook,
        knowledge: Knowledge,
        pages: EntryPages,
        fields: FieldPages,
        say: Say,
    ) -> None:
        self._book = book
        self._knowledge = knowledge
        self._pages = pages
        self._fields = fields
        self._say = say

    def conversation(self, *more_ways_in: Handler) -> Conversation:
        leave = self._tap(self.leave, Leave)
        return Conversation(
            name="add_entry",
            draft=AddDraft,
            entries=[self._tap(self.begin, AddKnown), *more_ways_in],
            scenes={
                Adding.QUESTION: self._scene(self.ask_question, self._text(self.question), leave),
                Adding.SIMILAR: self._scene(
                    self.ask_similar,
                    self._tap(self.go_on, Confirm),
                    self._tap(self.go_to, ShowKnown),
                    self._to(Adding.QUESTION, Back),
                ),
                Adding.BODY: self._scene(
                    self.ask_body, self._text(self.body), self._to(Adding.QUESTION, Back)
                ),
                Adding.WORDINGS: self._scene(
                    self.ask_wordings,
                    self._text(self.wordings),
                    self._tap(self.wordings_done, LinesDone),
                    self._to(Adding.BODY, Back),
                ),
                Adding.SOURCE: self._scene(
                    self.ask_source,
                    self._text(self.source),
                    self._to(Adding.WORDINGS, Back),
                ),
                Adding.TOPIC: self._scene(
                    self.ask_topic,
                    self._tap(self.topic, ChooseValue),
                    self._to(Adding.SOURCE, Back),
                ),
                Adding.PREVIEW: self._last_look(),
            },
        )

    def _last_look(self) -> Scene:
        return self._scene(
            self.show_preview,
            self._tap(self.publish, Confirm),
            self._tap(self.checked, CheckedNow),
            self._to(Adding.TOPIC, Back),
            self._to(Adding.WORDINGS, MoreFields),
            self._tap(self.leave, Leave),
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        await self._book.enter(member_of(context), now=context.visit.moment)
        return Adding.QUESTION

    async def ask_question(self, update: Update, context: Context) -> int:
        return await self._ask(update, context, Adding.QUESTION, last=Leave())

    async def question(self, update: Update, context: Context) -> Outcome:
        return self._take(context, written_in(update), Adding.QUESTION, Adding.SIMILAR)

    async def ask_similar(self, update: Update, context: Context) -> int:
        """Entries that are there already; where there are none, it goes on to the answer."""
        draft, talk = context.visit.draft(AddDraft), context.visit.talk
        asked = draft.changes[Field.QUESTION]
        near = await self._book.near([asked], now=context.visit.moment)
        if not near:
            assert talk is not None
            talk.scene = draft.after_similar
            ask = self.ask_body if talk.scene == Adding.BODY else self.ask_wordings
            return await ask(update, context)
        label = self._say.label
        rows: list[Row] = [
            *self._fields.near_buttons(near),
            [(label("button.is_another"), Confirm())],
            [(label("button.back"), Back())],
        ]
        return await self._say(
            update, "knowledge/similar", keyboard=keyboard(*rows), question=asked, count=len(near)
        )

    async def go_on(self, update: Update, context: Context) -> Outcome:
        return context.visit.draft(AddDraft).after_similar

    async def go_to(self, update: Update, context: Context) -> Outcome:
        await self._knowledge.entry(update, context)
        return END

    async def ask_body(self, update: Update, context: Context) -> int:
        return await self._ask(update, context, Adding.BODY)

    async def body(self, update: Update, context: Context) -> Outcome:
        return self._take(context, written_in(update), Adding.BODY, Adding.WORDINGS)

    async def ask_wordings(self, update: Update, context: Context) -> int:
        """Three at least; several may come in one message, or one after the other."""
        draft = context.visit.draft(AddDraft)
        lines = lines_of(draft.changes.get(Field.WORDINGS, ""))
        label = self._say.label
        done: Row = [(label("button.lines_done"), LinesDone())]
        rows = [done if len(lines) >= FEWEST_WORDINGS else [], [(label("button.back"), Back())]]
        wrong, draft.wrong = draft.wrong, ""
        return await self._say(
            update,
            "knowledge/new_wordings",
            keyboard=keyboard(*rows),
            question=draft.changes[Field.QUESTION],
            lines=list(enumerate(lines, start=1)),
            missing=max(0, FEWEST_WORDINGS - len(lines)),
            wrong=wrong,
        )

    async def wordings(self, update: Update, context: Context) -> Outcome:
        draft = context.visit.draft(AddDraft)
        present = lines_of(draft.changes.get(Field.WORDINGS, ""))
        lines = self._fields.lines_after(present, written_in(update))
        return self._take(context, "\n".join(lines), Adding.WORDINGS, Adding.WORDINGS)

    async def wordings_done(self, update: Update, context: Context) -> Outcome:
        draft = context.visit.draft(AddDraft)
        enough = len(lines_of(draft.changes.get(Field.WORDINGS, ""))) >= FEWEST_WORDINGS
        if not enough:
            return Adding.WORDINGS
        return Adding.PREVIEW if Field.TOPIC in draft.changes else Adding.SOURCE

    async def ask_source(self, update: Update, context: Context) -> int:
        return await self._ask(update, context, Adding.SOURCE)

    async def source(self, update: Update, context: Context) -> Outcome:
        return self._take(context, written_in(update), Adding.SOURCE, Adding.TOPIC)

    async def ask_topic(self, update: Update, context: Context) -> int:
        return await self._ask(update, context, Adding.TOPIC, *self._fields.topics())

    async def topic(self, update: Update, context: Context) -> Outcome:
        chosen = ChooseValue.tapped(update).value
        return self._take(context, chosen, Adding.TOPIC, Adding.PREVIEW)

    async def show_preview(self, update: Update, context: Context) -> int:
        draft, label = context.visit.draft(AddDraft), self._say.label
        tick = "✓ " if draft.checked else ""
        rows: list[Row] = [
            [(label("button.publish"), Confirm())],
            [(tick + label("button.checked_now"), CheckedNow())],
            [(label("button.back"), Back()), (label("button.drop_entry"), Leave())],
        ]
        try:
            entry = self._entry(context)
        except Unfit as unfit:
            return await self._fields.misfit(update, unfit, keyboard(rows[-1]))
        asks = entry.asked_as(Language.ZH)
        near = await self._book.near(asks, now=context.visit.moment)
        self._book.foresee(entry, now=context.visit.moment)
        return await self._fields.preview(update, entry, [], near, keyboard(*rows))

    async def checked(self, update: Update, context: Context) -> Outcome:
        draft = context.visit.draft(AddDraft)
        draft.checked = not draft.checked
        return Adding.PREVIEW

    async def publish(self, update: Update, context: Context) -> Outcome:
        label = self._say.label
        await self._pages.checking(update)
        try:
            entry = self._entry(context)
            card = await self._book.add(member_of(context), entry, now=context.visit.moment)
        except Unfit:
            return Adding.PREVIEW
        except REFUSALS as refusal:
            rows: list[Row] = [
                [(label("button.edit_wordings"), MoreFields())],
                [(label("button.drop_entry"), Leave())],
            ]
            await self._pages.stay_refused(update, refusal, *rows)
            return None
        await self._pages.show(update, card, "lead.published")
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._knowledge.home(update, context)
        return END

    async def _ask(
        self, update: Update, context: Context, step: Adding, *rows: Row, last: Button | None = None
    ) -> int:
        draft, label = context.visit.draft(AddDraft), self._say.label
        back = (label("button.back"), last or Back())
        wrong, draft.wrong = draft.wrong, ""
        return await self._say(
            update,
            f"knowledge/new_{step}",
            keyboard=keyboard(*rows, [back]),
            question=draft.changes.get(Field.QUESTION, ""),
            wrong=wrong,
        )

    def _take(self, context: Context, value: str, step: Adding, following: Adding) -> Outcome:
        """Keep the value and go on; what does not fit is asked for again, with the reason."""
        draft, wanted = context.visit.draft(AddDraft), STEPS[step]
        try:
            self._book.new({**draft.changes, wanted: value}, note="…", now=context.visit.moment)
        except Unfit as unfit:
            if unfit.field is wanted:
                draft.wrong = self._pages.unfit(unfit)
                return step
            # what is missing comes in the next steps
        draft.changes = {**draft.changes, wanted: value}
        return following

    def _entry(self, context: Context) -> Entry:
        draft = context.visit.draft(AddDraft)
        note = "" if draft.checked else self._say.label("note.chat")
        return self._book.new(draft.changes, note=note, now=context.visit.moment)

    def _text(self, deed: Deed[Outcome]) -> Handler:
        words = filters.TEXT & ~filters.COMMAND
        return MessageHandler(words, self._pages.for_members(deed))

    def _tap(self, deed: Deed[Outcome], button: type[Button]) -> Handler:
        return CallbackQueryHandler(self._pages.for_members(deed), button.matches)

    def _to(self, step: Adding, button: type[Button]) -> Handler:
        async def go(_update: Update, _context: Context) -> Outcome:
            return step

        return CallbackQueryHandler(go, button.matches)

    def _scene(self, show: Show, *hears: Handler) -> Scene:
        return Scene(self._pages.shown_to_members(show), hears)
