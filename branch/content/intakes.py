"""Intakes are named by the year of entering: that of 2027 sits its exam in December 2026."""

from datetime import date

FIRST, LAST = 2000, 2100
LAST_MONTH_OF_ADMISSION = 6
"""Admission letters of an intake are out by the end of June of its year."""


def current_intake(on: date) -> int:
    """The intake whose admission is not over on that day."""
    return on.year + (on.month > LAST_MONTH_OF_ADMISSION)


def intake_of(text: str) -> int:
    """The year that `text` names; ValueError where it names none."""
    intake = int(text)
    if not FIRST <= intake <= LAST:
        raise ValueError(text)
    return intake
