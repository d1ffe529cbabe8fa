"""An entry as members see it: its page, how students will see it, and why a change was refused."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from markupsafe import Markup
from telegram import Update

from branch.guidance.errors import (
    EntryMovedOn,
    EntryUnknown,
    GoldenBroken,
    NothingToUndo,
    ShelfNeverStill,
    Unfit,
    WordingTaken,
)
from branch.guidance.knowledge import Card, KnowledgeBook
from branch.guidance.model import Entry, Origin, Slug
from branch.people.errors import NotAllowed
from branch.people.model import Person
from handlers.answers import Answers
from handlers.buttons import Row, ShowEntry, keyboard
from handlers.conversation import END, Outcome, Show
from handlers.knowledge_buttons import (
    AskRetire,
    EditKnown,
    KnownHistory,
    OpenKnowledge,
    RestoreKnown,
    ShowKnown,
    StillValid,
    TakeFiles,
    UndoKnown,
)
from handlers.replies import Say
from handlers.visit import Context, current_visit
from texts.language import Language
from texts.telegram_html import split

REFUSALS = (EntryMovedOn, GoldenBroken, NothingToUndo, ShelfNeverStill, WordingTaken)
"""What may come of a change that is well meant."""
BROKEN_SHOWN = 6
BODY_SHOWN = 2400
NO_PAGE = -1

Result = TypeVar("Result")
Deed = Callable[[Update, Context], Awaitable[Result]]


class EntryPages:
    def __init__(self, *, book: KnowledgeBook, answers: Answers, say: Say) -> None:
        self._book = book
        self._answers = answers
        self._say = say

    def for_members(self, deed: Deed[Outcome]) -> Callable[[Update, Context], Any]:
        """The handler, with a word for who is no member and for an entry that is no more."""

        async def guarded(update: Update, context: Context) -> Outcome:
            try:
                return await deed(update, context)
            except NotAllowed:
                await self._say(update, "roles/not_allowed")
            except EntryUnknown:
                await self._say(update, "knowledge/unknown", keyboard=self._home())
            return END

        return guarded

    def shown_to_members(self, show: Show) -> Show:
        """The same for what asks in a conversation, which ends with the word."""

        async def guarded(update: Update, context: Context) -> int:
            try:
                return await show(update, context)
            except NotAllowed:
                told = await self._say(update, "roles/not_allowed")
            except EntryUnknown:
                told = await self._say(update, "knowledge/unknown", keyboard=self._home())
            talk = context.visit.talk
            assert talk is not None
            talk.closed = True
            return told

        return guarded

    async def show(self, update: Update, card: Card, lead: str = "") -> int:
        """The entry's page; `lead` is a label that says what has just happened."""
        entry, visit = card.entry, current_visit()
        return await self._say(
            update,
            "knowledge/entry",
            keyboard=keyboard(*self._deeds(card)),
            lead=self._say.label(lead) if lead else "",
            entry=entry,
            question=entry.question(visit.language),
            body=self.body_of(entry),
            reliability=self._say.label(f"reliability.{entry.reliability}"),
            origin=self._say.label(f"origin.{entry.origin}"),
            wordings=len(entry.wordings[Language.ZH]),
            english=Language.EN in entry.questions,
            related=self.names_of(entry.related),
            latest=card.latest,
            deed=self._say.label(f"revision.{card.latest.deed}") if card.latest else "",
            on_shelf=card.on_shelf,
            conflict=card.conflict,
        )

    def body_of(self, entry: Entry) -> Markup:
        """As much of the answer as leaves room for the rest of the page."""
        body = Markup(self._answers.words_of(entry)["body"])  # noqa: S704 -- HTML already
        first, *rest = split(body, BODY_SHOWN)
        return Markup(first + ("…" if rest else ""))  # noqa: S704 -- cut where HTML may be cut

    def as_students_see(self, entry: Entry, language: Language) -> Markup:
        """The answer as a student gets it in this language."""
        visit = current_visit()
        spoken, visit.spoken = visit.spoken, language
        try:
            text = self._say.text("answers/answer", **self._answers.words_of(entry))
        finally:
            visit.spoken = spoken
        first, *rest = split(text, BODY_SHOWN)
        return Markup(first + ("…" if rest else ""))  # noqa: S704 -- a template's output

    def names_of(self, slugs: Sequence[str]) -> list[str]:
        """Entries by their questions; kinds of what must not be answered by their names."""
        language = current_visit().language
        found = [(slug, self._book.library.entry(Slug(slug))) for slug in slugs]
        return [entry.question(language) if entry else slug for slug, entry in found]

    def unfit(self, unfit: Unfit) -> str:
        """Why a value does not fit, in words."""
        about = unfit.about or "…"
        return self._say.label(f"unfit.{unfit.why}", about=about)

    async def checking(self, update: Update) -> None:
        """Say that it is being tried, before a trial that takes a moment."""
        await self._say(
            update, "knowledge/checking", questions=len(self._book.library.library.golden)
        )

    async def stay_refused(self, update: Update, refusal: Exception, *rows: Row) -> None:
        """The same inside a conversation, which goes on with the buttons under it."""
        told = await self.refused(update, refusal, *rows)
        talk = current_visit().talk
        assert talk is not None
        talk.prompt_id = told

    async def refused(self, update: Update, refusal: Exception, *rows: Row) -> int:
        """Why the change was not made; nothing of it is lost where the rows lead back to it."""
        buttons = keyboard(*rows, [(self._say.label("button.knowledge"), OpenKnowledge())])
        match refusal:
            case GoldenBroken(broken=broken):
                told = [
                    (each.ask, self.names_of(each.expected), self.names_of(each.now))
                    for each in broken[:BROKEN_SHOWN]
                ]
                more = len(broken) - len(told)
                return await self._say(
                    update, "knowledge/broken", keyboard=buttons, broken=told, more=more
                )
            case EntryMovedOn(revision=latest):
                deed = self._say.label(f"revision.{latest.deed}")
                return await self._say(
                    update, "knowledge/moved_on", keyboard=buttons, latest=latest, deed=deed
                )
            case WordingTaken(wording=wording, slug=slug):
                (name,) = self.names_of([slug])
                other: Row = [(name, ShowKnown(slug))]
                return await self._say(
                    update,
                    "knowledge/wording_taken",
                    keyboard=keyboard(
                        *rows, other, [(self._say.label("button.knowledge"), OpenKnowledge())]
                    ),
                    wording=wording,
                    name=name,
                )
        event = "nothing_to_undo" if isinstance(refusal, NothingToUndo) else "never_still"
        return await self._say(update, f"knowledge/{event}", keyboard=buttons)

    def _deeds(self, card: Card) -> list[Row]:
        label, slug, version = self._say.label, card.entry.slug, card.version
        history = (label("button.history"), KnownHistory(slug))
        home: Row = [(label("button.knowledge"), OpenKnowledge())]
        undo = (label("button.undo"), UndoKnown(slug, version))
        if not card.on_shelf:
            restore = (label("button.restore"), RestoreKnown(slug, version))
            return [[restore, history], home]
        files: Row = [(label("button.take_files"), TakeFiles(slug, version))]
        return [
            files if card.conflict else [],
            [(label("button.edit"), EditKnown(slug)), history],
            [(label("button.still_valid"), StillValid(slug, NO_PAGE))],
            [(label("button.retire"), AskRetire(slug)), *([undo] if card.latest else [])],
            [(label("button.as_students"), ShowEntry(slug)), *home],
        ]

    def _home(self) -> Any:
        return keyboard([(self._say.label("button.knowledge"), OpenKnowledge())])


def member_of(context: Context) -> Person:
    """Who is here; the book decides what they may. Raises NotAllowed for nobody we know."""
    if context.visit.person is None:
        raise NotAllowed
    return context.visit.person


def came_from_elsewhere(entry: Entry) -> bool:
    return entry.origin is not Origin.FILE
