"""From what a search came to, to what is said."""

from branch.guidance.matching import Outcome, Weighing
from branch.guidance.model import BoundaryKind, Smalltalk
from branch.guidance.replies import Answered, Choices, NotCovered, OutOfBounds, Reply

MOST_NEAREST = 3
MOST_OTHERS = 2
NEAR_AT_ALL = 0.02
"""The confidence from which an entry is named to a person who looks."""
MAY_BE_OURS = (BoundaryKind.PERSONAL, BoundaryKind.ELSEWHERE)
"""Their words stand in what is asked of everybody too: the search weighs them, and may know."""
_NEAR_ENOUGH = {BoundaryKind.PERSONAL: 0.0, BoundaryKind.ELSEWHERE: 0.2}
"""How likely an entry must be to be named beside: of one's own case there is always a rule to read,
of another field there seldom is."""


def said(outcome: Outcome, weighing: Weighing) -> Reply:
    """The reply to a question that no pattern turned away."""
    if outcome.sure is not None:
        others = tuple(match.entry for match in outcome.others[:MOST_OTHERS])
        return Answered(outcome.sure.entry, outcome.sure.confidence, others)
    if outcome.beyond is not None:
        return turned_away(outcome.beyond, None, outcome, outright=outcome.outright)
    if outcome.choices:
        return Choices(tuple(match.entry for match in outcome.choices))
    near = [each for each in weighing.matches if each.score and each.confidence >= NEAR_AT_ALL]
    return NotCovered(tuple(each.entry for each in near[:MOST_NEAREST]))


def turned_away(
    kind: BoundaryKind, asks: Smalltalk | None, outcome: Outcome, *, outright: bool = True
) -> OutOfBounds:
    """Beside what is a person's own or another's field, what comes near may still help."""
    least = _NEAR_ENOUGH.get(kind, 1.0)
    found = (outcome.sure,) if outcome.sure is not None else outcome.choices
    near = tuple(match.entry for match in found if match.confidence >= least)
    return OutOfBounds(kind, asks, near, outright)


def same(one: Reply, other: Reply) -> bool:
    """Whether the second would only repeat the first."""
    if isinstance(one, Answered) and isinstance(other, Answered):
        return one.entry.slug == other.entry.slug
    return one == other
