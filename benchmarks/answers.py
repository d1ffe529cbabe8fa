"""`python -m benchmarks.answers`: how well and how fast questions are answered, beside others.

Judged on content/golden/held_out.yaml alone, to which nothing was fitted. Every peer ranks the same
entries by the same wordings; its cut is chosen on the tuning questions in the same way as ours.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.answers_fit import fitted, golden_cases, held_back
from benchmarks.answers_peers import Peer, by_meaning, by_words
from bot.content import read_content
from bot.embedding import Embedding, open_embedding
from branch.guidance.golden import Fate
from branch.guidance.model import Entry, GoldenQuestion, Library, Slug
from branch.guidance.replies import Answered, Choices
from branch.guidance.service import GuidanceLibrary
from branch.guidance.thresholds import LETTERS_ALONE, SIGNALS, WITH_MEANING
from texts.language import Language

ROOT = Path(__file__).parent.parent
WRITTEN_ON = date(2026, 11, 25)
MOST_OVERREACH = 0.03
OFFERED = 3
SIZES = (300, 5000)


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of the answerable: right at once, reached, wrong; and of the others: answered."""

    right: float
    reached: float
    wrong: float
    overreach: float

    def __str__(self) -> str:
        shares = (self.right, self.reached, self.wrong, self.overreach)
        return " | ".join(f"{share:.1%}" for share in shares)


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
    print("| held-out questions | right at once | reached | wrong | answered wrongly |")
    print("|---|---|---|---|---|")
    for name, scores in _compared(library, meaning):
        print(f"| {name} | {scores} |", flush=True)
    print("\n| entries | search p50 ms | p95 ms | an edit is live after, s |\n|---|---|---|---|")
    for size in (len(library.entries), *SIZES):
        print(f"| {size} | {_timed(_grown(library, size), meaning)} |", flush=True)


def _fit(library: Library, meaning: Embedding | None) -> None:
    """The weights for both kinds of search, from wordings held back and the tuning questions."""
    asked = [each for each in _golden(library, "tuning", "first", "strangers") if not each.after]
    for name, start, model in (
        ("with meaning", WITH_MEANING, meaning),
        ("letters alone", LETTERS_ALONE, None),
    ):
        cases = held_back(library, _shelver(model), Language.ZH, WRITTEN_ON)
        golden = golden_cases(_shelver(model)(library), asked, Language.ZH, WRITTEN_ON)
        weighted = [replace(each, weight=0.5) for each in cases]
        weighted += [replace(each, weight=3.0) for each in golden]
        print(f"{name}: {fitted(weighted, start, SIGNALS)}", flush=True)


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
    fates = []
    for golden in _golden(shelf.library, "held_out"):
        reply = shelf.ask(golden.ask, language=Language.ZH, on=WRITTEN_ON)
        offered: tuple[Entry, ...] = ()
        if isinstance(reply, Answered | Choices):
            offered = (reply.entry,) if isinstance(reply, Answered) else reply.entries
        fates.append((golden, isinstance(reply, Answered), [each.slug for each in offered]))
    return _scores(fates)


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
) -> list[tuple[GoldenQuestion, bool, Sequence[Slug]]]:
    return [
        (golden, score >= cut, slugs[: 1 if score >= cut else OFFERED])
        for golden, slugs, score in ranked
    ]


def _scores(fates: Sequence[tuple[GoldenQuestion, bool, Sequence[Slug]]]) -> Scores:
    said: list[tuple[bool, Fate]] = []
    for golden, answered, slugs in fates:
        among = any(slug in golden.slugs for slug in slugs)
        fate = Fate.AMONG_CHOICES if among else Fate.BESIDE
        if answered:
            fate = Fate.RIGHT if among else Fate.WRONG
        said.append((golden.is_answerable, fate))
    known = [fate for answerable, fate in said if answerable]
    other = [fate for answerable, fate in said if not answerable]
    reached = {Fate.RIGHT, Fate.AMONG_CHOICES}
    return Scores(
        right=known.count(Fate.RIGHT) / len(known),
        reached=sum(fate in reached for fate in known) / len(known),
        wrong=known.count(Fate.WRONG) / len(known),
        overreach=other.count(Fate.WRONG) / len(other),
    )


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


def _timed(library: Library, meaning: Embedding | None) -> str:
    shelf = GuidanceLibrary(library, meaning=meaning)
    took = []
    for golden in _golden(library, "held_out")[:300]:
        begun = time.perf_counter()
        shelf.ask(golden.ask, language=Language.ZH, on=WRITTEN_ON)
        took.append((time.perf_counter() - begun) * 1000)
    begun = time.perf_counter()
    model = library.entries[0]
    said = ("食堂几点开门", "食堂中午开到几点", "晚上食堂还有饭吗")
    new = replace(
        model,
        slug=Slug("new"),
        questions={Language.ZH: said[0]},
        wordings={Language.ZH: said},
        bodies={Language.ZH: model.bodies[Language.ZH]},
    )
    shelf.take_over(shelf.trial([new]))
    live = time.perf_counter() - begun
    p95 = statistics.quantiles(took, n=20)[-1]
    return f"{statistics.median(took):.1f} | {p95:.1f} | {live:.2f}"


if __name__ == "__main__":
    main()
