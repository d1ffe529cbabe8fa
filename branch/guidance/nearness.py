"""Which texts ask the same, or what one of them asks: by the words they share, then by meaning."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from branch.guidance.alike import ALIKE, Grouping, by_words, features_of, merged, shared
from branch.guidance.sense import Meaning
from branch.guidance.wording import Vocabulary

MOST_GROUPS: Final = 50
LOOKED_INTO: Final = 16
"""So many that share the most words are compared by meaning, which takes a moment for each."""
NEAR: Final = 0.9
"""The cosine from which an earlier answer is worth a look; the same question has 0.93."""
TOUCHES: Final = 0.08
"""What shares less with it than this is not looked into."""


def nearest(
    text: str,
    others: Sequence[str],
    *,
    most: int,
    spelled: Callable[[str], str],
    meaning: Meaning | None,
) -> Sequence[int]:
    """The places of those that come nearest, the nearest first; none where none is near."""
    asked = features_of(spelled(text))
    likeness = [shared(asked, features_of(spelled(each))) for each in others]
    ranked = sorted(range(len(others)), key=lambda place: -likeness[place])
    touching = [place for place in ranked[:LOOKED_INTO] if likeness[place] >= TOUCHES]
    if meaning is None:
        return [place for place in touching if likeness[place] >= ALIKE][:most]
    mine = meaning.of_question(spelled(text))
    cosine = {
        place: float(mine @ meaning.of_question(spelled(others[place]))) for place in touching
    }
    near = [place for place in touching if cosine[place] >= NEAR or likeness[place] >= ALIKE]
    return sorted(near, key=lambda place: -cosine[place])[:most]


def by_meaning(
    groups: Sequence[Sequence[int]],
    texts: Sequence[str],
    *,
    spelled: Callable[[str], str],
    meaning: Meaning | None,
) -> Sequence[Sequence[int]]:
    """The groups put together that mean the same; as they are where meaning is not known."""
    if meaning is None or not groups:
        return groups
    firsts = [spelled(texts[group[0]]) for group in groups[:MOST_GROUPS]]
    return merged(groups, np.stack([meaning.of_question(each) for each in firsts]))


def grouping(
    vocabulary: Vocabulary, *, spelled: Callable[[str], str], meaning: Meaning | None
) -> Grouping:
    """Grouping by the words that questions share, and by what they mean where that is known."""
    words = by_words(vocabulary)
    return lambda texts: by_meaning(words(texts), texts, spelled=spelled, meaning=meaning)
