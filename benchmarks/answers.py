"""`python -m benchmarks.answers`: how well and how fast questions are answered, beside others.

Judged on content/golden/held_out.yaml alone, to which nothing was fitted. Every peer ranks the same
entries by the same wordings; its cut is chosen on the tuning questions in the same way as ours.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.answers_fit import fitted, golden_cases, held_back
from benchmarks.answers_peers import Peer, by_meaning, by_words
from bot.content import read_content
from bot.embedding import DIMENSIONS, Embedding, open_embedding
from branch.guidance.model import Entry, GoldenQuestion, Library, Slug
from branch.guidance.replies import Answered, Choices, NotCovered, OutOfBounds, Reply
from branch.guidance.service import GuidanceLibrary
from branch.guidance.terms import Floats
from branch.guidance.thresholds import LETTERS_ALONE, NOTHING_LEARNT, SIGNALS, WITH_MEANING
from texts.language import Language

ROOT = Path(__file__).parent.parent
WRITTEN_ON = date(2026, 11, 25)
MOST_OVERREACH = 0.03
OFFERED = 3
SIZES = (300, 5000)
BY_MEANING = (
    ("with meaning", WITH_MEANING, SIGNALS),
    ("nothing learnt", NOTHING_LEARNT, tuple(name for name in SIGNALS if name != "learnt")),
)
BY_LETTERS = (("letters alone", LETTERS_ALONE, SIGNALS),)


@dataclass(frozen=True, slots=True)
class Scores:
    """Of the answerable: ranked first, answered rightly, reached, wrongly; of others: answered.

    Reached is answered rightly, or offered: as a choice, or below an answer that is another's.
    Ranked first counts whether there was an answer or not: what a search knows before it decides.
    """

    first: float
    right: float
    reached: float
    wrong: float
    overreach: float

    def __str__(self) -> str:
        shares = (self.first, self.right, self.reached, self.wrong, self.overreach)
        return " | ".join(f"{share:.1%}" for share in shares)


@dataclass(frozen=True, slots=True)
class _Tried:
    """What came of one question; where it was answered, the first that is offered answers it."""

    golden: GoldenQuestion
    answered: bool
    offered: Sequence[Slug]
    first: Slug | None


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers", description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit the weights and print them")
    given = parser.parse_args()
    content = read_content(ROOT / "content", ZoneInfo("Asia/Shanghai"))
    meaning = open_embedding(ROOT / "data" / "cache" / "vectors.npz")
    library = content.library.library
    if given.fit:
        _fit(library, meaning)
        return
    print("| | ranked first | right at once | reached | wrong | answered that must not be |")
    print("|---|---|---|---|---|---|")
    for name, scores in _compared(library, meaning):
        print(f"| {name} | {scores} |", flush=True)
    print("\n| entries | built in, s | answer p50, ms | p95, ms | an edit is live after, s |")
    print("|---|---|---|---|---|")
    for apart, size in enumerate((len(library.entries), *SIZES), start=1):
        print(f"| {size} | {_timed(_grown(library, size), meaning, apart)} |", flush=True)


def _fit(library: Library, meaning: Embedding | None) -> None:
    """The weights of each kind of search, from wordings held back and the questions to tune by."""
    asked = [
        each
        for each in _golden(library, "tuning", "first", "strangers", "overheard", "earlier")
        if not each.after
    ]
    for model, searches in ((meaning, BY_MEANING), (None, BY_LETTERS)):
        cases = held_back(library, _shelver(model), Language.ZH, WRITTEN_ON)
        golden = golden_cases(_shelver(model)(library), asked, Language.ZH, WRITTEN_ON)
        weighted = [replace(each, weight=0.5) for each in cases]
        weighted += [replace(each, weight=3.0) for each in golden]
        for name, start, signals in searches:
            print(f"{name}: {fitted(weighted, start, signals)}", flush=True)


def _shelver(meaning: Embedding | None) -> Callable[[Library], GuidanceLibrary]:
    return lambda library: GuidanceLibrary(library, meaning=meaning)


def _golden(library: Library, *files: str) -> list[GoldenQuestion]:
    return [each for each in library.golden if each.kept_in in files]


def _compared(library: Library, meaning: Embedding | None) -> Sequence[tuple[str, Scores]]:
    rows = []
    if meaning is not None:
        rows.append(("letters and meaning", _ours(GuidanceLibrary(library, meaning=meaning))))
    rows.append(("letters alone", _ours(GuidanceLibrary(library))))
    spell = GuidanceLibrary(library).spell
    peers = [("BM25 over segments", by_words(library.entries, spell, segments=True))]
    peers.append(("BM25 over characters", by_words(library.entries, spell, segments=False)))
    if meaning is not None:
        peers.append(("the embedding alone", by_meaning(library.entries, spell, meaning)))
    return [*rows, *((name, _peer(library, peer)) for name, peer in peers)]


def _ours(shelf: GuidanceLibrary) -> Scores:
    return _scores([_tried(shelf, golden) for golden in _golden(shelf.library, "held_out")])


def _tried(shelf: GuidanceLibrary, golden: GoldenQuestion) -> _Tried:
    reply = shelf.ask(golden.ask, language=Language.ZH, on=WRITTEN_ON)
    best = shelf.matches(golden.ask, language=Language.ZH, on=WRITTEN_ON)[:1]
    slugs = [entry.slug for entry in _offered(reply)]
    first = best[0].entry.slug if best else None
    return _Tried(golden, isinstance(reply, Answered), slugs, first)


def _offered(reply: Reply) -> tuple[Entry, ...]:
    match reply:
        case Answered(entry=entry, others=others):
            return (entry, *others)
        case Choices(entries=entries):
            return entries
        case NotCovered(nearest=nearest) | OutOfBounds(nearest=nearest):
            return nearest


def _peer(library: Library, peer: Peer) -> Scores:
    """The cut that answers most of the tuning questions with little overreach, then held out."""
    tuning = [(each, *peer(each.ask)) for each in _golden(library, "tuning")]
    cuts = sorted({score for _, _, score in tuning})
    best = max(cuts, key=lambda cut: _merit(_scores(_cut(tuning, cut))))
    return _scores(_cut([(g, *peer(g.ask)) for g in _golden(library, "held_out")], best))


def _merit(scores: Scores) -> float:
    return scores.right if scores.overreach <= MOST_OVERREACH else -scores.overreach


def _cut(
    ranked: Sequence[tuple[GoldenQuestion, Sequence[Slug], float]], cut: float
) -> list[_Tried]:
    return [
        _Tried(
            golden, score >= cut, slugs[: 1 if score >= cut else OFFERED], next(iter(slugs), None)
        )
        for golden, slugs, score in ranked
    ]


def _scores(tried: Sequence[_Tried]) -> Scores:
    known = [each for each in tried if each.golden.is_answerable]
    other = [each for each in tried if not each.golden.is_answerable]
    among = [any(slug in each.golden.slugs for slug in each.offered) for each in known]
    answered = [each.answered for each in known]
    right = [
        each.answered and any(slug in each.golden.slugs for slug in each.offered[:1])
        for each in known
    ]
    return Scores(
        first=_share(each.first in each.golden.slugs for each in known),
        right=_share(right),
        reached=_share(among),
        wrong=_share(a and not r for a, r in zip(answered, right, strict=True)),
        overreach=_share(each.answered for each in other),
    )


def _share(those: Iterable[bool]) -> float:
    return statistics.fmean(map(float, those))


def _grown(library: Library, size: int) -> Library:
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


def _timed(library: Library, meaning: Embedding | None, apart: int) -> str:
    begun = time.perf_counter()
    shelf = GuidanceLibrary(library, meaning=_Placed(meaning) if meaning else None)
    built = time.perf_counter() - begun
    took = []
    asks = [golden.ask for golden in _golden(library, "held_out")[:301]]
    for one, other in zip(asks, asks[apart:], strict=False):
        # halves of two questions: as long as questions are, and never read before
        question = one[: len(one) // 2] + other[len(other) // 2 :]
        begun = time.perf_counter()
        shelf.ask(question, language=Language.ZH, on=WRITTEN_ON)
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


if __name__ == "__main__":
    main()
