"""Finding the entry that a student's question means, and how sure that is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from branch.guidance.classifier import Classifier, classifier_of, is_enough
from branch.guidance.index import Index
from branch.guidance.model import Beyond, BoundaryKind, Entry, Slug
from branch.guidance.ports import KeptArrays
from branch.guidance.preparing import Preparation, Prepared
from branch.guidance.ranking import Doubts, Ranking, candidates, ranked, signals
from branch.guidance.sense import Meaning, Nearness, Sense
from branch.guidance.terms import Floats, Ids, marks_of
from branch.guidance.thresholds import SIGNALS, Thresholds, Weights
from branch.guidance.training import Lesson
from branch.guidance.view import Folded
from branch.guidance.years import Named, YearWords
from texts.language import Language


class Match(Struct, frozen=True):
    entry: Entry
    score: float
    """How like the question it is, 0 to 1, whatever else there is."""
    confidence: float
    """How likely it is the one that is meant, seeing all the others: 0.9 is right 9 times of 10."""


class Weighing(Struct, frozen=True, kw_only=True):
    """All that a search weighed."""

    matches: Sequence[Match] = ()
    """The likeliest first."""
    beyond: Mapping[BoundaryKind | None, float] = field(default_factory=dict)
    """How likely the question is one of these, which the base does not answer."""
    none: float = 1.0
    """How likely it is something that nobody wrote about."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What a search comes to; none of these means that the base does not cover it."""

    sure: Match | None = None
    others: tuple[Match, ...] = ()
    """What may be meant instead, where the sure one is not beyond doubt."""
    choices: tuple[Match, ...] = ()
    """What to offer instead of an answer, or beside saying that it is `beyond` the base."""
    beyond: BoundaryKind | None = None
    outright: bool = True
    """Whether what is beyond the base is that for certain; words of despair may only be like it."""


