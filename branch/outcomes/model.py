"""What an outcome is, who stands on a roster; nothing here touches a database."""

from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from msgspec import Struct

from branch.outbox.enclosures import Enclosure
from branch.people.model import PersonId

RosterId = NewType("RosterId", int)
ReportId = NewType("ReportId", int)
ClaimId = NewType("ClaimId", int)

LONGEST_TARGET: Final = 80
LONGEST_REASON: Final = 200
WRONG_NUMBERS_A_DAY: Final = 5


class OutcomeKind(StrEnum):
    """What became of somebody. `UNKNOWN` is said by nobody: on the roster, without a report."""

    ADVANCED_EXAM = "advanced_exam"
    ADVANCED_RECOMMENDED = "advanced_recommended"
    ABROAD = "abroad"
    WORKING = "working"
    SITTING_AGAIN = "sitting_again"
    OTHER = "other"
    UNKNOWN = "unknown"

    @property
    def is_advanced(self) -> bool:
        return self in ADVANCED


ADVANCED: Final = (OutcomeKind.ADVANCED_EXAM, OutcomeKind.ADVANCED_RECOMMENDED)
REPORTABLE: Final = tuple(each for each in OutcomeKind if each is not OutcomeKind.UNKNOWN)


class ReportState(StrEnum):
    REPORTED = "reported"
    VERIFIED = "verified"
    REFUSED = "refused"


class RosterEntry(Struct, frozen=True, kw_only=True):
    """One student of a cohort; `key` stands for the student number, which is not kept."""

    id: RosterId
    cohort: int
    class_name: str | None
    key: str
    name: str | None = None
    person: PersonId | None = None
    forgotten: bool = False


class OutcomeReport(Struct, frozen=True, kw_only=True):
    """What somebody has said once. Reports of one `subject` follow each other by their numbers."""

    id: ReportId
    subject: str
    roster: RosterId | None
    cohort: int
    person: PersonId | None
    kind: OutcomeKind
    state: ReportState
    reported_at: datetime
    target: str | None = None
    evidence: Enclosure | None = None
    reason: str | None = None

    @property
    def about(self) -> str:
        """What letters speak of that are about it."""
        return f"outcome:{self.id}:"


class NewReport(Struct, frozen=True, kw_only=True):
    """What the form gathers."""

    kind: OutcomeKind
    cohort: int | None = None
    target: str | None = None
    evidence: Enclosure | None = None


class HistoryYear(Struct, frozen=True, kw_only=True):
    """A cohort of before the bot. What nobody knows is None: a rate may be known without counts."""

    cohort: int
    total: int | None = None
    advanced: int | None = None
    by_exam: int | None = None
    by_recommendation: int | None = None
    rate: float | None = None
    source: str = ""
    note: str = ""
