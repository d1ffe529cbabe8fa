"""Every number that decides how a question is answered, in one place."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from branch.guidance.model import BoundaryKind

SIGNALS = (
    "nearest",
    "second",
    "whole",
    "covered",
    "near_miss",
    "sense_nearest",
    "sense_second",
    "sense_middle",
    "sense_apart",
    "sense_body",
    "sense_near_miss",
    "learnt",
    "beyond",
    "exact",
    "crossed",
    "other_year",
    "other_name",
)
"""What speaks for or against an entry, in the order in which it is weighed (see ranking.py)."""


class Weights(Struct, frozen=True, kw_only=True):
    """How signals become a decision. Fitted by `python -m benchmarks.answers --fit`."""

    by_signal: Mapping[str, float]
    """How much each adds to the log-odds; one that is not named weighs nothing."""
    none: float
    """The log-odds of `none of them`."""
    sure: float
    """The confidence from which an entry is the answer."""
    outweighs: Mapping[BoundaryKind | None, float]
    """How many times likelier an answer must be than each kind that is not answered here.

    What is asked of us looks like what is near the subject, and seldom like another exam or like
    somebody's own case: a little likeness to these speaks loudly.
    """
    beyond: float
    """The confidence from which a question is taken for one that is not answered here."""
    despair: float
    """The same for words of despair: better a warm word too many than one too few."""
    outright: float
    """The confidence from which despair is not doubted: below it the first word is a question."""
    worth_offering: float
    """The confidence from which an entry is worth a button, where none is sure."""
    worth_adding: float
    """The same below an answer that is sure, and yet not beyond doubt."""
    beyond_doubt: float
    """The confidence from which an answer stands alone."""
    offers_at_all: float
    """What the entries must have together, or nothing is offered."""


OUTWEIGHS = MappingProxyType(  # by `python -m benchmarks.answers --outweigh`
    {
        None: 2.0,
        BoundaryKind.DESPAIR: 6.0,
        BoundaryKind.ABUSE: 6.0,
        BoundaryKind.INSTRUCT: 4.0,
        BoundaryKind.PERSONAL: 6.0,
        BoundaryKind.ELSEWHERE: 8.0,
        BoundaryKind.SMALLTALK: 3.0,
    }
)
WITH_MEANING = Weights(
    by_signal=MappingProxyType(
        {
            "nearest": 0.7,
            "second": 0.56,
            "whole": -0.16,
            "covered": 5.21,
            "near_miss": -0.42,
            "sense_nearest": 2.0,
            "sense_second": 0.51,
            "sense_middle": -2.27,
            "sense_apart": 2.2,
            "sense_body": -0.32,
            "sense_near_miss": -0.43,
            "learnt": 6.17,
            "beyond": 0.26,
            "exact": 6.0,
            "crossed": -1.43,
            "other_year": -1.79,
            "other_name": -1.3,
        }
    ),
    none=5.11,
    sure=0.3,
    outweighs=OUTWEIGHS,
    beyond=0.5,
    despair=0.2,
    outright=0.4,
    worth_offering=0.02,
    worth_adding=0.03,
    beyond_doubt=0.85,
    offers_at_all=0.12,
)
NOTHING_LEARNT = replace(
    WITH_MEANING,
    by_signal=MappingProxyType(
        {
            "nearest": 1.11,
            "second": 1.46,
            "whole": -0.29,
            "covered": 7.02,
            "near_miss": -0.64,
            "sense_nearest": 3.88,
            "sense_second": 2.27,
            "sense_middle": -0.07,
            "sense_apart": 6.98,
            "sense_body": 0.27,
            "sense_near_miss": -0.64,
            "beyond": 0.23,
            "exact": 6.0,
            "crossed": -1.57,
            "other_year": -1.98,
            "other_name": -1.45,
        }
    ),
    none=5.14,
)
"""By meaning, where there is no classifier: in English, and where there are few wordings."""
LETTERS_ALONE = Weights(
    by_signal=MappingProxyType(
        {
            "nearest": 2.9,
            "second": 5.66,
            "whole": 5.5,
            "covered": 8.75,
            "near_miss": -0.49,
            "beyond": -0.03,
            "exact": 6.0,
            "crossed": -1.69,
            "other_year": -2.04,
            "other_name": -1.34,
        }
    ),
    none=4.18,
    sure=0.38,
    outweighs=OUTWEIGHS,
    beyond=0.5,
    despair=0.15,
    outright=0.3,
    worth_offering=0.04,
    worth_adding=0.03,
    beyond_doubt=0.85,
    offers_at_all=0.25,
)


class Thresholds(Struct, frozen=True, kw_only=True):
    """Chosen by cross-validation on the tuning questions, never on those that are reported."""

    with_meaning: Weights = field(default=WITH_MEANING)
    nothing_learnt: Weights = field(default=NOTHING_LEARNT)
    letters_alone: Weights = field(default=LETTERS_ALONE)

    in_doubt: float = 0.2
    """The most confidence there is where a year, a name or a near miss speaks against it."""
    clear_near_miss: float = 0.1
    """How much more like a near miss than like any wording a question is that is in doubt."""
    torn: float = 0.8
    """The part of the first one's confidence at which another is too close to be sure of either."""
    most_choices: int = 3

    told_apart: float = 0.6
    """The confidence from which two questions with a mere gap between are answered each."""
    stands_alone: float = 0.9
    """The confidence from which a short question is not taken to lean on the one before."""
    related: float = 2.0
    """What speaks for an entry related to the one before, where a question leans on that."""
    same_topic: float = 1.2
    itself: float = -1.0
    """The same for the one before itself: who asks on wants something else."""
    rather_leaning: float = 0.15
    """How much surer the question may be by itself, and yet be taken to lean."""
