"""At the turn of the season everything dated is looked at again."""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec.structs import replace

from branch.content.intakes import LAST_MONTH_OF_ADMISSION, current_intake
from branch.content.provenance import Reliability
from branch.guidance.model import Entry

SHORT_REVIEW = timedelta(days=200)
"""Who wants to look again so soon writes of something that changes with the season."""
SHORTEST_AGAIN, LONGEST_AGAIN = timedelta(days=30), timedelta(days=400)


def season_began(intake: int) -> date:
    """The day on which the intake before is over."""
    return date(intake - 1, LAST_MONTH_OF_ADMISSION + 1, 1)


def is_due(entry: Entry, on: date) -> bool:
    """Whether a member should look at it again: past its review, or of a season that is over.

    What was looked at after its season has ended is history, and stays as it is.
    """
    if entry.stale_on(on):
        return True
    if entry.intake is not None and entry.intake < current_intake(on):
        return entry.checked_on < season_began(entry.intake + 1)
    is_dated = entry.intake is not None or entry.review_after - entry.checked_on <= SHORT_REVIEW
    return is_dated and entry.checked_on < season_began(current_intake(on))


def due(entries: Iterable[Entry], on: date) -> tuple[Entry, ...]:
    """Those to look at again, the longest overdue first."""
    return tuple(sorted((each for each in entries if is_due(each, on)), key=_overdue))


def still_valid(entry: Entry, on: date) -> Entry:
    """The entry as somebody has just found it right, to be looked at after as long again."""
    again = min(max(entry.review_after - entry.checked_on, SHORTEST_AGAIN), LONGEST_AGAIN)
    needs_check = entry.needs_check if entry.reliability is Reliability.K else None
    return replace(entry, checked_on=on, review_after=on + again, needs_check=needs_check)


def _overdue(entry: Entry) -> tuple[date, str]:
    return entry.review_after, entry.slug
