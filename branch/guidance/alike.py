"""Which questions ask the same thing: put together by the words they share."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from branch.guidance.normalising import Normaliser
from branch.guidance.segmenting import segmenter
from branch.guidance.terms import Floats
from branch.guidance.wording import Vocabulary

SAME_MEANING = 0.93
"""The cosine from which two questions mean the same, however they say it."""
ALIKE = 0.4
"""Two questions that share so much of what they say are one, in other words."""

Features = frozenset[str]
Grouping = Callable[[Sequence[str]], Sequence[Sequence[int]]]
"""Groups of texts that ask the same, as their places; each text is in one."""


def by_words(vocabulary: Vocabulary) -> Grouping:
    """Grouping by the words that questions share, once these are spelled the same way."""
    return partial(grouped, spelled=Normaliser(vocabulary).standard)


def grouped(texts: Sequence[str], spelled: Callable[[str], str]) -> list[list[int]]:
    """Groups of places, the largest first; `spelled` makes the same words look the same.

    Each text joins the group whose members it is most like on average, or begins one.
    """
    features = [features_of(spelled(text)) for text in texts]
    groups: list[list[int]] = []
    having: dict[str, set[int]] = defaultdict(set)
    for place, said in enumerate(features):
        near = {number for feature in said for number in having[feature]}
        likeness = {
            number: sum(shared(said, features[other]) for other in groups[number])
            / len(groups[number])
            for number in near
        }
        best = max(likeness, key=lambda number: (likeness[number], -number), default=None)
        if best is None or likeness[best] < ALIKE:
            groups.append([place])
            best = len(groups) - 1
        else:
            groups[best].append(place)
        for feature in said:
            having[feature].add(best)
    return sorted(groups, key=len, reverse=True)


def merged(groups: Sequence[Sequence[int]], vectors: Floats) -> list[list[int]]:
    """The groups put together whose vectors mean the same, the largest first.

    `vectors` has a row for each of the first groups; those without one stay as they are.
    """
    put: list[list[int]] = []
    heads: list[int] = []
    for number, group in enumerate(groups):
        near = vectors[heads] @ vectors[number] if heads and number < len(vectors) else None
        if near is not None and float(near.max()) >= SAME_MEANING:
            put[int(near.argmax())].extend(group)
        else:
            put.append(list(group))
            if number < len(vectors):
                heads.append(number)
    return sorted(put, key=len, reverse=True)


def central(texts: Sequence[str], times: Sequence[int], spelled: Callable[[str], str]) -> int:
    """The place of the text that says best what all of them ask; of equals the shorter one."""
    features = [features_of(spelled(text)) for text in texts]

    def stands_for_all(place: int) -> tuple[float, int]:
        likeness = sum(
            count * shared(features[place], other)
            for count, other in zip(times, features, strict=True)
        )
        return likeness, -len(texts[place])

    return max(range(len(texts)), key=stands_for_all)


def features_of(spelled: str) -> Features:
    """Segments, characters and their neighbours; of Latin words and numbers only the whole."""
    chunks = spelled.split()
    signs = (sign for chunk in chunks for sign in chunk if not sign.isascii())
    pairs = ("".join(pair) for chunk in chunks for pair in pairwise(chunk))
    return frozenset([*signs, *pairs, *segmenter().segments(spelled)])


def shared(one: Features, other: Features) -> float:
    """Jaccard's measure: what both say, of all that either says."""
    together = len(one & other)
    return together / (len(one) + len(other) - together) if together else 0.0
