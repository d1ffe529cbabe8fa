"""What every shelf of the same content shares: an edit of one entry does not make it anew."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Self

from msgspec import Struct

from branch.guidance.boundaries import Boundaries
from branch.guidance.model import Entry, Library
from branch.guidance.normalising import Normaliser
from branch.guidance.pieces import Pieces
from branch.guidance.ports import KeptArrays
from branch.guidance.preparing import Preparation
from branch.guidance.segmenting import segmenter
from branch.guidance.sense import Meaning
from branch.guidance.thresholds import Thresholds
from branch.guidance.years import YearWords
from texts.language import Language

KEY_TERMS = 2


class Workbench(Struct, frozen=True):
    normaliser: Normaliser
    boundaries: Boundaries
    pieces: Pieces
    years: YearWords
    preparations: Mapping[Language, Preparation]
    thresholds: Thresholds
    meaning: Meaning | None
    kept: KeptArrays | None = None

    @classmethod
    def of(cls, library: Library, meaning: Meaning | None, thresholds: Thresholds) -> Self:
        """The workbench for a library's vocabulary and boundaries."""
        words = library.vocabulary
        normaliser = Normaliser(words)
        return cls(
            normaliser=normaliser,
            boundaries=Boundaries(library.boundaries, normaliser),
            pieces=Pieces(words, normaliser),
            years=YearWords(words.relative_years, words.not_before, words.own_years),
            preparations={language: Preparation(language, normaliser) for language in Language},
            thresholds=thresholds,
            meaning=meaning,
        )

    def key_terms(self, entry: Entry) -> Sequence[str]:
        """What the entry is about, in a word or two: what most of its wordings say."""
        spell = self.preparations[Language.ZH].spell
        said = Counter(
            term
            for wording in entry.asked_as(Language.ZH)
            # in order: of two as frequent, each process would put another first
            for term in dict.fromkeys(segmenter().segments(spell(wording)))
        )
        heading = set(segmenter().segments(spell(entry.questions[Language.ZH])))
        return [term for term, _ in said.most_common() if term in heading][:KEY_TERMS]
