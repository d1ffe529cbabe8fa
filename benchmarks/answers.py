"""`python -m benchmarks.answers`: how well and how fast questions are answered, beside others.

Judged on content/golden/held_out.yaml and the questions beside this file in held_out/, to which
nothing was fitted: those in Chinese, and those in English by themselves. Every peer ranks the same
entries by the same wordings; its cut is chosen on the tuning questions in the same way as ours.
"""

import argparse
import statistics
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.answers_fit import fitted, golden_cases, held_back
from benchmarks.answers_judging import counted, judging, moods
from benchmarks.answers_outweighing import cases_of, chosen, held_out_from
from benchmarks.answers_peers import Peer, by_meaning, by_words
from benchmarks.answers_timing import grown, timed
from bot.content import read_content
from bot.embedding import Embedding, open_embedding
from branch.guidance.model import Entry, GoldenQuestion, Library, Slug
from branch.guidance.replies import Answered, Choices, NotCovered, OutOfBounds, Reply
from branch.guidance.service import GuidanceLibrary
from branch.guidance.thresholds import LETTERS_ALONE, NOTHING_LEARNT, SIGNALS, WITH_MEANING
from texts.language import Language

ROOT = Path(__file__).parent.parent
WRITTEN_ON = date(2026, 11, 25)
MOST_OVERREACH = 0.03
OFFERED = 3
SIZES = (300, 5000)
TO_WEIGH_BY = ("strangers", "overheard", "earlier", "newcomers")
"""Of those to tune by, what the wordings and examples were not written with a look at."""
TO_TUNE_BY = ("tuning", "first", "english", *TO_WEIGH_BY)
PEERS_TUNE_BY = {Language.ZH: ("tuning",), Language.EN: ("english",)}
BY_MEANING = (
    ("with meaning", WITH_MEANING, SIGNALS),
    ("nothing learnt", NOTHING_LEARNT, tuple(name for name in SIGNALS if name != "learnt")),
)
BY_LETTERS = (("letters alone", LETTERS_ALONE, SIGNALS),)


class Scores(Struct, frozen=True):
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


class _Tried(Struct, frozen=True):
    """What came of one question; where it was answered, the first that is offered answers it."""

    golden: GoldenQuestion
    answered: bool
    offered: Sequence[Slug]
    first: Slug | None


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers", description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit the weights and print them")
    parser.add_argument(
        "--outweigh", action="store_true", help="choose how much likelier answers must be"
    )
    given = parser.parse_args()
    content = read_content(ROOT / "content", ZoneInfo("Asia/Shanghai"))
    meaning = open_embedding(ROOT / "data" / "cache" / "vectors.npz")
    library = content.library.library
    if given.fit:
        _fit(library, meaning)
        return
    if given.outweigh:
        _outweigh(library, meaning)
        return
    for language, asked in judging(library).items():
        print(f"\n{language.value}: {counted(asked)}\n")
        print("| | ranked first | right at once | reached | wrong | answered that must not be |")
        print("|---|---|---|---|---|---|")
        for search, scores in _compared(library, language, asked, meaning):
            print(f"| {search} | {scores} |", flush=True)
    print("\n| | hints of despair heard | plain words taken for them |")
    print("|---|---|---|")
    for model in dict.fromkeys((meaning, None)):
        heard, feared = moods(_shelver(model)(library), WRITTEN_ON)
        name = "letters alone" if model is None else "letters and meaning"
        print(f"| {name} | {heard:.1%} | {feared:.1%} |", flush=True)
    print("\n| entries | built in, s | answer p50, ms | p95, ms | an edit is live after, s |")
    print("|---|---|---|---|---|")
    asks = [each.ask for each in _golden(library, "held_out")[:301]]
    for apart, size in enumerate((len(library.entries), *SIZES), start=1):
        print(
            f"| {size} | {timed(grown(library, size), meaning, asks, apart, WRITTEN_ON)} |",
            flush=True,
        )


def _fit(library: Library, meaning: Embedding | None) -> None:
    """The weights of each kind of search, from wordings held back and the questions to tune by."""
    asked = [each for each in _golden(library, *TO_TUNE_BY) if not each.after]
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


def _outweigh(library: Library, meaning: Embedding | None) -> None:
    """Chosen on what was written to tune by; the shares are of fifths it was not chosen on."""
    cases = cases_of(_shelver(meaning)(library), _golden(library, *TO_WEIGH_BY), WRITTEN_ON)
    for kind, times in chosen(cases, WITH_MEANING).items():
        print(f"{kind or 'uncovered'}: {times}")
    right, overreach = held_out_from(cases, WITH_MEANING)
    print(f"right {right:.1%}, answered that must not be {overreach:.1%}")


def _compared(
    library: Library,
    language: Language,
    asked: Sequence[GoldenQuestion],
    meaning: Embedding | None,
) -> Sequence[tuple[str, Scores]]:
    rows = []
    if meaning is not None:
        rows.append(
            ("letters and meaning", _ours(GuidanceLibrary(library, meaning=meaning), asked))
        )
    rows.append(("letters alone", _ours(GuidanceLibrary(library), asked)))
    entries, spell = library.entries, GuidanceLibrary(library).spell
    peers = [
        ("BM25 over segments", by_words(entries, language, spell, segments=True)),
        ("BM25 over characters", by_words(entries, language, spell, segments=False)),
    ]
    if meaning is not None:
        peers.append(("the embedding alone", by_meaning(entries, language, spell, meaning)))
    tuning = _golden(library, *PEERS_TUNE_BY[language])
    return [*rows, *((name, _peer(tuning, asked, peer)) for name, peer in peers)]


def _ours(shelf: GuidanceLibrary, asked: Sequence[GoldenQuestion]) -> Scores:
    return _scores([_tried(shelf, golden) for golden in asked])


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


def _peer(tune_by: Sequence[GoldenQuestion], asked: Sequence[GoldenQuestion], peer: Peer) -> Scores:
    """The cut that answers most of the tuning questions with little overreach, then held out."""
    tuning = [(each, *peer(each.ask)) for each in tune_by]
    cuts = sorted({score for _, _, score in tuning})
    best = max(cuts, key=lambda cut: _merit(_scores(_cut(tuning, cut))))
    return _scores(_cut([(g, *peer(g.ask)) for g in asked], best))


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


if __name__ == "__main__":
    main()
