"""What figures are called in each language: topics, exam stages, kinds, decisions."""

from collections.abc import Mapping
from typing import Final

from branch.exam_calendar.calendar import ExamCalendar
from branch.guidance.service import GuidanceLibrary
from branch.tickets.model import Subject
from texts.language import Language
from texts.renderer import Texts, labels

_LABELS: Final = {"decision": "paperstate", "achievement": "achievement", "paths": "outcome"}
"""In which table of labels the names of such codes stand."""


class FigureWords:
    def __init__(self, texts: Texts, library: GuidanceLibrary, calendar: ExamCalendar) -> None:
        self._texts = texts
        self._library = library
        self._calendar = calendar

    def speech(self, language: Language) -> "FigureSpeech":
        return FigureSpeech(self._texts, language, self._topics(language), self._stages(language))

    def _topics(self, language: Language) -> Mapping[str, str]:
        """Of entries, and of tickets, whose subjects are other ones."""
        subjects = {str(each): f"subject.{each}" for each in Subject}
        known = labels(language)
        topics = {topic.id: topic.name(language) for topic in self._library.topics()}
        return {code: known[name] for code, name in subjects.items() if name in known} | topics

    def _stages(self, language: Language) -> Mapping[str, str]:
        return {
            step.id: str(step.names.get(language) or step.names[Language.ZH])
            for intake in sorted(self._calendar.intakes)
            for step in self._calendar.milestones(intake)
        }


class FigureSpeech:
    """The words of one language; what has no name is shown as it is written in the rows."""

    def __init__(
        self,
        texts: Texts,
        language: Language,
        topics: Mapping[str, str],
        stages: Mapping[str, str],
    ) -> None:
        self._texts = texts
        self.language = language
        self._names = {"topic": topics, "stage": stages}

    def label(self, name: str, /, **values: object) -> str:
        return self._texts.label(name, self.language, **values)

    def name(self, table: str, code: str) -> str:
        if table in self._names:
            return self._names[table].get(code, code)
        known = labels(self.language).get(f"{_LABELS.get(table, table)}.{code}")
        return code if known is None else known[:1].upper() + known[1:]
