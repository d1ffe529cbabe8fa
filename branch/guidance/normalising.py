"""Making the same question look the same, however it was typed."""

import re
import unicodedata
from collections.abc import Iterable

from opencc import OpenCC

from branch.guidance.term_pattern import pattern_of
from branch.guidance.wording import Vocabulary

_LEFT_OUT = frozenset({"Cf", "Cs", "Co", "Cn", "Mn", "Me"})
"""Invisible marks, surrogates, unassigned signs, accents and variation selectors."""
_PLAIN = re.compile(r"[\x20-\x7e\u4e00-\u9fa5\u3000-\u3011\uff01-\uff5e]*")
"""What nearly all texts are made of: none of it is left out."""
_NOT_A_WORD = re.compile(r"[^\w.+]|_|\.(?!\d)|(?<!\d)\.|(?<![a-z])\+")
_SHORT_YEARS = (*range(10), *range(15, 41))


class Normaliser:
    """Knows the content's spellings and synonyms; never raises, whatever the text is."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._simplified = OpenCC("t2s")
        self._standard_terms = self._terms(vocabulary)
        self.names = self._standard(name for name, *_ in vocabulary.names)
        """The standard terms that are proper names of others."""
        self.home = self._standard(vocabulary.home)
        self._terms_in = pattern_of(self._standard_terms)
        followers = "|".join(re.escape(self.plain(each)) for each in vocabulary.after_short_year)
        self._short_year = re.compile(rf"(?<![\d.])(\d\d)(?={followers})") if followers else None

    def plain(self, text: str) -> str:
        """Lower case, half width, simplified; only words, parted by single spaces."""
        return " ".join(_NOT_A_WORD.sub(" ", self._folded(text)).split())

    def compact(self, text: str) -> str:
        """Lower case, half width, simplified, with its punctuation but without any space."""
        return "".join(self._folded(text).split())

    def standard(self, text: str) -> str:
        """`plain`, with the standard term for every synonym, and without fillers."""
        spelled = self._with_years(self.plain(text))
        spelled = self._terms_in.sub(lambda term: self._standard_terms[term[0]], spelled)
        return " ".join(spelled.split())

    def _folded(self, text: str) -> str:
        kept = unicodedata.normalize("NFKC", _without_marks(text))
        kept = kept.lower()
        if not kept.isascii():
            kept = self._simplified.convert(kept)
        return unicodedata.normalize("NFKC", _without_marks(kept))

    def _terms(self, vocabulary: Vocabulary) -> dict[str, str]:
        terms = dict.fromkeys(map(self.plain, vocabulary.fillers), " ")
        for group in (*((name,) for name in vocabulary.home), *vocabulary.names):
            standard, *_ = names = [self.plain(name) for name in group]
            terms.update(dict.fromkeys(names, standard))
        for group in vocabulary.synonyms:
            standard, *_ = names = [self.plain(name) for name in group]
            terms.update(dict.fromkeys(names, standard))
        terms.pop("", None)
        return terms

    def _standard(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(self._standard_terms[self.plain(name)] for name in names)

    def _with_years(self, text: str) -> str:
        if self._short_year is None:
            return text
        return self._short_year.sub(_long_year, text)


def _without_marks(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) not in _LEFT_OUT)


def _long_year(found: re.Match[str]) -> str:
    return f"20{found[1]}" if int(found[1]) in _SHORT_YEARS else found[1]
