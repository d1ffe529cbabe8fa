"""/knowledge: members look around in the base, and do to an entry what takes one tap."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.guidance.entry_changes import LONGEST_TYPED_QUESTION
from branch.guidance.knowledge import Card, KnowledgeBook
from branch.guidance.model import Entry, Slug
from branch.guidance.revisions import RevisionId
from branch.people.model import Person
from handlers.buttons import Button, Row, ShowMenu, keyboard
from handlers.conversation import Handler
from handlers.entry_pages import REFUSALS, EntryPages, member_of
from handlers.incoming import argument_of
from handlers.knowledge_buttons import (
    AddKnown,
    AskRetire,
    ExportKnown,
    ImportKnown,
    KnownHistory,
    KnownTopic,
    KnownTopics,
    OpenKnowledge,
    RestoreKnown,
    RetireKnown,
    SearchKnowledge,
    ShowDue,
    ShowKnown,
    ShowRetired,
    StillValid,
    TakeFiles,
    UndoKnown,
)
from handlers.replies import Say
from handlers.report_pages import reports
from handlers.visit import Context

PAGE = 8
DUE_PAGE = 5
LONGEST_LABEL = 40
OfVersion = RetireKnown | RestoreKnown | UndoKnown | TakeFiles


class Deed(Protocol):
    def __call__(
        self, by: Person, slug: Slug, /, *, over: RevisionId, now: datetime
    ) -> Awaitable[Card]: ...


class Knowledge:
    def __init__(self, *, book: KnowledgeBook, pages: EntryPages, say: Say) -> None:
        self._book = book
        self._pages = pages
        self._say = say

    def handlers(self) -> list[Handler]:
        taps: dict[type[Button], Callable[[Update, Context], Awaitable[None]]] = {
            OpenKnowledge: self.home,
            KnownTopics: self.topics,
            KnownTopic: self.topic,
            ShowKnown: self.entry,
            KnownHistory: self.history,
            ShowDue: self.due,
            ShowRetired: self.retired,
            StillValid: self.confirm,
            AskRetire: self.ask_retire,
            RetireKnown: self.retire,
            RestoreKnown: self.restore,
            UndoKnown: self.undo,
            TakeFiles: self.take_files,
        }
        guarded = self._pages.for_members
        return [
            CommandHandler("knowledge", guarded(self.open)),
            *(CallbackQueryHandler(guarded(deed), tap.matches) for tap, deed in taps.items()),
        ]

    async def open(self, update: Update, context: Context) -> None:
        """`/knowledge 学费` searches at once."""
        words = argument_of(update)
        if words:
            await self.found(update, context, words)
        else:
            await self.home(update, context)

    async def home(self, update: Update, context: Context) -> None:
        person, now, label = member_of(context), context.visit.moment, self._say.label
        standing = await self._book.standing(person, now=now)
        rows: list[Row] = [
            [
                (label("button.search"), SearchKnowledge()),
                (label("button.by_topic"), KnownTopics()),
            ],
            [(label("button.add_entry"), AddKnown())],
            [
                (label("button.import"), ImportKnown()),
                (label("button.export_entries"), ExportKnown()),
            ],
        ]
        if standing.due:
            rows.append([(label("button.due", count=standing.due), ShowDue(0))])
        if standing.retired:
            rows.append([(label("button.retired", count=standing.retired), ShowRetired())])
        rows += reports(self._say)
        rows.append([(label("button.menu"), ShowMenu())])
        await self._say(update, "knowledge/home", keyboard=keyboard(*rows), standing=standing)

    async def found(self, update: Update, context: Context, words: str) -> None:
        """What the words find, each a button to its page."""
        visit, words = context.visit, words[:LONGEST_TYPED_QUESTION]
        found = await self._book.find(
            member_of(context), words, language=visit.language, now=visit.moment
        )
        label = self._say.label
        rows = self._buttons(found, context)
        rows += [
            [(label("button.search_again"), SearchKnowledge())],
            [(label("button.knowledge"), OpenKnowledge())],
        ]
        await self._say(
            update, "knowledge/found", keyboard=keyboard(*rows), words=words, count=len(found)
        )

    async def topics(self, update: Update, context: Context) -> None:
        await self._book.enter(member_of(context), now=context.visit.moment)
        language = context.visit.language
        buttons = [
            (f"{topic.emoji} {topic.name(language)}", KnownTopic(topic.id, 0))
            for topic in self._book.library.topics()
        ]
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        rows.append([(self._say.label("button.knowledge"), OpenKnowledge())])
        await self._say(update, "knowledge/topics", keyboard=keyboard(*rows))

    async def topic(self, update: Update, context: Context) -> None:
        tap, language = KnownTopic.tapped(update), context.visit.language
        await self._book.enter(member_of(context), now=context.visit.moment)
        topic = next((t for t in self._book.library.topics() if t.id == tap.topic), None)
        if topic is None:
            await self.topics(update, context)
            return
        entries = self._book.library.entries_of(topic.id)
        turn: list[tuple[str, KnownTopic]] = []
        if tap.page > 0:
            turn.append((self._say.label("button.page_before"), KnownTopic(topic.id, tap.page - 1)))
        if (tap.page + 1) * PAGE < len(entries):
            turn.append((self._say.label("button.page_after"), KnownTopic(topic.id, tap.page + 1)))
        shown = entries[tap.page * PAGE :][:PAGE] if tap.page >= 0 else ()
        rows = [
            *self._buttons(shown, context),
            turn,
            [(self._say.label("button.by_topic"), KnownTopics())],
        ]
        await self._say(
            update,
            "knowledge/topic",
            keyboard=keyboard(*rows),
            emoji=topic.emoji,
            name=topic.name(language),
            count=len(entries),
        )

    async def entry(self, update: Update, context: Context) -> None:
        slug = Slug(ShowKnown.tapped(update).slug)
        await self._pages.show(update, await self._see(context, slug))

    async def history(self, update: Update, context: Context) -> None:
        slug = Slug(KnownHistory.tapped(update).slug)
        person, now = member_of(context), context.visit.moment
        card = await self._book.see(person, slug, now=now)
        revisions = await self._book.history(person, slug, now=now)
        await self._say(
            update,
            "knowledge/history",
            keyboard=keyboard([(self._say.label("button.back"), ShowKnown(slug))]),
            question=card.entry.question(context.visit.language),
            revisions=[(each, self._say.label(f"revision.{each.deed}")) for each in revisions],
        )

    async def due(self, update: Update, context: Context) -> None:
        await self._show_due(update, context, max(ShowDue.tapped(update).page, 0))

    async def confirm(self, update: Update, context: Context) -> None:
        """One tap: looked at today and found right."""
        tap = StillValid.tapped(update)
        confirming = self._book.confirm(
            member_of(context), Slug(tap.slug), now=context.visit.moment
        )
        card = await self._tried(update, confirming)
        if card is None:
            return
        if tap.page < 0:
            await self._pages.show(update, card, "lead.confirmed")
        else:
            await self._show_due(update, context, tap.page)

    async def retired(self, update: Update, context: Context) -> None:
        entries = await self._book.retired(member_of(context), now=context.visit.moment)
        rows = self._buttons(entries[: PAGE * 4], context)
        rows.append([(self._say.label("button.knowledge"), OpenKnowledge())])
        await self._say(update, "knowledge/retired", keyboard=keyboard(*rows), count=len(entries))

    async def ask_retire(self, update: Update, context: Context) -> None:
        slug = Slug(AskRetire.tapped(update).slug)
        card, label = await self._see(context, slug), self._say.label
        buttons = keyboard(
            [(label("button.keep_entry"), ShowKnown(slug))],
            [(label("button.retire"), RetireKnown(slug, card.version))],
        )
        question = card.entry.question(context.visit.language)
        await self._say(update, "knowledge/ask_retire", keyboard=buttons, question=question)

    async def retire(self, update: Update, context: Context) -> None:
        tap = RetireKnown.tapped(update)
        await self._do(update, context, self._book.retire, tap, "lead.retired")

    async def restore(self, update: Update, context: Context) -> None:
        tap = RestoreKnown.tapped(update)
        await self._do(update, context, self._book.restore, tap, "lead.restored")

    async def undo(self, update: Update, context: Context) -> None:
        tap = UndoKnown.tapped(update)
        await self._do(update, context, self._book.undo, tap, "lead.undone")

    async def take_files(self, update: Update, context: Context) -> None:
        tap = TakeFiles.tapped(update)
        await self._do(update, context, self._book.take_files, tap, "lead.files_taken")

    async def _show_due(self, update: Update, context: Context, page: int) -> None:
        entries = await self._book.due(member_of(context), now=context.visit.moment)
        label, language = self._say.label, context.visit.language
        page = min(page, max(len(entries) - 1, 0) // DUE_PAGE)
        shown = entries[page * DUE_PAGE :][:DUE_PAGE]
        rows: list[Row] = []
        for number, entry in enumerate(shown, start=1):
            rows.append(
                [
                    (label("button.look_at", number=number), ShowKnown(entry.slug)),
                    (label("button.valid", number=number), StillValid(entry.slug, page)),
                ]
            )
        turn: list[tuple[str, ShowDue]] = []
        if page:
            turn.append((label("button.page_before"), ShowDue(page - 1)))
        if (page + 1) * DUE_PAGE < len(entries):
            turn.append((label("button.page_after"), ShowDue(page + 1)))
        rows += [turn, [(label("button.knowledge"), OpenKnowledge())]]
        await self._say(
            update,
            "knowledge/due",
            keyboard=keyboard(*rows),
            count=len(entries),
            entries=[(entry, entry.question(language)) for entry in shown],
        )

    async def _do(
        self, update: Update, context: Context, deed: Deed, tap: OfVersion, lead: str
    ) -> None:
        doing = deed(
            member_of(context),
            Slug(tap.slug),
            over=RevisionId(tap.version),
            now=context.visit.moment,
        )
        card = await self._tried(update, doing)
        if card is not None:
            await self._pages.show(update, card, lead)

    async def _tried(self, update: Update, deed: Awaitable[Card]) -> Card | None:
        """The card after the deed; None where it was refused, and then that was said."""
        await self._pages.checking(update)
        try:
            return await deed
        except REFUSALS as refusal:
            await self._pages.refused(update, refusal)
            return None

    async def _see(self, context: Context, slug: Slug) -> Card:
        return await self._book.see(member_of(context), slug, now=context.visit.moment)

    def _buttons(self, entries: Sequence[Entry], context: Context) -> list[Row]:
        language = context.visit.language
        return [
            [(entry.question(language)[:LONGEST_LABEL], ShowKnown(entry.slug))] for entry in entries
        ]
