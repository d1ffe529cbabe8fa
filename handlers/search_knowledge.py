"""Members look for an entry by a word of it, or as a student would ask."""

from enum import StrEnum

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.guidance.knowledge import KnowledgeBook
from handlers.buttons import Leave, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.entry_pages import EntryPages, member_of
from handlers.incoming import text_of
from handlers.knowledge import Knowledge
from handlers.knowledge_buttons import SearchKnowledge
from handlers.replies import Say
from handlers.visit import Context


class Searching(StrEnum):
    WORDS = "words"


class SearchDraft(Struct):
    """Nothing is kept but that somebody is searching."""


class SearchEntries:
    def __init__(
        self, *, book: KnowledgeBook, knowledge: Knowledge, pages: EntryPages, say: Say
    ) -> None:
        self._book = book
        self._knowledge = knowledge
        self._pages = pages
        self._say = say

    def conversation(self) -> Conversation:
        guarded = self._pages.for_members
        words = filters.TEXT & ~filters.COMMAND
        return Conversation(
            name="search_entries",
            draft=SearchDraft,
            entries=[CallbackQueryHandler(guarded(self.begin), SearchKnowledge.matches)],
            scenes={
                Searching.WORDS: Scene(
                    self.ask,
                    [
                        MessageHandler(words, guarded(self.search)),
                        CallbackQueryHandler(guarded(self.leave), Leave.matches),
                    ],
                )
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        await self._book.enter(member_of(context), now=context.visit.moment)
        return Searching.WORDS

    async def ask(self, update: Update, context: Context) -> int:
        leave = keyboard([(self._say.label("button.back"), Leave())])
        return await self._say(update, "knowledge/search", keyboard=leave)

    async def search(self, update: Update, context: Context) -> Outcome:
        await self._knowledge.found(update, context, text_of(update))
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        await self._knowledge.home(update, context)
        return END
