"""Fitting the weights by which entries are weighed: on wordings held back, and on questions."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from branch.guidance.model import BoundaryKind, Entry, GoldenQuestion, Library
from branch.guidance.ranking import MOST_CANDIDATES
from branch.guidance.service import GuidanceLibrary
from branch.guidance.thresholds import SIGNALS, Weights
from texts.language import Language

FOLDS = 5
STEPS, RATE, SHRINK = 1500, 0.05, 1e-3
SET_BY_HAND = ("exact",)
"""A wording that is held back is never met exactly: no question of these can tell its weight."""
Shelve = Callable[[Library], GuidanceLibrary]


class Case(Struct, frozen=True):
    """One question with its candidates: their signals, and which of them would be right."""

    ask: str
    signals: NDArray[np.floating]
    right: Sequence[bool]
    none_is_right: bool
    weight: float = 1.0


def held_back(library: Library, shelve: Shelve, language: Language, on: date) -> list[Case]:
    """Every wording, asked of a shelf that was built without it and a fifth of the others."""
    cases = []
    for fold in range(FOLDS):
        entries = [_without(entry, language, fold) for entry in library.entries]
        beyond = [replace(each, examples=_kept(each.examples, fold)) for each in library.beyond]
        shelf = shelve(replace(library, entries=tuple(entries), beyond=tuple(beyond)))
        for entry in library.entries:
            asks = _fold(entry.wordings.get(language, ()), fold)
            cases += [_case(shelf, language, ask, {entry.slug}, (), on) for ask in asks]
        for each in library.beyond:
            asks = _fold(each.examples, fold)
            cases += [_case(shelf, language, ask, (), (each.kind,), on) for ask in asks]
    return cases


def golden_cases(
    shelf: GuidanceLibrary, golden: Iterable[GoldenQuestion], language: Language, on: date
) -> list[Case]:
    """The golden questions as they come to the search, whatever boundaries would say before."""
    cases = []
    for each in golden:
        kinds = () if each.slugs else (each.kind, None)
        cases.append(_case(shelf, language, each.ask, each.slugs, kinds, on))
    return cases


def _fold(wordings: Sequence[str], fold: int) -> Sequence[str]:
    return wordings[fold::FOLDS]


def _kept(wordings: Sequence[str], fold: int) -> tuple[str, ...]:
    return tuple(w for place, w in enumerate(wordings) if place % FOLDS != fold)


def _without(entry: Entry, language: Language, fold: int) -> Entry:
    kept = dict(entry.wordings)
    kept[language] = _kept(entry.wordings.get(language, ()), fold)
    return replace(entry, wordings=kept)


def _case(
    shelf: GuidanceLibrary,
    language: Language,
    ask: str,
    slugs: Collection[str],
    kinds: Collection[BoundaryKind | None],
    on: date,
) -> Case:
    matcher = shelf.matcher(language)
    ranking = matcher.ranking(ask, on=on, crossed=shelf.crossed_by(ask) is not None)
    documents = [matcher.document(number) for number in ranking.documents.tolist()]
    right = [
        (isinstance(each, Entry) and each.slug in slugs)
        or (not isinstance(each, Entry) and bool(kinds))
        for each in documents
    ]
    return Case(ask, ranking.signals, right, bool(kinds) or not any(right))


def fitted(cases: Sequence[Case], start: Weights, signals: Collection[str]) -> Weights:
    """The weights under which the right documents are likeliest; signals left out weigh nothing."""
    table, right = _stacked(cases)
    weight = np.asarray([case.weight for case in cases])[:, None]
    used = np.asarray([name in signals and name not in SET_BY_HAND for name in SIGNALS] + [True])
    kept = [start.by_signal.get(name, 0.0) if name in SET_BY_HAND else 0.0 for name in SIGNALS]
    now = np.asarray([*kept, 0.0])
    mean, spread = np.zeros_like(now), np.zeros_like(now)
    for step in range(1, STEPS + 1):
        likely = _likely(table, now)
        meant = likely * right
        wrong = (likely - meant / np.maximum(meant.sum(1, keepdims=True), 1e-9)) * weight
        slope = np.append(np.einsum("nk,nkf->f", wrong[:, :-1], table), wrong[:, -1].sum())
        slope = (slope / weight.sum() + SHRINK * now) * used
        mean, spread = 0.9 * mean + 0.1 * slope, 0.999 * spread + 0.001 * slope**2
        now -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return replace(
        start,
        by_signal={name: round(float(w), 3) for name, w in zip(SIGNALS, now, strict=False) if w},
        none=round(float(now[-1]), 3),
    )


def _stacked(cases: Sequence[Case]) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    table = np.zeros((len(cases), MOST_CANDIDATES, len(SIGNALS)), dtype=np.float32)
    right = np.zeros((len(cases), MOST_CANDIDATES + 1), dtype=np.float32)
    for number, case in enumerate(cases):
        table[number, : len(case.right)] = case.signals
        right[number, : len(case.right)] = case.right
        right[number, -1] = case.none_is_right
    return table, right


def _likely(table: NDArray[np.floating], weights: NDArray[np.floating]) -> NDArray[np.floating]:
    odds = table @ weights[:-1]
    # a place that no candidate fills stands for nothing
    odds[~table.any(axis=2)] = -np.inf
    odds = np.concatenate([odds, np.full((len(odds), 1), weights[-1])], axis=1)
    shares = np.exp(odds - odds.max(axis=1, keepdims=True))
    likely: NDArray[np.floating] = shares / shares.sum(axis=1, keepdims=True)
    return likely