class Matcher:
    """Searches the entries of one language; built once and never changed."""

    def __init__(
        self,
        entries: Iterable[Entry],
        beyond: Iterable[Beyond],
        preparation: Preparation,
        *,
        years: YearWords,
        thresholds: Thresholds,
        meaning: Meaning | None,
        kept: KeptArrays | None = None,
        before: Classifier | None = None,
    ) -> None:
        """`before` is what was learnt from nearly the same, `kept` what at earlier starts."""
        self._preparation = preparation
        self._years = years
        self._known = thresholds
        language = preparation.language
        self._documents = [
            *(preparation.of_entry(entry) for entry in entries if language in entry.questions),
            *(made for made in map(preparation.of_beyond, beyond) if len(made.wordings)),
        ]
        self._index = Index([each.numbered for each in self._documents], preparation.terms)
        spoken = [each.spoken for each in self._documents]
        self._sense = Sense(spoken, meaning) if meaning and spoken else None
        self.learnt = self._learnt(before, kept)
        self._weights = self._weights_of(thresholds)
        self._exact = _WordForWord(self._documents)
        self._beyond = np.asarray(
            [each.entry is None for each in self._documents], dtype=np.float32
        )

    def weighed(
        self,
        question: str,
        *,
        on: date,
        leans: Mapping[Slug, float] | None = None,
        crossed: bool = False,
    ) -> Weighing:
        """How likely each entry is meant, and that none is.

        `leans` adds to the log-odds of the entries that what was said before speaks for;
        `crossed` says that a pattern takes the question for one that no entry answers.
        """
        if not self._documents:
            return Weighing()
        return self._told(self.ranking(question, on=on, leans=leans, crossed=crossed))

    def ranking(
        self,
        question: str,
        *,
        on: date,
        leans: Mapping[Slug, float] | None = None,
        crossed: bool = False,
    ) -> Ranking:
        """The same by number, with every signal: what the weights are fitted to."""
        spelled, features = self._preparation.of_question(question)
        likeness = self._index.likeness(features)
        nearness = self._sense.nearness(spelled) if self._sense is not None else None
        learnt = self._found_likely(nearness, features)
        documents = candidates(likeness, nearness, learnt)
        doubts = self._doubts(documents, spelled, on, crossed=crossed)
        table = signals(
            likeness,
            nearness,
            learnt,
            doubts,
            self._index.owned,
            documents,
            letters=len(spelled.replace(" ", "")),
        )
        return ranked(documents, table, self._weights, self._leans(documents, leans or {}))

    def read_ahead(self, questions: Sequence[str]) -> None:
        """Several questions will be asked now, one after the other."""
        if self._sense is not None:
            self._sense.read_ahead([self._preparation.of_question(each)[0] for each in questions])

    def document(self, number: int) -> Entry | Beyond | None:
        """What a number of a ranking stands for."""
        document = self._documents[number]
        return document.entry or document.beyond

    def decided(self, weighing: Weighing) -> Outcome:
        """Sure of one, torn between a few, beyond the base, or nothing."""
        known, matches = self._weights, weighing.matches
        kind, likeliest = max(
            weighing.beyond.items(), key=lambda each: each[1], default=(None, 0.0)
        )
        beyond = sum(known.outweighs[kind] * likely for kind, likely in weighing.beyond.items())
        despair = weighing.beyond.get(BoundaryKind.DESPAIR, 0.0)
        if despair >= known.despair:
            return Outcome(beyond=BoundaryKind.DESPAIR, outright=despair >= known.outright)
        first, second = ([each.confidence for each in matches[:2]] + [0.0, 0.0])[:2]
        if first >= max(known.sure, beyond) and second < first * self._known.torn:
            return Outcome(sure=matches[0], others=self._others(matches))
        choices = [each for each in matches if each.confidence >= known.worth_offering]
        if sum(each.confidence for each in matches) < known.offers_at_all:
            choices = []
        offered = tuple(choices[: self._known.most_choices])
        return Outcome(choices=offered, beyond=kind if likeliest >= known.beyond else None)

    def _others(self, matches: Sequence[Match]) -> tuple[Match, ...]:
        if matches[0].confidence >= self._weights.beyond_doubt:
            return ()
        return tuple(each for each in matches[1:] if each.confidence >= self._weights.worth_adding)

    def _learnt(self, before: Classifier | None, kept: KeptArrays | None) -> Classifier | None:
        """What can be learnt from all wordings; in English that misleads, as there are few."""
        sense, preparation = self._sense, self._preparation
        if sense is None or preparation.language is not Language.ZH or not is_enough(sense.owned):
            return None
        terms = preparation.terms
        texts = [each.numbered.wordings for each in self._documents]
        letters = Folded.of(texts, terms.hashes(), terms.kinds())
        return classifier_of(Lesson(sense.wordings, letters, sense.owned), before, kept)

    def _weights_of(self, thresholds: Thresholds) -> Weights:
        if self._sense is None:
            return thresholds.letters_alone
        return thresholds.with_meaning if self.learnt else thresholds.nothing_learnt

    def _found_likely(
        self, nearness: Nearness | None, features: Mapping[str, float]
    ) -> Floats | None:
        if nearness is None or self.learnt is None:
            return None
        return self.learnt.log_likely(nearness.asked, features)

    def _leans(self, documents: NDArray[np.intp], leans: Mapping[Slug, float]) -> Floats:
        found = (self._documents[number].entry for number in documents.tolist())
        return np.asarray(
            [leans.get(entry.slug, 0.0) if entry is not None else 0.0 for entry in found],
            dtype=np.float32,
        )

    def _doubts(
        self, numbers: NDArray[np.intp], spelled: str, on: date, *, crossed: bool
    ) -> Doubts:
        """What speaks against each candidate; the other documents are not looked at."""
        documents = [self._documents[number] for number in numbers.tolist()]
        owners = self._exact.owners(spelled)
        asked, names = self._years.named(spelled, on), self._preparation.names_in(spelled)
        beyond = self._beyond[numbers]
        return Doubts(
            beyond=beyond,
            exact=np.isin(numbers, owners).astype(np.float32),
            crossed=(1 - beyond) * crossed,
            other_year=_figures(_weight_of(each, asked, on) for each in documents),
            other_name=_figures(
                bool(names) and each.entry is not None and not names <= each.names
                for each in documents
            ),
        )

    def _told(self, ranking: Ranking) -> Weighing:
        matches: list[Match] = []
        beyond: dict[BoundaryKind | None, float] = {}
        for number, row, likely in zip(
            ranking.documents.tolist(), ranking.signals, ranking.likely.tolist(), strict=True
        ):
            document = self._documents[number]
            if document.entry is not None:
                matches.append(self._match(document.entry, row, likely))
            elif document.beyond is not None:
                kind = document.beyond.kind
                beyond[kind] = beyond.get(kind, 0.0) + likely
        matches.sort(key=lambda each: (-each.confidence, each.entry.slug))
        return Weighing(matches=matches, beyond=beyond, none=ranking.none)

    def _match(self, entry: Entry, row: Floats, likely: float) -> Match:
        said = dict(zip(SIGNALS, row.tolist(), strict=True))
        score = max(said["nearest"], (said["sense_nearest"] + said["nearest"]) / 2, said["exact"])
        doubtful = said["exact"] == 0 and (
            said["other_year"] == 1
            or said["other_name"] > 0
            or said["near_miss"] > self._known.clear_near_miss
        )
        confidence = min(likely, self._known.in_doubt) if doubtful else likely
        return Match(entry, min(max(score, 0.0), 1.0), confidence)


def _weight_of(document: Prepared, asked: Named, on: date) -> float:
    if not asked or document.years is None:
        return 0.0
    doubt = document.years.doubt(asked, on)
    return 1.0 if doubt.is_other else 0.5 if doubt.is_slip else 0.0


def _figures(values: Iterable[float]) -> Floats:
    return np.fromiter(values, dtype=np.float32)


class _WordForWord:
    """Which documents are asked for in exactly these words."""

    def __init__(self, documents: Sequence[Prepared]) -> None:
        counts = [len(each.wordings) for each in documents]
        marks = np.concatenate([np.zeros(0, np.uint64), *(each.wordings for each in documents)])
        order = np.argsort(marks, kind="stable")
        self._marks = marks[order]
        self._owners = np.repeat(np.arange(len(documents), dtype=np.int32), counts)[order]

    def owners(self, spelled: str) -> Ids:
        mark = marks_of([spelled])[0]
        begin, end = (np.searchsorted(self._marks, mark, side) for side in ("left", "right"))
        return self._owners[begin:end]
