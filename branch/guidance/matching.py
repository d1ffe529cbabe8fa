"""Finding the entry that a student's question means, and how sure that is."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from math import exp

from branch.guidance.features import ChineseFeatures, latin_features
from branch.guidance.index import Document, Index, Likeness
from branch.guidance.model import Entry
from branch.guidance.normalising import Normaliser
from branch.guidance.thresholds import Thresholds
from branch.guidance.years import SpokenYears, years_in
from texts.language import Language

_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Match:
    entry: Entry
    score: float
    """How well it fits, 0 to 1."""
    confidence: float
    """How likely it is the one that is meant, seeing how well the others fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a search comes to; neither means that the base does not cover it."""

    sure: Match | None = None
    choices: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fit:
    entry: Entry
    score: float
    whole: float
    in_doubt: bool = False
    """A year, a school, a near miss or too many unheard-of words speak against this entry."""


class Matcher:
    """Searches the entries of one language; built once and never changed."""

    def __init__(
        self,
        entries: Iterable[Entry],
        language: Language,
        normaliser: Normaliser,
        thresholds: Thresholds,
    ) -> None:
        self._entries = [entry for entry in entries if language in entry.questions]
        self._language = language
        self._known = thresholds
        self._spell: Callable[[str], str] = (
            normaliser.standard if language is Language.ZH else normaliser.plain
        )
        self._foreign = normaliser.names
        self._chinese = ChineseFeatures(normaliser.names, normaliser.home)
        documents = [self._document(entry) for entry in self._entries]
        self._index = Index(documents, self._chinese if language is Language.ZH else latin_features)
        self._exact = _owners_of_wordings(documents)
        self._names = [self._names_in(" ".join((*d.wordings, d.body))) for d in documents]
        self._years = [SpokenYears(entry, language, self._spell) for entry in self._entries]

    def matches(self, question: str, *, on: date) -> list[Match]:
        """The entries that share anything with the question, the likeliest first."""
        spelled = self._spell(question)
        exact = self._exact.get(spelled, ())
        years, names = years_in(spelled), self._names_in(spelled)
        fits = [
            self._exact_fit(like) if like.document in exact else self._fit(like, years, names, on)
            for like in self._index.likenesses(spelled)
        ]
        return self._weighed(sorted(fits, key=lambda fit: (-fit.score, fit.entry.slug)))

    def decided(self, matches: Sequence[Match]) -> Outcome:
        """Sure of one, torn between a few, or nothing."""
        known = self._known
        if not matches:
            return Outcome()
        torn = len(matches) > 1 and matches[1].score > matches[0].score * known.torn
        if matches[0].confidence >= known.sure and not torn:
            return Outcome(sure=matches[0])
        enough = max(known.worth_offering, matches[0].score * known.near_enough)
        choices = [each for each in matches if each.score >= enough]
        return Outcome(choices=tuple(choices[: known.most_choices]))

    def _document(self, entry: Entry) -> Document:
        body = _TAG.sub(" ", entry.bodies[self._language].html(lambda _: " "))
        # Near misses are written in Chinese only.
        near_misses = entry.not_wordings if self._language is Language.ZH else ()
        return Document(
            wordings=[self._spell(each) for each in entry.asked_as(self._language)],
            near_misses=[self._spell(each) for each in near_misses],
            body=self._spell(unescape(body)),
        )

    def _names_in(self, spelled: str) -> frozenset[str]:
        return self._chinese.names_in(spelled) & self._foreign

    def _exact_fit(self, like: Likeness) -> _Fit:
        return _Fit(self._entries[like.document], 1.0, 0.5)

    def _fit(self, like: Likeness, years: frozenset[int], names: frozenset[str], on: date) -> _Fit:
        known = self._known
        score = (
            known.nearest * like.nearest
            + known.second * like.second
            + known.whole * like.whole
            + known.covered * like.covered
        )
        left = self._years[like.document].factor(years, on, known)
        if like.near_miss > like.nearest:
            left *= known.near_miss
        if not names <= self._names[like.document]:
            left *= known.other_name
        in_doubt = left < 1.0 or like.covered < known.least_covered
        return _Fit(self._entries[like.document], score * left, like.whole * left, in_doubt)

    def _weighed(self, fits: Sequence[_Fit]) -> list[Match]:
        known = self._known
        first, second = ([fit.score for fit in fits] + [0.0, 0.0])[:2]
        matches = []
        for place, fit in enumerate(fits):
            lead = fit.score - (second if place == 0 else first)
            odds = known.bias + known.by_lead * lead + known.by_whole * fit.whole
            confidence = 1 / (1 + exp(-odds))
            if fit.in_doubt:
                confidence = min(confidence, known.in_doubt)
            matches.append(Match(fit.entry, fit.score, confidence))
        return matches


def _owners_of_wordings(documents: Sequence[Document]) -> dict[str, set[int]]:
    owners: dict[str, set[int]] = {}
    for number, document in enumerate(documents):
        for wording in document.wordings:
            owners.setdefault(wording, set()).add(number)
    return owners
