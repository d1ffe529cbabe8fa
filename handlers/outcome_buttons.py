"""Taps that have to do with rosters and outcomes."""

from enum import StrEnum

from branch.outcomes.model import OutcomeKind
from handlers.buttons import Button


class OutcomeField(StrEnum):
    """What the form asks; its order is theirs."""

    KIND = "kind"
    TARGET = "target"
    EVIDENCE = "evidence"


class ShowRoster(Button, frozen=True):
    name = "roster"


class ChooseCohort(Button, frozen=True):
    """A year of graduation."""

    name = "outcoh"
    cohort: int


class ShowMyOutcome(Button, frozen=True):
    name = "outme"


class SayOutcome(Button, frozen=True):
    """Begin the form, for the first time or anew."""

    name = "outsay"


class GiveNumber(Button, frozen=True):
    """Say one's student number, and no more."""

    name = "outnum"


class WithoutOutcomeField(Button, frozen=True):
    """Leave a question open."""

    name = "outskip"


class ChooseOutcome(Button, frozen=True):
    name = "outkind"
    kind: OutcomeKind


class EditOutcomeField(Button, frozen=True):
    name = "outfld"
    field: OutcomeField


class Refusal(StrEnum):
    """Why a report is not accepted, in a tap."""

    EVIDENCE = "evidence"
    DIFFERENT = "different"
    UNREADABLE = "unreadable"


class ShowOutcomes(Button, frozen=True):
    """The figures, for members."""

    name = "outs"


class ShowOutcomeYear(Button, frozen=True):
    name = "outyear"
    cohort: int


class LookAtReport(Button, frozen=True):
    """The next that waits, behind this one; 0: the first."""

    name = "outlook"
    after: int


class VerifyReport(Button, frozen=True):
    name = "outok"
    report: int


class RefuseReport(Button, frozen=True):
    name = "outno"
    report: int


class RefuseBecause(Button, frozen=True):
    name = "outwhy"
    reason: Refusal


class ShowDisputes(Button, frozen=True):
    name = "outdis"


class SettleDispute(Button, frozen=True):
    """1: the row goes to who claims it; 0: it stays."""

    name = "outset"
    claim: int
    granted: int


class SaveOutcomes(Button, frozen=True):
    """The figures as a workbook."""

    name = "outsave"


class FreezeYear(Button, frozen=True):
    name = "outfrz"
    cohort: int


class FreezeForCertain(Button, frozen=True):
    name = "outfrz2"
    cohort: int


class ShowFrozen(Button, frozen=True):
    name = "outver"
    cohort: int
    version: int
