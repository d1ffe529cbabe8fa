"""What an answer is made of: its questions, its body, its source and how long it holds."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from re import Pattern
from typing import NewType

from msgspec import Struct, field

from branch.content.provenance import Reliability, Source
from branch.guidance.body import Body, Placeholder
from branch.guidance.ports import DateWords
from branch.guidance.wording import Vocabulary
from texts.language import Language

Slug = NewType("Slug", str)
TopicId = NewType("TopicId", str)


class BoundaryKind(StrEnum):
    """What is not answered from the base, in the order in which it is recognised."""

    DESPAIR = "despair"
    ABUSE = "abuse"
    INSTRUCT = "instruct"
    PERSONAL = "personal"
    ELSEWHERE = "elsewhere"
    SMALLTALK = "smalltalk"


class Smalltalk(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"
    BYE = "bye"
    WHO_ARE_YOU = "who_are_you"


class Origin(StrEnum):
    """Where an entry was first written; what comes from elsewhere than a file may be shorter."""

    FILE = "file"
    CHAT = "chat"
    IMPORT = "import"


class Topic(Struct, frozen=True, kw_only=True):
    id: TopicId
    emoji: str
    names: Mapping[Language, str]

    def name(self, language: Language) -> str:
        return self.names.get(language, self.names[Language.ZH])


class Entry(Struct, frozen=True, kw_only=True):
    """One checked answer; Chinese is always there, other languages where they were written."""

    slug: Slug
    topic: TopicId
    questions: Mapping[Language, str]
    bodies: Mapping[Language, Body]
    wordings: Mapping[Language, tuple[str, ...]]
    not_wordings: tuple[str, ...]
    source: Source
    intake: int | None
    reliability: Reliability
    needs_check: str | None
    checked_on: date
    review_after: date
    related: tuple[Slug, ...] = ()
    markdown: Mapping[Language, str] = field(default_factory=dict)
    """The bodies as they were written."""
    origin: Origin = Origin.FILE
    retired_on: date | None = None

    def stale_on(self, day: date) -> bool:
        """Whether somebody should have looked at it again by `day`."""
        return day > self.review_after

    def holds_for(self, intake: int) -> bool:
        return self.intake is None or self.intake == intake

    def question(self, language: Language) -> str:
        return self.questions.get(language, self.questions[Language.ZH])

    def asked_as(self, language: Language) -> tuple[str, ...]:
        """Every way of asking for it in a language it is written in."""
        return (self.questions[language], *self.wordings[language])

    def body(self, language: Language) -> Body:
        return self.bodies.get(language, self.bodies[Language.ZH])

    def html(self, language: Language, *, words: DateWords, now: datetime) -> str:
        """The answer as Telegram HTML, its dates in words as of `now`."""
        body_language = language if language in self.bodies else Language.ZH

        def fill(placeholder: Placeholder) -> str:
            intake = placeholder.intake if placeholder.intake is not None else self.intake
            return words.say(intake, placeholder.milestone, placeholder.form, body_language, now)

        return self.bodies[body_language].html(fill)


class Boundary(Struct, frozen=True, kw_only=True):
    """How to recognise one kind of question that the base does not answer."""

    kind: BoundaryKind
    phrases: tuple[str, ...] = ()
    patterns: tuple[Pattern[str], ...] = ()
    exceptions: tuple[str, ...] = ()
    asks: Smalltalk | None = None


class Beyond(Struct, frozen=True, kw_only=True):
    """Examples of one kind of question that the base does not answer, to tell its like by."""

    kind: BoundaryKind | None
    """None: near the subject, but nothing here says it."""
    about: str
    examples: tuple[str, ...]


class GoldenQuestion(Struct, frozen=True, kw_only=True):
    """A question as students write it, and what must come of it: an entry, or none."""

    ask: str
    slugs: tuple[Slug, ...] = ()
    kind: BoundaryKind | None = None
    after: Slug | None = None
    """The entry that was answered just before, where the question leans on it."""
    kept_in: str = ""
    """The name of its file: those that the weights were fitted to are not those that judge."""

    @property
    def is_answerable(self) -> bool:
        return bool(self.slugs)


class Library(Struct, frozen=True, kw_only=True):
    """All that members wrote for answering questions."""

    topics: tuple[Topic, ...] = ()
    entries: tuple[Entry, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    beyond: tuple[Beyond, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    golden: tuple[GoldenQuestion, ...] = ()
    retired: tuple[Entry, ...] = ()
    """Kept in their files, and not on the shelf."""
