"""Shows an entry: its question, the answer, its source, how long it holds, where to go on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape
from telegram import InlineKeyboardMarkup, Message, Update

from branch.content.provenance import Reliability
from branch.guidance.feedback import Verdict
from branch.guidance.model import Entry
from branch.guidance.question_log import QuestionLog
from branch.guidance.service import GuidanceLibrary
from handlers.buttons import Button, Helpful, NotHelpful, Row, ShowTopic, keyboard
from handlers.date_words import CalendarWords
from handlers.replies import Say
from handlers.visit import current_visit
from handlers.ways_on import NOWHERE, Place, WaysOn
from texts.phone_screen import folded
from texts.telegram_html import LONGEST_MESSAGE, shown, shown_units

RELATED_SHOWN = 2
ENTRIES_SHOWN = 3
"""Others and related ones: with the rest six rows, which is what a phone shows."""
_SAID = "✓ "


class PassedOn(NamedTuple):
    """`plain` is what the answer says, without marks; `text` is the whole message."""

    question: str
    plain: str
    text: str


class Answers:
    def __init__(
        self,
        *,
        library: GuidanceLibrary,
        log: QuestionLog,
        words: CalendarWords,
        ways_on: WaysOn,
        zone: ZoneInfo,
        say: Say,
    ) -> None:
        self._library = library
        self._log = log
        self._words = words
        self._ways_on = ways_on
        self._zone = zone
        self._say = say

    def has(self, slug: str) -> bool:
        return self._library.entry(slug) is not None

    async def show(self, update: Update, slug: str) -> None:
        """The entry that somebody opened; where it was taken away, a word about that."""
        visit = current_visit()
        if visit.person is not None and visit.private and self.has(slug):
            day = visit.moment.astimezone(self._zone).date()
            await self._log.opened(visit.person, slug, now=visit.moment, day=day)
        await self.give(update, slug)

    async def give(
        self,
        update: Update,
        slug: str,
        *,
        lead: str = "",
        place: Place = NOWHERE,
        others: Sequence[Entry] = (),
    ) -> None:
        """The entry as the answer to the question in `place`, `lead` above it.

        `others` may be what was meant; in a group, where there are no buttons, none are offered.
        """
        entry = self._library.entry(slug)
        if entry is None:
            await self._say(update, "answers/gone")
            return
        self.speak_as_before(update, entry)
        private = current_visit().private
        values = self.words_of(entry) | {"others": others if private else ()}
        text = lead + self._say.text("answers/answer", **values)
        buttons = self.buttons(entry, place=place, others=others) if private else None
        await self._say.html(update, text, keyboard=buttons)

    def short(self, entry: Entry, link: str, *, more: bool = False) -> str:
        """For a group: the first paragraph, and the way to the rest in private.

        `more` where something else was asked that is not answered here.
        """
        values = self.words_of(entry)
        values["body"] = escape(_plain(values).partition("\n\n")[0])
        return self._say.text("groups/short", **values, link=link, more=more)

    def to_pass_on(self, entry: Entry, link: str) -> PassedOn:
        """The entry as one message for others to read, whoever they are."""
        # an intake of the one who passes it on is nothing to the others
        values = self.words_of(entry) | {"other_intake": False}
        text = self._say.text("answers/answer", **values)
        if shown_units(text) > LONGEST_MESSAGE:
            text = self.short(entry, link)
        return PassedOn(entry.question(current_visit().language), _plain(values), text)

    def speak_as_before(self, update: Update, entry: Entry) -> None:
        """After a tap, keep to the language in which the tapped message names the entry."""
        query, visit = update.callback_query, current_visit()
        if query is None or not isinstance(query.message, Message):
            return
        seen = _seen(query.message)
        if entry.question(visit.language) in seen:
            return
        named = [language for language, name in entry.questions.items() if name in seen]
        visit.spoken = named[0] if named else visit.spoken

    def words_of(self, entry: Entry) -> dict[str, Any]:
        """What the screen of an entry says, as of now, to the person who is here."""
        visit = current_visit()
        today = visit.moment.astimezone(self._zone).date()
        intake = visit.person.intake if visit.person else None
        body = folded(entry.html(visit.language, words=self._words, now=visit.moment))
        return {
            "entry": entry,
            "question": entry.question(visit.language),
            "body": Markup(body),  # noqa: S704 -- members' Markdown, made HTML when it was read
            "translated": visit.language in entry.bodies,
            "stale": entry.stale_on(today),
            "unchecked": entry.reliability is Reliability.K or entry.needs_check is not None,
            "other_intake": intake is not None and not entry.holds_for(intake),
            "past_intake": entry.intake is not None and entry.intake < self._current(visit.moment),
            "others": (),
        }

    def buttons(
        self,
        entry: Entry,
        *,
        verdict: Verdict | None = None,
        place: Place = NOWHERE,
        others: Sequence[Entry] = (),
    ) -> InlineKeyboardMarkup | None:
        """What else may be meant; did it help; what is related; a person, the topic; the menu."""
        room = min(RELATED_SHOWN, ENTRIES_SHOWN - len(others))
        related = [each for each in self._library.related(entry) if each not in others][:room]
        topic = (self._say.label("button.same_topic"), ShowTopic(entry.topic, 0))
        return keyboard(
            # right below the text, which ends with the words that lead to them
            *self._ways_on.choices(others, place),
            self.verdicts(entry, verdict),
            *self._ways_on.entries(related),
            *self._ways_on.with_a_person([topic], place),
            self._ways_on.menu(),
        )

    def verdicts(self, entry: Entry, given: Verdict | None) -> Row:
        """Helpful or not, the given one ticked; nothing for somebody of whom nothing is kept."""
        if current_visit().person is None:
            return []
        offered: tuple[tuple[Verdict, Button], ...] = (
            (Verdict.HELPFUL, Helpful(entry.slug)),
            (Verdict.NOT_HELPFUL, NotHelpful(entry.slug)),
        )
        return [
            ((_SAID if each is given else "") + self._say.label(f"button.{each}"), button)
            for each, button in offered
        ]

    def _current(self, now: datetime) -> int:
        return self._words.current_intake(now)


def _plain(values: dict[str, Any]) -> str:
    return shown(str(values["body"]))


def _seen(message: Message) -> str:
    """All that the message shows: its text and its buttons."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return "\n".join([message.text or "", *(button.text for row in rows for button in row)])
