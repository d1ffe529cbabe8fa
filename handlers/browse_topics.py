"""Browsing: the topics, and the questions answered under each."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.guidance.service import GuidanceLibrary
from handlers.buttons import Row, ShowEntry, ShowMenu, ShowTopic, ShowTopics, keyboard
from handlers.conversation import Handler
from handlers.replies import Say
from handlers.visit import Context

PAGE = 8


class BrowseTopics:
    def __init__(self, *, library: GuidanceLibrary, say: Say) -> None:
        self._library = library
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.show_topics, ShowTopics.matches),
            CallbackQueryHandler(self.show_topic, ShowTopic.matches),
        ]

    async def show_topics(self, update: Update, context: Context) -> None:
        language = context.visit.language
        buttons = [
            (f"{topic.emoji} {topic.name(language)}", ShowTopic(topic.id, 0))
            for topic in self._library.topics()
        ]
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        rows.append([(self._say.label("button.menu"), ShowMenu())])
        await self._say(update, "answers/topics", keyboard=keyboard(*rows))

    async def show_topic(self, update: Update, context: Context) -> None:
        tap, language = ShowTopic.tapped(update), context.visit.language
        topic = next((t for t in self._library.topics() if t.id == tap.topic), None)
        if topic is None:
            await self.show_topics(update, context)
            return
        entries = self._library.entries_of(topic.id)
        start = tap.page * PAGE
        rows: list[Row] = [
            [(entry.question(language), ShowEntry(entry.slug))]
            for entry in entries[start : start + PAGE]
        ]
        turn: list[tuple[str, ShowTopic]] = []
        if start > 0:
            turn.append((self._say.label("button.page_before"), ShowTopic(topic.id, tap.page - 1)))
        if start + PAGE < len(entries):
            turn.append((self._say.label("button.page_after"), ShowTopic(topic.id, tap.page + 1)))
        rows += [turn, [(self._say.label("button.topics"), ShowTopics())]]
        await self._say(
            update,
            "answers/topic",
            keyboard=keyboard(*rows),
            emoji=topic.emoji,
            name=topic.name(language),
        )
