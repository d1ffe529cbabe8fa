"""The shelf of checked answers: asked in a student's words, it gives one or says it has none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from branch.guidance.boundaries import Boundaries
from branch.guidance.features import has_chinese
from branch.guidance.golden import Fate, GoldenReport, Replayed
from branch.guidance.matching import Match, Matcher, Outcome
from branch.guidance.model import (
    BoundaryKind,
    Entry,
    GoldenQuestion,
    Library,
    Slug,
    Smalltalk,
    Topic,
    TopicId,
)
from branch.guidance.normalising import Normaliser
from branch.guidance.thresholds import Thresholds
from texts.language import Language

LONGEST_QUESTION = 4096
MOST_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Answered:
    entry: Entry
    confidence: float


@dataclass(frozen=True, slots=True)
class Choices:
    """One to three entries of which one is probably meant, the likeliest first."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class NotCovered:
    """Nothing fits; `nearest` (none to three) is for a person who looks, not an answer."""

    nearest: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfBounds:
    kind: BoundaryKind
    asks: Smalltalk | None = None


Reply = Answered | Choices | NotCovered | OutOfBounds


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions in a message, and what to say to it."""

    question: str
    reply: Reply


class GuidanceLibrary:
    """Asking has no effect. What is on the shelf changes only by `take_over`, all at once."""

    def __init__(self, library: Library, thresholds: Thresholds | None = None) -> None:
        normaliser = Normaliser(library.vocabulary)
        self._thresholds = thresholds
        self._normaliser = normaliser
        self._library = library
        self._entries = {entry.slug: entry for entry in library.entries}
        self._boundaries = Boundaries(library.boundaries, normaliser)
        self._matchers = {
            language: Matcher(library.entries, language, normaliser, thresholds or Thresholds())
            for language in Language
        }

    @property
    def library(self) -> Library:
        """What is on the shelf now."""
        return self._library

    def trial(
        self, changed: Collection[Entry], removed: Collection[Slug] = ()
    ) -> "GuidanceLibrary":
        """A shelf of its own with these entries put in or replaced, and those taken away."""
        gone = {entry.slug for entry in changed} | set(removed)
        kept = [entry for entry in self._library.entries if entry.slug not in gone]
        return GuidanceLibrary(replace(self._library, entries=(*kept, *changed)), self._thresholds)

    def take_over(self, trial: "GuidanceLibrary") -> None:
        """From now on answer as the trial does; who asks meanwhile gets the one or the other."""
        self.__dict__.update(trial.__dict__)

    def hear(
        self,
        message: str,
        *,
        language: Language,
        on: date,
        after: Slug | None = None,  # noqa: ARG002 -- the shape that callers build on; used next
    ) -> Sequence[Part]:
        """What to say to a message: its questions in order, each with a reply; never empty.

        `after` is the entry that answered the person a moment ago: a question that leans on it
        ("and the materials?") is understood with it.
        """
        return (Part(message, self.ask(message, language=language, on=on)),)

    def ask(self, question: str, *, language: Language, on: date) -> Reply:
        """What to say to the question; `language` decides only where the question does not."""
        if len(question) > LONGEST_QUESTION:
            return NotCovered()
        crossing = self._boundaries.crossed_by(question)
        if crossing is not None:
            return OutOfBounds(crossing.kind, crossing.asks)
        plain = self._normaliser.plain(question)
        if not plain:
            return NotCovered()
        outcome, matches = self._searched(question, self._languages(plain, language), on)
        if outcome.sure is not None:
            return Answered(outcome.sure.entry, outcome.sure.confidence)
        if outcome.choices:
            return Choices(tuple(match.entry for match in outcome.choices))
        return NotCovered(tuple(match.entry for match in matches[:MOST_NEAREST]))

    def matches(self, question: str, *, language: Language, on: date) -> list[Match]:
        """All that the search weighed, the likeliest first: for the terminal and the curious."""
        plain = self._normaliser.plain(question)
        return self._searched(question, self._languages(plain, language), on)[1]

    def entry(self, slug: Slug | str) -> Entry | None:
        """The entry, or None where it was renamed or taken away."""
        return self._entries.get(Slug(slug))

    def topics(self) -> tuple[Topic, ...]:
        """The topics that have entries, in the order of the menu."""
        filled = {entry.topic for entry in self._library.entries}
        return tuple(topic for topic in self._library.topics if topic.id in filled)

    def entries_of(self, topic: TopicId | str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self._library.entries if entry.topic == topic)

    def related(self, entry: Entry) -> tuple[Entry, ...]:
        found = (self._entries.get(slug) for slug in entry.related)
        return tuple(each for each in found if each is not None)

    def replay_golden(self, *, on: date | None = None) -> GoldenReport:
        """Ask every golden question, as of `on` or of the latest check of any entry."""
        day = on or max((entry.checked_on for entry in self._library.entries), default=date.min)
        return GoldenReport(
            replayed=tuple(self._replayed(golden, day) for golden in self._library.golden)
        )

    def _languages(self, plain: str, language: Language) -> tuple[Language, ...]:
        """Where to look, in this order: a Latin word or a number alone may be of either."""
        if has_chinese(plain):
            return (Language.ZH,)
        return tuple(sorted(Language, key=lambda each: each is not language))

    def _searched(
        self, question: str, languages: tuple[Language, ...], on: date
    ) -> tuple[Outcome, list[Match]]:
        """The first language that gives an answer, else the one that comes nearest to it."""
        searched = []
        for language in languages:
            matches = self._matchers[language].matches(question, on=on)
            searched.append((self._matchers[language].decided(matches), matches))
        return max(searched, key=lambda each: (each[0].sure is not None, bool(each[0].choices)))

    def _replayed(self, golden: GoldenQuestion, day: date) -> Replayed:
        reply = self.ask(golden.ask, language=Language.ZH, on=day)
        expected = self._entries.get(golden.slugs[0]) if golden.slugs else None
        return Replayed(
            ask=golden.ask,
            topic=expected.topic if expected else golden.kind or "decline",
            expected=golden.slugs or (golden.kind or "decline",),
            given=_said(reply),
            fate=_fate_of(golden, reply),
            answerable=golden.is_answerable,
        )


def _said(reply: Reply) -> tuple[str, ...]:
    match reply:
        case Answered(entry):
            return (entry.slug,)
        case Choices(entries):
            return tuple(entry.slug for entry in entries)
        case OutOfBounds(kind):
            return (kind,)
        case NotCovered():
            return ("decline",)


def _fate_of(golden: GoldenQuestion, reply: Reply) -> Fate:
    match reply:
        case Answered(entry):
            return Fate.RIGHT if entry.slug in golden.slugs else Fate.WRONG
        case Choices(entries) if golden.is_answerable:
            among = any(entry.slug in golden.slugs for entry in entries)
            return Fate.AMONG_CHOICES if among else Fate.BESIDE
        case Choices():
            return Fate.BESIDE
        case OutOfBounds(kind):
            return Fate.RIGHT if kind is golden.kind else Fate.DECLINED
        case NotCovered():
            as_wanted = not golden.is_answerable and golden.kind is None
            return Fate.RIGHT if as_wanted else Fate.DECLINED
