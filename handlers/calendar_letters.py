"""The words of letters about exam dates, and the button below them."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from branch.exam_calendar.model import Milestone
from branch.outbox.model import Buttons
from handlers.buttons import ShowCalendar
from handlers.calendar_buttons import ShowReminders
from handlers.date_words import CalendarWords
from texts.language import Language
from texts.renderer import Texts


class CalendarLetters:
    def __init__(self, *, words: CalendarWords, texts: Texts) -> None:
        self._words = words
        self._texts = texts

    def reminder(self, step: Milestone, lead: int, language: Language, *, at: datetime) -> str:
        return self._texts.render(
            "reminders/reminder",
            language,
            name=self._words.name(step, language),
            days=lead,
            lasts=_lasts(step),
            when=self._when(step, language, at),
            daily=step.daily,
            note=(step.note or {}).get(language, ""),
            source=step.source,
        )

    def news(self, step: Milestone, language: Language, *, at: datetime) -> str:
        return self._texts.render(
            "reminders/news",
            language,
            name=self._words.name(step, language),
            intake=step.intake,
            when=self._when(step, language, at),
            source=step.source,
        )

    def correction(
        self, old: Milestone, new: Milestone, language: Language, *, at: datetime
    ) -> str:
        return self._texts.render(
            "reminders/correction",
            language,
            name=self._words.name(new, language),
            intake=new.intake,
            old=self._when(old, language, at) if old.announced else "",
            new=self._when(new, language, at),
            announced=new.announced,
            source=new.source,
        )

    def week_ahead(self, steps: Sequence[Milestone], language: Language, *, at: datetime) -> str:
        return self._texts.render(
            "reminders/week_ahead",
            language,
            steps=[
                (self._words.name(step, language), self._when(step, language, at)) for step in steps
            ],
        )

    def buttons(self, language: Language) -> Buttons:
        label = self._texts.label
        return [
            [
                (label("button.calendar", language), ShowCalendar(0).pack()),
                (label("button.reminders", language), ShowReminders().pack()),
            ]
        ]

    def _when(self, step: Milestone, language: Language, at: datetime) -> Markup:
        return Markup(self._words.when(step, "whole", language, at))  # noqa: S704 -- a template's output


def _lasts(step: Milestone) -> bool:
    """So long that one speaks of its beginning: an exam of two days is simply tomorrow."""
    first, last = step.first_day, step.last_day
    return first is not None and last is not None and (last - first).days > 1
