"""What two wordings are compared by: characters and their neighbours, segments, words, numbers."""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from branch.guidance.segmenting import segmenter
from branch.guidance.sounds import sound_of

_CHUNK = re.compile(r"[a-z0-9.+]+|[^a-z0-9.+\s]+")
_WORD = re.compile(r"[a-z]+")
_SHORTEST_STEM = 4
_GRAM_WEIGHTS = {1: 1.2, 2: 1.0}
_SEGMENT_WEIGHT = 1.5
_WORD_WEIGHT = 3.0
_SOUND_WEIGHT = 0.4
_NAME_WEIGHT = 5.0
_HOME_WEIGHT = 1.0
_PAIR_WEIGHT = 0.8
_SPELLING_WEIGHT = 0.35
_SPELLING = 4
"""Letters of a Latin word's pieces, by which a slip of the finger is forgiven."""


def has_chinese(plain: str) -> bool:
    return any(sign > "\u2e7f" for sign in plain)


class ChineseFeatures:
    """The features of a wording that has been made standard, each with the weight of its kind.

    A proper name counts as one, however long it is, so that it does not drown what is asked;
    our own, which is `home`, counts for little, as everybody here means us anyway.
    """

    def __init__(self, names: Collection[str], home: Collection[str]) -> None:
        longest_first = sorted({*names, *home}, key=len, reverse=True)
        self._weights = dict.fromkeys(names, _NAME_WEIGHT) | dict.fromkeys(home, _HOME_WEIGHT)
        self._names = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def __call__(self, standard: str) -> Mapping[str, float]:
        # sorted: the same order in every process, as what is learnt of it is kept by its hash
        names = sorted(self.names_in(standard))
        features = {f"n:{name}": self._weights[name] for name in names}
        for chunk in _CHUNK.findall(self._names.sub(" ", standard)):
            if chunk.isascii():
                features[f"w:{chunk}"] = _WORD_WEIGHT
            else:
                _add_characters(features, chunk)
                _add_segments(features, chunk)
                _add_sounds(features, chunk)
        return features

    def read_ahead(self, texts: Iterable[str]) -> None:
        """Several texts will be asked for now, one after the other."""
        segmenter().read_ahead(self._names.sub(" ", each) for each in texts)

    def names_in(self, standard: str) -> frozenset[str]:
        return frozenset(self._names.findall(standard))


def _add_characters(features: dict[str, float], chunk: str) -> None:
    for length, weight in _GRAM_WEIGHTS.items():
        for start in range(len(chunk) - length + 1):
            features[f"g:{chunk[start : start + length]}"] = weight


def _add_segments(features: dict[str, float], chunk: str) -> None:
    for segment in segmenter().segments(chunk):
        features[f"s:{segment}"] = _SEGMENT_WEIGHT


def _add_sounds(features: dict[str, float], chunk: str) -> None:
    """Neighbours as they sound: a slip of the input method changes only how they look."""
    for one, next_one in pairwise(map(sound_of, chunk)):
        if one is not None and next_one is not None:
            features[f"y:{one} {next_one}"] = _SOUND_WEIGHT


def latin_features(plain: str) -> Mapping[str, float]:
    """The features of a wording in a language that parts its words."""
    features: dict[str, float] = {}
    words = [_stem(word) for word in plain.split()]
    for word in words:
        features[f"w:{word}"] = _WORD_WEIGHT
        padded = f"<{word}>"
        for start in range(len(padded) - _SPELLING + 1):
            features[f"l:{padded[start : start + _SPELLING]}"] = _SPELLING_WEIGHT
    for pair in pairwise(words):
        features[f"p:{' '.join(pair)}"] = _PAIR_WEIGHT
    return features


def _stem(word: str) -> str:
    """The word without its commonest endings: dates, dated and date are one."""
    if not _WORD.fullmatch(word):
        return word
    for ending in ("ing", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
