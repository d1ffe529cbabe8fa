"""What was made of the content's texts at an earlier start: their spelling, their features."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from branch.guidance.terms import Ids, Settled, Terms, Texts

Packed = Mapping[str, NDArray[Any]]


class MadeTexts:
    """Remembers while the search is built, so that the next start need not make it again.

    It is good for the very same content and code only: the numbers of features are given out in
    the order of all texts.
    """

    def __init__(self) -> None:
        self._spelled: dict[str, str] = {}
        self._ids: dict[str, Ids] = {}

    def spelled(self, text: str, spell: Callable[[str], str]) -> str:
        """The text as `spell` spells it."""
        known = self._spelled.get(text)
        if known is None:
            known = self._spelled[text] = spell(text)
        return known

    def has(self, texts: Iterable[str]) -> bool:
        """Whether the features of all these are made already."""
        return all(text in self._ids for text in texts)

    def numbered(
        self, texts: Sequence[str], terms: Terms, features: Callable[[str], Mapping[str, float]]
    ) -> Texts:
        """The numbered features of each spelled text."""
        for text in texts:
            if text not in self._ids:
                self._ids[text] = terms.numbered([features(text)]).ids
        ids = [self._ids[text] for text in texts]
        none = np.zeros(0, dtype=np.int32)
        return Texts(
            np.concatenate([none, *ids]), np.asarray([len(each) for each in ids], dtype=np.int32)
        )

    def packed(self, settled: Settled) -> Packed:
        """As arrays, with the features that the numbers are of."""
        ids = [*self._ids.values()]
        return {
            "spelled": _bytes_of(self._spelled),
            "texts": _bytes_of([*self._ids]),
            "ids": np.concatenate([np.zeros(0, dtype=np.int32), *ids]),
            "sizes": np.asarray([len(each) for each in ids], dtype=np.int32),
            "marks": settled.marks,
            "hashes": settled.hashes,
            "kinds": settled.kinds,
        }

    @classmethod
    def unpacked(cls, packed: Packed, terms: Terms) -> "MadeTexts | None":
        """The same again; `terms`, still without any, get theirs. None if something is missing."""
        made = cls()
        try:
            made._spelled = _told_by(packed["spelled"])
            texts, ends = _told_by(packed["texts"]), np.cumsum(packed["sizes"])
            settled = Settled(*(packed[each] for each in ("marks", "hashes", "kinds")))
            parts = np.split(packed["ids"], ends[:-1])
            made._ids = dict(zip(texts, parts, strict=True))
        except (KeyError, ValueError):
            return None
        sizes = {len(each) for each in (settled.marks, settled.hashes, settled.kinds)}
        if len(sizes) > 1 or len(packed["ids"]) != ends[-1:].sum():
            return None
        terms.begin_with(settled)
        return made


def _bytes_of(told: object) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), dtype=np.uint8)


def _told_by(kept: NDArray[np.uint8]) -> Any:
    return json.loads(kept.tobytes())
