"""A letter of the exam calendar: its key, what it is about, how long it is useful, its words."""

from datetime import datetime

from branch.exam_calendar.model import Milestone
from branch.exam_calendar.ports import LetterWords
from branch.exam_calendar.reminders import Due, Subscriber, about
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Letter
from branch.outbox.ports import Told
from texts.language import Language


class LetterWriting:
    """Finds the words of each letter once, however many people it goes to."""

    def __init__(self, words: LetterWords) -> None:
        self._words = words
        self._found: dict[tuple[object, ...], str] = {}

    @staticmethod
    def is_reminder(key: str) -> bool:
        return key.startswith("exam-reminder:")

    @staticmethod
    def is_news(key: str, step: Milestone) -> bool:
        return key.startswith(f"exam-news:{step.intake}:{step.id}:")

    def reminder(self, due: Due, to: Subscriber) -> Letter:
        step, language, person = due.step, to.language, to.subscription.person
        name = ("reminder", step.intake, step.id, step.code, due.lead, language)
        if name not in self._found:
            self._found[name] = self._words.reminder(step, due.lead, language, at=due.at)
        return Letter(
            key=f"exam-reminder:{step.intake}:{step.id}:{due.lead}:{step.code}:{person}",
            to=person,
            kind=LetterKind.EXAM_REMINDER,
            about=about(step),
            body=self._found[name],
            buttons=self._words.buttons(language),
            due_at=due.at,
            useful_until=due.useful_until,
        )

    def news(self, step: Milestone, to: Subscriber, *, at: datetime, until: datetime) -> Letter:
        language, person = to.language, to.subscription.person
        name = ("news", step.intake, step.id, language)
        if name not in self._found:
            self._found[name] = self._words.news(step, language, at=at)
        return Letter(
            key=f"exam-news:{step.intake}:{step.id}:{step.code}:{person}",
            to=person,
            kind=LetterKind.EXAM_REMINDER,
            about=about(step),
            body=self._found[name],
            buttons=self._words.buttons(language),
            due_at=at,
            useful_until=until,
        )

    def correction(
        self,
        old: Milestone,
        new: Milestone,
        told: Told,
        number: int,
        *,
        at: datetime,
        until: datetime,
    ) -> Letter:
        name = ("correction", old.code, new.intake, new.id, told.language)
        if name not in self._found:
            self._found[name] = self._words.correction(old, new, told.language, at=at)
        return Letter(
            key=f"exam-correction:{new.intake}:{new.id}:{number}:{told.person}",
            to=told.person,
            kind=LetterKind.EXAM_CORRECTION,
            about=about(new),
            body=self._found[name],
            buttons=self._words.buttons(Language(told.language)),
            due_at=at,
            useful_until=until,
        )
