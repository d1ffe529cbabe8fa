"""What our search is measured against: BM25, and the embedding alone, over the same wordings."""

from collections import Counter
from collections.abc import Callable, Sequence
from math import log

import numpy as np
import rjieba

from bot.embedding import Embedding
from branch.guidance.model import Entry, Slug
from texts.language import Language

Peer = Callable[[str], tuple[Sequence[Slug], float]]
"""The entries for a question, the likeliest first, and the score of the first."""
K1, B = 1.5, 0.75


def by_words(
    entries: Sequence[Entry], language: Language, spell: Callable[[str], str], *, segments: bool
) -> Peer:
    """BM25 over the wordings, one document each; an entry is as good as its best wording."""
    cut: Callable[[str], list[str]] = rjieba.cut if segments else list
    documents = [
        (entry.slug, Counter(word for word in cut(spell(wording)) if word.strip()))
        for entry in entries
        if language in entry.questions
        for wording in entry.asked_as(language)
    ]
    found_in = Counter(word for _, words in documents for word in words)
    mean = sum(sum(words.values()) for _, words in documents) / len(documents)
    telling = {
        word: log(1 + (len(documents) - count + 0.5) / (count + 0.5))
        for word, count in found_in.items()
    }

    def peer(question: str) -> tuple[Sequence[Slug], float]:
        asked = set(cut(spell(question)))
        best: dict[Slug, float] = {}
        for slug, words in documents:
            shared = asked & words.keys()
            if shared:
                size = K1 * (1 - B + B * sum(words.values()) / mean)
                score = sum(telling[w] * words[w] * (K1 + 1) / (words[w] + size) for w in shared)
                best[slug] = max(best.get(slug, 0.0), score)
        ranked = sorted(best, key=lambda slug: -best[slug])
        return ranked, best[ranked[0]] if ranked else 0.0

    return peer


def by_meaning(
    entries: Sequence[Entry],
    language: Language,
    spell: Callable[[str], str],
    meaning: Embedding,
) -> Peer:
    """The nearest wording by the embedding alone."""
    written = [entry for entry in entries if language in entry.questions]
    owners = [entry.slug for entry in written for _ in entry.asked_as(language)]
    vectors = meaning.of_content([spell(w) for each in written for w in each.asked_as(language)])

    def peer(question: str) -> tuple[Sequence[Slug], float]:
        near = vectors @ meaning.of_question(spell(question))
        order = np.argsort(-near)
        ranked = list(dict.fromkeys(owners[place] for place in order[:50].tolist()))
        return ranked, float(near[order[0]])

    return peer
