"""What is asked about each field of an entry, and the entry as it will be."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from telegram import InlineKeyboardMarkup, Update

from branch.content.intakes import current_intake
from branch.content.provenance import Reliability
from branch.guidance.entry_changes import lines_of
from branch.guidance.entry_fields import Field
from branch.guidance.entry_reading import EVERY, FEWEST_WORDINGS, LONGEST_QUESTION
from branch.guidance.errors import Unfit
from branch.guidance.knowledge import KnowledgeBook
from branch.guidance.model import Entry
from branch.guidance.trials import NearDuplicate
from handlers.buttons import Back, Leave, Row, keyboard
from handlers.entry_pages import EntryPages
from handlers.knowledge_buttons import ChooseField, ChooseValue, LinesDone, ShowKnown
from handlers.replies import Say
from handlers.visit import current_visit
from texts.language import Language
from texts.telegram_html import shown_units

LINES_SHOWN = 60
VALUE_SHOWN = 3000
LONGEST_NAME = 30
REVIEWS = (timedelta(days=90), timedelta(days=180), timedelta(days=365))
_TAKEN_AWAY = re.compile(r"\s*-[\d\s,\uff0c\u3001-]+")


class FieldPages:
    def __init__(self, *, book: KnowledgeBook, pages: EntryPages, say: Say) -> None:
        self._book = book
        self._pages = pages
        self._say = say

    async def choose(self, update: Update, entry: Entry, changes: Mapping[Field, str]) -> int:
        """Which field is to be changed; those that were are ticked."""
        label = self._say.label
        buttons = [
            (label(f"field.{field}") + (" ✓" if field in changes else ""), ChooseField(field))
            for field in Field
        ]
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        if changes:
            rows.append([(label("button.preview"), LinesDone())])
        rows.append([(label("button.drop_changes" if changes else "button.back"), Leave())])
        return await self._say(
            update,
            "knowledge/field",
            keyboard=keyboard(*rows),
            question=entry.question(current_visit().language),
            changes=len(changes),
        )

    async def ask(self, update: Update, field: Field, value: str, *, wrong: str = "") -> int:
        """The field as it is, and what may be sent instead."""
        rows = [*self._offered(field), [(self._say.label("button.back"), Back())]]
        return await self._say(
            update,
            "knowledge/value",
            keyboard=keyboard(*rows),
            field=self._say.label(f"field.{field}"),
            hint=self._say.label(f"hint.{field}"),
            value=self._spoken(field, value)[:VALUE_SHOWN],
            wrong=wrong,
        )

    async def ask_lines(
        self, update: Update, field: Field, lines: Sequence[str], *, wrong: str = ""
    ) -> int:
        """The list by number: lines sent are added, numbers after a minus taken away."""
        label = self._say.label
        if field is Field.RELATED:
            lines = self._pages.names_of(lines)
        numbered = list(enumerate(lines, start=1))
        return await self._say(
            update,
            "knowledge/lines",
            keyboard=keyboard(
                [(label("button.lines_done"), LinesDone())], [(label("button.back"), Back())]
            ),
            field=label(f"field.{field}"),
            hint=label(f"hint.{field}"),
            lines=_last_that_fit(numbered),
            hidden=max(0, len(numbered) - LINES_SHOWN),
            wrong=wrong,
        )

    def lines_after(self, present: Sequence[str], typed: str) -> list[str]:
        """The list with the typed lines added, or with those of the typed numbers gone."""
        if _TAKEN_AWAY.fullmatch(typed):
            gone = {int(number) for number in re.findall(r"\d{1,6}", typed)}
            return [line for number, line in enumerate(present, start=1) if number not in gone]
        return list(dict.fromkeys([*present, *lines_of(typed)]))

    async def misfit(
        self, update: Update, unfit: Unfit, buttons: InlineKeyboardMarkup | None
    ) -> int:
        """What has to follow before the entry can be shown."""
        return await self._say(
            update,
            "knowledge/misfit",
            keyboard=buttons,
            field=self._say.label(f"field.{unfit.field}"),
            wrong=self._pages.unfit(unfit),
        )

    async def preview(
        self,
        update: Update,
        entry: Entry,
        changed: Sequence[Field],
        near: Sequence[NearDuplicate],
        buttons: InlineKeyboardMarkup | None,
    ) -> int:
        """The entry as students will see it, and what a member should know about it first."""
        english = {Field.QUESTION_EN, Field.BODY_EN, Field.WORDINGS_EN}
        language = current_visit().language
        if english.issuperset(changed) and Language.EN in entry.questions and changed:
            language = Language.EN
        short = [
            each for each in entry.questions if len(entry.questions[each]) > LONGEST_QUESTION[each]
        ]
        return await self._say(
            update,
            "knowledge/preview",
            keyboard=buttons,
            answer=self._pages.as_students_see(entry, language),
            changed=[self._say.label(f"field.{field}") for field in changed],
            wordings=len(entry.wordings[Language.ZH]),
            enough=len(entry.wordings[Language.ZH]) >= FEWEST_WORDINGS[Language.ZH],
            too_long=bool(short),
            near=[each.entry.question(language)[:LONGEST_NAME] for each in near],
        )

    def near_buttons(self, near: Sequence[NearDuplicate]) -> list[Row]:
        """To the entries that are there already, the likeliest first."""
        language = current_visit().language
        return [
            [(each.entry.question(language)[:LONGEST_NAME], ShowKnown(each.entry.slug))]
            for each in near
        ]

    def topics(self) -> list[Row]:
        language = current_visit().language
        buttons = [
            (f"{topic.emoji} {topic.name(language)}", ChooseValue(topic.id))
            for topic in self._book.library.library.topics
        ]
        return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]

    def _offered(self, field: Field) -> list[Row]:
        """The values that need no typing."""
        label, today = self._say.label, current_visit().moment.date()
        match field:
            case Field.TOPIC:
                return self.topics()
            case Field.RELIABILITY:
                kinds = [(label(f"reliability.{each}"), ChooseValue(each)) for each in Reliability]
                return [[kind] for kind in kinds]
            case Field.INTAKE:
                intake = current_intake(today)
                years = [(str(each), ChooseValue(str(each))) for each in (intake, intake + 1)]
                return [years, [(label("button.every_intake"), ChooseValue(EVERY))]]
            case Field.REVIEW_AFTER:
                days = [today + review for review in REVIEWS]
                return [[(f"{day:%Y-%m-%d}", ChooseValue(f"{day:%Y-%m-%d}"))] for day in days]
            case Field.NEEDS_CHECK:
                return [[(label("button.no_doubt"), ChooseValue(""))]]
        return []

    def _spoken(self, field: Field, value: str) -> str:
        """A value that is a name of ours, in the reader's words."""
        match field:
            case Field.RELIABILITY:
                return self._say.label(f"reliability.{value}")
            case Field.TOPIC:
                topics = self._book.library.library.topics
                language = current_visit().language
                return next((t.name(language) for t in topics if t.id == value), value)
            case Field.INTAKE if value == EVERY:
                return self._say.label("button.every_intake")
        return value


def _last_that_fit(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The last lines, as many as one message holds."""
    shown: list[tuple[int, str]] = []
    room = VALUE_SHOWN
    for number, line in reversed(lines[-LINES_SHOWN:]):
        room -= shown_units(line) + 6
        if room < 0:
            break
        shown.insert(0, (number, line))
    return shown
