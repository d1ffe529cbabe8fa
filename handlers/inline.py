"""Anybody drops an entry into any chat: a few words after the bot's name, and a tap."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import InlineQueryHandler, MessageHandler, filters

from branch.guidance.model import BoundaryKind, Entry
from branch.guidance.replies import Answered, Choices, OutOfBounds
from branch.guidance.replying import NEAR_AT_ALL
from branch.guidance.service import GuidanceLibrary
from handlers.answers import Answers
from handlers.conversation import Handler
from handlers.date_words import CalendarWords
from handlers.replies import Say
from handlers.visit import Context, current_visit
from texts.language import Language

MOST_OFFERED = 8
LONGEST_DESCRIPTION = 120
LIKE_IT = 0.6
"""The score from which an entry is offered however many others are as like the question."""
SHOWN_AGAIN_SECONDS = 30
"""Dates count down: what was offered is not offered for long."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class InlineOffers:
    def __init__(
        self,
        *,
        library: GuidanceLibrary,
        answers: Answers,
        words: CalendarWords,
        zone: ZoneInfo,
        say: Say,
    ) -> None:
        self._library = library
        self._words = words
        self._answers = answers
        self._zone = zone
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            InlineQueryHandler(self.offer),
            MessageHandler(_PassedOnByUs(), self.pass_over),
        ]

    async def offer(self, update: Update, context: Context) -> None:
        query, visit = update.inline_query, context.visit
        assert query is not None
        asked = query.query.strip()
        visit.spoken = Language.of_question(asked, visit.language)
        day = visit.moment.astimezone(self._zone).date()
        # aside: other people are heard while the search weighs this one
        found, way_on = await asyncio.to_thread(self._found, asked, day)
        link = update.get_bot().link
        await self._say.offer(
            update,
            [self._article(entry, link) for entry in found],
            above=self._button(way_on) if way_on else None,
            seconds=SHOWN_AGAIN_SECONDS,
        )

    async def pass_over(self, update: Update, context: Context) -> None:
        """An entry that somebody dropped into a chat where we are is nothing asked of us."""

    def _found(self, asked: str, day: date) -> tuple[Sequence[Entry], str]:
        """What to offer, the surest first, and the label of the way into private, if any."""
        if not asked:
            return self._what_comes_next(day)[:MOST_OFFERED], ""
        language = current_visit().language
        reply = self._library.ask(asked, language=language, on=day)
        if isinstance(reply, OutOfBounds):
            despair = reply.kind is BoundaryKind.DESPAIR
            return [], "inline.despair" if despair else "inline.in_private"
        surest: tuple[Entry, ...] = ()
        if isinstance(reply, Answered):
            surest = (reply.entry,)
        elif isinstance(reply, Choices):
            surest = reply.entries
        weighed = self._library.matches(asked, language=language, on=day)
        near = [
            match.entry
            for match in weighed[: 2 * MOST_OFFERED]
            if match.confidence >= NEAR_AT_ALL or match.score >= LIKE_IT
        ]
        offered = _each_once((*surest, *near))[:MOST_OFFERED]
        return offered, "" if offered else "inline.in_private"

    def _what_comes_next(self, day: date) -> Sequence[Entry]:
        """The answers on the coming exam dates: on each its own, then what else speaks of it."""
        visit = current_visit()
        own, others = [], []
        for step in self._words.coming(visit.moment):
            name = self._words.name(step, visit.language)
            weighed = self._library.matches(name, language=visit.language, on=day)
            found = [match.entry for match in weighed if _speaks_of(match.entry, step.id)]
            own += found[:1]
            others += found[1:]
        return _each_once((*own, *others))

    def _article(self, entry: Entry, link: str) -> InlineQueryResultArticle:
        way = f"{link}?start=entry_{entry.slug}"
        passed_on = self._answers.to_pass_on(entry, way)
        first_line = passed_on.plain.strip().partition("\n")[0]
        button = InlineKeyboardButton(self._say.label("button.in_private"), url=way)
        return InlineQueryResultArticle(
            id=entry.slug,
            title=passed_on.question,
            description=first_line[:LONGEST_DESCRIPTION],
            input_message_content=InputTextMessageContent(
                passed_on.text, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW
            ),
            reply_markup=InlineKeyboardMarkup([[button]]),
        )

    def _button(self, label: str) -> InlineQueryResultsButton:
        return InlineQueryResultsButton(self._say.label(label), start_parameter="start")


class _PassedOnByUs(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return message.via_bot is not None and message.via_bot.id == message.get_bot().id


def _speaks_of(entry: Entry, step: str) -> bool:
    """Whether the date of this step is the first that the answer names."""
    named = [body.placeholders[:1] for body in entry.bodies.values()]
    return any(first.milestone == step for each in named for first in each)


def _each_once(entries: Iterable[Entry]) -> list[Entry]:
    return list({entry.slug: entry for entry in entries}.values())
