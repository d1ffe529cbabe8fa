"""How long an answer and an edit take, on shelves of any size."""

import statistics
import time
from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec.structs import replace

from bot.embedding import DIMENSIONS, Embedding
from branch.guidance.model import Entry, Library, Slug
from branch.guidance.service import GuidanceLibrary
from branch.guidance.terms import Floats
from texts.language import Language


def grown(library: Library, size: int) -> Library:
    """A library of that size: what is missing are entries whose words were put together anew."""
    dice = np.random.default_rng(1)
    entries = list(library.entries)
    said = [wording for entry in entries for wording in entry.wordings[Language.ZH]]
    while len(entries) < size:
        model = entries[len(entries) % len(library.entries)]
        mixed = tuple(
            said[int(one)][:6] + said[int(other)][-7:]
            for one, other in dice.integers(0, len(said), size=(6, 2))
        )
        entries.append(
            replace(
                model,
                slug=Slug(f"made-{len(entries)}"),
                questions={Language.ZH: mixed[0]},
                wordings={Language.ZH: mixed},
                bodies={Language.ZH: model.bodies[Language.ZH]},
            )
        )
    return replace(library, entries=tuple(entries[:size] if size < len(entries) else entries))


class _Placed:
    """A meaning that reads questions as ever and puts content anywhere: timing does not care.

    Once placed, a text stays: what an edit leaves as it was is not to be learnt anew.
    """

    def __init__(self, meaning: Embedding) -> None:
        self._meaning = meaning
        self._dice = np.random.default_rng(2)
        self._places: dict[str, Floats] = {}

    def of_content(
        self,
        texts: Sequence[str],
        *,
        passages: bool = False,  # noqa: ARG002 -- anywhere is anywhere
    ) -> Floats:
        new = [text for text in dict.fromkeys(texts) if text not in self._places]
        vectors = self._dice.normal(size=(len(new), DIMENSIONS)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        self._places |= dict(zip(new, vectors, strict=True))
        nowhere = np.zeros((0, DIMENSIONS), dtype=np.float32)
        return np.stack([self._places[text] for text in texts]) if texts else nowhere

    def of_question(self, text: str) -> Floats:
        return self._meaning.of_question(text)


def timed(
    library: Library, meaning: Embedding | None, asks: Sequence[str], apart: int, on: date
) -> str:
    """Questions are made of halves of two, so that none was read before."""
    begun = time.perf_counter()
    shelf = GuidanceLibrary(library, meaning=_Placed(meaning) if meaning else None)
    built = time.perf_counter() - begun
    took = []
    for one, other in zip(asks, asks[apart:], strict=False):
        question = one[: len(one) // 2] + other[len(other) // 2 :]
        begun = time.perf_counter()
        shelf.ask(question, language=Language.ZH, on=on)
        took.append((time.perf_counter() - begun) * 1000)
    begun = time.perf_counter()
    shelf.take_over(shelf.trial([_another(library.entries[0])]))
    live = time.perf_counter() - begun
    p95 = statistics.quantiles(took, n=20)[-1]
    return f"{built:.2f} | {statistics.median(took):.1f} | {p95:.1f} | {live:.2f}"


def _another(model: Entry) -> Entry:
    said = ("食堂几点开门", "食堂中午开到几点", "晚上食堂还有饭吗")
    return replace(
        model,
        slug=Slug("new"),
        questions={Language.ZH: said[0]},
        wordings={Language.ZH: said},
        bodies={Language.ZH: model.bodies[Language.ZH]},
    )
