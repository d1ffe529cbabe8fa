"""What changes of a cohort after it was frozen is written down, with who, when and what."""

from datetime import datetime
from enum import StrEnum

from branch.outcomes.ports import Correction, OutcomeWork
from branch.people.model import PersonId


class Change(StrEnum):
    REPORTED = "reported"
    VERIFIED = "verified"
    REFUSED = "refused"
    LINKED = "linked"
    CLAIM = "claim"
    ROSTER = "roster"
    HISTORY = "history"


async def note_change(
    work: OutcomeWork,
    cohort: int,
    what: Change,
    *,
    by: PersonId | None,
    now: datetime,
    subject: str = "",
    before: str = "",
    after: str = "",
) -> None:
    """Nothing is noted of a cohort that was never frozen: its rows say it all."""
    if await work.outcome_years.last_frozen(cohort) is None:
        return
    await work.outcome_years.correct(
        Correction(
            cohort=cohort,
            at=now,
            by=by,
            what=what,
            subject=subject,
            before=before,
            after=after,
        )
    )
