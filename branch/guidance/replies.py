"""What the shelf says to a question."""

from dataclasses import dataclass

from branch.guidance.model import BoundaryKind, Entry, Smalltalk


@dataclass(frozen=True, slots=True)
class Answered:
    """`others` (none to two) are what may be meant instead, where it is not beyond doubt."""

    entry: Entry
    confidence: float
    others: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """One to three entries of which one is probably meant, the likeliest first."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class NotCovered:
    """Nothing fits; `nearest` (none to three) is for a person who looks, not an answer."""

    nearest: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfBounds:
    """Not ours to answer; `nearest` (none to three) is what we know that comes near it."""

    kind: BoundaryKind
    asks: Smalltalk | None = None
    nearest: tuple[Entry, ...] = ()
    outright: bool = True
    """Whether it is said in so many words; what only stands between the lines may be a mistake."""


Reply = Answered | Choices | NotCovered | OutOfBounds


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions in a message, and what to say to it."""

    question: str
    reply: Reply
