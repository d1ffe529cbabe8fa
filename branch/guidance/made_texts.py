"""What was made of the content's texts at an earlier start: their spelling, their features.

A start asks for them in the same order each time, so that they are kept in that order, and found
without a table of all texts: a table would leave the memory it took in pieces.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from branch.guidance.terms import Ids, Settled, Terms, Texts, hashes_of

Packed = Mapping[str, NDArray[Any]]
Spell = Callable[[str], str]
Number = Callable[[Sequence[str]], Texts]


class MadeTexts(Protocol):
    """Asked while the search is built."""

    def spelled(self, text: str, spell: Spell) -> str:
        """The text as `spell` spells it."""
        ...

    def numbered(self, texts: Sequence[str], number: Number) -> Texts:
        """The features of the spelled texts, as `number` gives them."""
        ...


class Making:
    """Makes them, and remembers what for the next start."""

    def __init__(self) -> None:
        self._asked: list[str] = []
        self._spelled: list[str] = []
        self._texts: list[str] = []
        self._numbered: list[Texts] = []

    def spelled(self, text: str, spell: Spell) -> str:
        self._asked.append(text)
        self._spelled.append(spell(text))
        return self._spelled[-1]

    def numbered(self, texts: Sequence[str], number: Number) -> Texts:
        self._texts += texts
        self._numbered.append(number(texts))
        return self._numbered[-1]

    def packed(self, settled: Settled) -> Packed:
        """As arrays, with the features that the numbers are of."""
        none = np.zeros(0, dtype=np.int32)
        return {
            "asked": hashes_of(self._asked),
            "spelled": np.frombuffer("".join(self._spelled).encode(), dtype=np.uint8),
            "letters": _sizes(self._spelled),
            "texts": hashes_of(self._texts),
            "ids": np.concatenate([none, *(each.ids for each in self._numbered)]),
            "sizes": np.concatenate([none, *(each.sizes for each in self._numbered)]),
            "marks": settled.marks,
            "hashes": settled.hashes,
            "kinds": settled.kinds,
        }


class Made:
    """Gives them again, one after the other; from the first that is not the same, it makes them."""

    def __init__(self, packed: Packed, terms: Terms) -> None:
        """`terms`, still without any, get theirs. Raises KeyError, ValueError if it is spoilt."""
        settled = Settled(*(packed[each] for each in ("marks", "hashes", "kinds")))
        self._spelled = packed["spelled"].tobytes().decode()
        self._asked, letters = packed["asked"], packed["letters"]
        self._texts, self._sizes = packed["texts"], packed["sizes"]
        self._ids: Ids = packed["ids"]
        if (
            len({len(each) for each in (settled.marks, settled.hashes, settled.kinds)}) > 1
            or (len(self._asked), len(self._spelled)) != (len(letters), letters.sum())
            or (len(self._texts), len(self._ids)) != (len(self._sizes), self._sizes.sum())
        ):
            raise ValueError("its parts do not fit each other")
        self._ends = np.cumsum(letters)
        self._next_spelled = self._next_text = self._next_id = 0
        terms.begin_with(settled)

    def spelled(self, text: str, spell: Spell) -> str:
        number = self._next_spelled
        if number == len(self._asked) or self._asked[number] != crc32(text.encode()):
            self._next_spelled = len(self._asked)
            return spell(text)
        self._next_spelled += 1
        begin = self._ends[number - 1] if number else 0
        return self._spelled[begin : self._ends[number]]

    def numbered(self, texts: Sequence[str], number: Number) -> Texts:
        begin, end = self._next_text, self._next_text + len(texts)
        if not np.array_equal(self._texts[begin:end], hashes_of(texts)):
            self._next_text = len(self._texts)
            return number(texts)
        sizes = self._sizes[begin:end]
        first, last = self._next_id, self._next_id + int(sizes.sum())
        self._next_text, self._next_id = end, last
        # copies: else a few of them would keep all the others
        return Texts(self._ids[first:last].copy(), sizes.copy())


def _sizes(texts: Sequence[str]) -> Ids:
    return np.asarray([len(each) for each in texts], dtype=np.int32)
