"""What the shelf says to a question."""

from msgspec import Struct

from branch.guidance.model import BoundaryKind, Entry, Smalltalk


class Answered(Struct, frozen=True):
    """`others` (none to two) are what may be meant instead, where it is not beyond doubt."""

    entry: Entry
    confidence: float
    others: tuple[Entry, ...] = ()


class Choices(Struct, frozen=True):
    """One to three entries of which one is probably meant, the likeliest first."""

    entries: tuple[Entry, ...]


class NotCovered(Struct, frozen=True):
    """Nothing fits; `nearest` (none to three) is for a person who looks, not an answer."""

    nearest: tuple[Entry, ...] = ()


class OutOfBounds(Struct, frozen=True):
    """Not ours to answer; `nearest` (none to three) is what we know that comes near it."""

    kind: BoundaryKind
    asks: Smalltalk | None = None
    nearest: tuple[Entry, ...] = ()
    outright: bool = True
    """Whether it is said in so many words; what only stands between the lines may be a mistake."""


Reply = Answered | Choices | NotCovered | OutOfBounds


class Part(Struct, frozen=True):
    """One of the questions in a message, and what to say to it."""

    question: str
    reply: Reply
