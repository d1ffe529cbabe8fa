"""Every number that decides how a question is answered, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Chosen by measuring.

    The weights by asking each wording of an entry that was built without it, the confidence
    fitted to the same; what is sure and what is worth offering on the golden questions.
    """

    nearest: float = 0.14
    second: float = 0.21
    whole: float = 0.36
    covered: float = 0.29
    near_miss: float = 0.5
    """What is left of a score when something that must not be answered is nearer."""
    other_year: float = 0.4
    """The same, when the question names a year the entry says nothing of."""
    slip_of_year: float = 0.75
    """The same, when it names the year in which the current intake sits the exam."""
    other_name: float = 0.6
    """The same, when it names a school or a field the entry says nothing of."""

    bias: float = -1.39
    by_lead: float = 13.96
    by_whole: float = 2.56
    """Log-odds of being what is meant: by the lead over the next, and by likeness to all."""

    in_doubt: float = 0.4
    """The most confidence there is where a year, a name or a near miss speaks against it."""
    least_covered: float = 0.35
    """The share of the question's weight that an entry must have heard of."""
    torn: float = 0.96
    """The part of the first one's score at which another is too close to be sure of either."""
    sure: float = 0.52
    worth_offering: float = 0.15
    near_enough: float = 0.75
    """The part of the first one's score that makes another worth offering beside it."""
    most_choices: int = 3
