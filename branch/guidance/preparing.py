"""Making the documents of the search from entries, each only once: an edit costs one entry."""

import re
from collections.abc import Mapping, Sequence
from html import unescape

from msgspec import Struct

from branch.guidance.features import ChineseFeatures, has_chinese, latin_features
from branch.guidance.index import Document
from branch.guidance.made_texts import MadeTexts
from branch.guidance.model import Beyond, Entry
from branch.guidance.normalising import Normaliser
from branch.guidance.sense import SpokenDocument
from branch.guidance.terms import Marks, Terms, Texts, marks_of
from branch.guidance.years import SpokenYears
from texts.language import Language

MOST_QUESTIONS = 3_000
"""Enough for all golden questions: with every edit they are asked anew."""
_TAG = re.compile(r"<[^>]+>")


class Prepared(Struct, frozen=True):
    """One document of the search: an entry's, or the examples of what is beyond the base."""

    numbered: Document
    spoken: SpokenDocument
    wordings: Marks
    """By which each of them is known again, word for word."""
    names: frozenset[str]
    years: SpokenYears | None
    entry: Entry | None = None
    beyond: Beyond | None = None


class Preparation:
    """Makes documents of entries in one language, each only once: an edit costs one entry."""

    def __init__(self, language: Language, normaliser: Normaliser) -> None:
        self.language = language
        self.terms = Terms()
        self._normaliser = normaliser
        self._chinese = ChineseFeatures(normaliser.names, normaliser.home)
        self.features = self._chinese if language is Language.ZH else latin_features
        self.made_texts: MadeTexts | None = None
        """What is remembered of texts while the search is built at a start; none later."""
        self._made: dict[str, tuple[Entry, Prepared]] = {}
        self._questions: dict[str, tuple[str, Mapping[str, float]]] = {}
        self._made_beyond: dict[Beyond, Prepared] = {}

    def spell(self, text: str) -> str:
        zh = self.language is Language.ZH
        return self._normaliser.standard(text) if zh else self._normaliser.plain(text)

    def of_question(self, question: str) -> tuple[str, Mapping[str, float]]:
        """As it is spelled, and its features; the latest are remembered, for whoever asks again."""
        known = self._questions.get(question)
        if known is None:
            spelled = self.spell(question)
            known = (spelled, self.features(spelled))
            if len(self._questions) >= MOST_QUESTIONS:
                self._questions.clear()
            self._questions[question] = known
        return known

    def names_in(self, spelled: str) -> frozenset[str]:
        return self._chinese.names_in(spelled) & self._normaliser.names

    def of_entry(self, entry: Entry) -> Prepared:
        made, prepared = self._made.get(entry.slug, (None, None))
        if made is not entry or prepared is None:
            prepared = self._prepared(entry)
            self._made[entry.slug] = (entry, prepared)
        return prepared

    def of_beyond(self, beyond: Beyond) -> Prepared:
        made = self._made_beyond.get(beyond)
        if made is None:
            spelled = [self._spelled(each) for each in beyond.examples if self._speaks(each)]
            made = self._document(spelled, [], "", " ".join(spelled), beyond=beyond)
            self._made_beyond[beyond] = made
        return made

    def _speaks(self, example: str) -> bool:
        return has_chinese(example) == (self.language is Language.ZH)

    def _prepared(self, entry: Entry) -> Prepared:
        language = self.language
        wordings = [self._spelled(each) for each in entry.asked_as(language)]
        # near misses are written in Chinese only
        misses = entry.not_wordings if language is Language.ZH else ()
        body = unescape(_TAG.sub(" ", entry.bodies[language].html(lambda _: " ")))
        heading = entry.questions[language]
        return self._document(
            wordings,
            [self._spelled(each) for each in misses],
            self._spelled(body),
            f"{self._normaliser.plain(heading)}\n{self._normaliser.plain(body)}",
            entry=entry,
        )

    def _document(
        self,
        wordings: list[str],
        misses: list[str],
        body: str,
        told: str,
        *,
        entry: Entry | None = None,
        beyond: Beyond | None = None,
    ) -> Prepared:
        return Prepared(
            Document.of(
                wordings=self._numbered(wordings),
                near_misses=self._numbered(misses),
                body=self._numbered([body]),
            ),
            SpokenDocument.of(wordings=wordings, near_misses=misses, body=told),
            marks_of(dict.fromkeys(wordings)),
            self.names_in(" ".join((*wordings, body))),
            SpokenYears(entry, self.language, " ".join(wordings), body)
            if entry is not None
            else None,
            entry,
            beyond,
        )

    def _spelled(self, text: str) -> str:
        made = self.made_texts
        return self.spell(text) if made is None else made.spelled(text, self.spell)

    def _numbered(self, spelled: Sequence[str]) -> Texts:
        made = self.made_texts
        return self._number(spelled) if made is None else made.numbered(spelled, self._number)

    def _number(self, spelled: Sequence[str]) -> Texts:
        if self.language is Language.ZH:
            self._chinese.read_ahead(spelled)
        return self.terms.numbered([self.features(each) for each in spelled])
