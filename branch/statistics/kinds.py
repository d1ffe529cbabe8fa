"""Which events figures are counted from, and how they are read."""

from typing import Final

from branch.events.kinds import Kind

ANSWERS: Final = (Kind.QUESTION_BY_PERSON, Kind.QUESTION_CHOSEN, Kind.QUESTION_ANSWERED)
"""Where a question was answered several times, the first of these counts."""
DELIVERED: Final = "delivered"
BLOCKED: Final = "unreachable"
ADVANCED: Final = ("advanced_exam", "advanced_recommended")
