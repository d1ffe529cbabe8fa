"""Shows an entry: its question, the answer, its source, how long it holds, where to go on."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import escape
from telegram import InlineKeyboardMarkup, Update

from branch.content.provenance import Reliability
from branch.guidance.model import Entry
from branch.guidance.service import GuidanceLibrary
from handlers.buttons import Row, ShowEntry, ShowMenu, ShowTopic, keyboard
from handlers.date_words import CalendarWords
from handlers.replies import Say
from handlers.visit import current_visit
from texts.telegram_html import shown

RELATED_SHOWN = 2


class Answers:
    def __init__(
        self, *, library: GuidanceLibrary, words: CalendarWords, zone: ZoneInfo, say: Say
    ) -> None:
        self._library = library
        self._words = words
        self._zone = zone
        self._say = say

    def has(self, slug: str) -> bool:
        return self._library.entry(slug) is not None

    async def show(self, update: Update, slug: str) -> None:
        """The entry as an answer; where it was taken away, a word about that."""
        entry = self._library.entry(slug)
        if entry is None:
            await self._say(update, "answers/gone")
            return
        visit = current_visit()
        await self._say(
            update,
            "answers/answer",
            keyboard=self._buttons(entry) if visit.private else None,
            **self._values(entry),
        )

    async def show_short(self, update: Update, slug: str) -> None:
        """For a group: the first paragraph, and the way to the rest in private."""
        entry = self._library.entry(slug)
        assert entry is not None
        values = self._values(entry)
        first = escape(shown(str(values["body"])).partition("\n\n")[0])
        link = f"{update.get_bot().link}?start=entry_{slug}"
        await self._say(update, "groups/short", **(values | {"body": first, "link": link}))

    def _values(self, entry: Entry) -> dict[str, Any]:
        visit = current_visit()
        today = visit.moment.astimezone(self._zone).date()
        intake = visit.person.intake if visit.person else None
        return {
            "entry": entry,
            "question": entry.question(visit.language),
            "body": entry.html(visit.language, words=self._words, now=visit.moment),
            "translated": visit.language in entry.bodies,
            "stale": entry.stale_on(today),
            "unchecked": entry.reliability is Reliability.K or entry.needs_check is not None,
            "other_intake": intake is not None and not entry.holds_for(intake),
            "past_intake": entry.intake is not None and entry.intake < self._current(visit.moment),
        }

    def _current(self, now: datetime) -> int:
        return self._words.current_intake(now)

    def _buttons(self, entry: Entry) -> InlineKeyboardMarkup | None:
        related = list(self._library.related(entry))[:RELATED_SHOWN]
        language = current_visit().language
        rows: list[Row] = [[(other.question(language), ShowEntry(other.slug))] for other in related]
        rows.append(
            [
                (self._say.label("button.same_topic"), ShowTopic(entry.topic, 0)),
                (self._say.label("button.menu"), ShowMenu()),
            ]
        )
        return keyboard(*rows)
