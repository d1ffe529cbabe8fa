"""The questions in one message, and whether one leans on what was said before."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from branch.guidance.normalising import Normaliser
from branch.guidance.wording import Vocabulary

MOST_PIECES = 4
_SHORTEST = 3
"""Letters; less is a sigh, not a question."""
_SHORT = 5
"""Letters of a Chinese question that may well be half a question."""
_MARKS = " \t,?!\uff0c\u3001\uff1f\uff01\u3002"
_GAPS = re.compile(r"[\s,\uff0c\u3001]+")
_ENDS = re.compile(r"[?\uff1f!\uff01\n;\uff1b\u3002]+|(?<!\d)\.(?!\d)\s*")


class Leaning(Struct, frozen=True):
    """A question that is not whole, and what is left of it without the words it leans with."""

    rest: str
    is_marked: bool
    """It says so itself ("and the materials?"); otherwise it is only short."""


class Pieces:
    """Takes messages apart; knows the content's joints, question words and leaning words."""

    def __init__(self, vocabulary: Vocabulary, normaliser: Normaliser) -> None:
        self._normaliser = normaliser
        self._joints = re.compile(_any(vocabulary.joints), re.IGNORECASE)
        self._asking = re.compile(_any(vocabulary.asking), re.IGNORECASE)
        self._starts = re.compile(rf"^(?:{_any(vocabulary.leaning)})+\s*", re.IGNORECASE)
        self._ends = re.compile(rf"(?:{_any(vocabulary.leaning_ends)})\W*$")

    def of(self, message: str) -> Sequence[str]:
        """The pieces that ask, in order, each with what was told before it; one where it is one."""
        pieces: list[str] = []
        told = ""
        for sentence in self._sentences(message):
            told = f"{told}, {sentence}" if told else sentence
            if self._asks(sentence):
                pieces.append(told)
                told = ""
        if told and pieces:
            # what comes after the last question belongs to it
            pieces[-1] = f"{pieces[-1]}, {told}"
        return pieces if 1 < len(pieces) <= MOST_PIECES else [message]

    def loosely(self, message: str) -> Sequence[str]:
        """The same where only gaps and commas stand between: people type these inside one, too."""
        told, pieces = "", list[str]()
        for piece in _GAPS.split(message):
            told = f"{told} {piece}".strip()
            if len(piece) > _SHORTEST and self._asks(piece):
                pieces.append(told)
                told = ""
        return pieces if not told and 1 < len(pieces) <= MOST_PIECES else [message]

    def leaning(self, question: str) -> Leaning | None:
        """How the question leans; None if it stands by itself."""
        plain = " ".join(question.split())
        rest = self._ends.sub("", self._starts.sub("", plain)).strip()
        is_marked = rest != plain.rstrip(_MARKS)
        short = len(self._normaliser.compact(rest)) <= _SHORT
        if not rest or not (is_marked or short):
            return None
        return Leaning(rest, is_marked)

    def _sentences(self, message: str) -> Iterable[str]:
        for sentence in _ENDS.split(message):
            for piece in self._joints.split(sentence):
                trimmed = piece.strip(_MARKS)
                if len(trimmed) >= _SHORTEST:
                    yield trimmed

    def _asks(self, sentence: str) -> bool:
        return bool(self._asking.search(sentence))


def _any(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(map(_whole, longest_first)) or r"(?!)"


def _whole(word: str) -> str:
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
