"""Parting Chinese into words: the likeliest way by a table, and by signs where it knows none.

The same segments as jieba and its kin, without a dictionary in memory (docs/decisions/0025).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from branch.guidance.new_words import NewWords
from branch.guidance.word_table import Word, WordTable

_RUN = re.compile(
    "[a-z0-9.+]+|[\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff"
    "\\U00020000-\\U0002a6df\\U0002a700-\\U0002ebef\\U0002f800-\\U0002fa1f]+"
)
"""What is parted by itself: Latin words and numbers, which stay whole, and Chinese."""


class Segmenter:
    """Never raises, whatever the text is; may be asked from several threads."""

    def __init__(self, table: WordTable, new_words: NewWords) -> None:
        self._table = table
        self._new_words = new_words
        self._sign = (1, float(table.unknown[0]))
        self._ahead: Mapping[str, Sequence[Sequence[Word]]] = {}

    def read_ahead(self, texts: Iterable[str]) -> None:
        """Look up several texts at once, which is cheap, for their segments to be asked for."""
        runs = {run for text in texts for run in _RUN.findall(text) if not run.isascii()}
        ahead, at = {}, 0
        words = self._table.words_in("\n".join(runs))
        for run in runs:
            ahead[run] = words[at : at + len(run)]
            at += len(run) + 1
        self._ahead = ahead

    def segments(self, text: str) -> Sequence[str]:
        """The words of two signs and more of a plain text, in their order."""
        return [
            word
            for run in _RUN.findall(text)
            for word in ([run] if run.isascii() else self._parted(run))
            if len(word) > 1
        ]

    def _parted(self, text: str) -> Iterable[str]:
        words = self._ahead.get(text) or self._table.words_in(text)
        ends = self._likeliest(words)
        at = single = 0
        while at < len(text):
            if ends[at] - at > 1:
                yield from self._unknown(text[single:at], words[single])
                yield text[at : ends[at]]
                single = ends[at]
            at = ends[at]
        if single < len(text):
            yield from self._unknown(text[single:], words[single])

    def _likeliest(self, words: Sequence[Sequence[Word]]) -> Sequence[int]:
        """Where the word ends that begins at each sign, seen from the end of the text."""
        ends = [0] * len(words)
        likely = [0.0] * (len(words) + 1)
        for at in range(len(words) - 1, -1, -1):
            # a sign that is no word still stands for itself
            choices = [(odds + likely[at + length], at + length) for length, odds in words[at]]
            if not words[at] or words[at][0][0] > 1:
                length, odds = self._sign
                choices.append((odds + likely[at + length], at + length))
            likely[at], ends[at] = max(choices)
        return ends

    def _unknown(self, signs: str, words: Sequence[Word]) -> Iterable[str]:
        """Signs that the table leaves alone, one after the other."""
        if len(signs) < 2 or any(length == len(signs) for length, _ in words):  # noqa: PLR2004 -- one sign is nothing to part
            return signs
        return self._new_words.parted(signs)


@cache
def segmenter() -> Segmenter:
    """The one for all texts; its table is opened when the first is asked for."""
    return Segmenter(WordTable.read(), NewWords())
