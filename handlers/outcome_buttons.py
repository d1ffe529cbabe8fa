"""Taps that have to do with rosters and outcomes."""

from dataclasses import dataclass
from enum import StrEnum

from branch.outcomes.model import OutcomeKind
from handlers.buttons import Button


class OutcomeField(StrEnum):
    """What the form asks; its order is theirs."""

    KIND = "kind"
    TARGET = "target"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class ShowRoster(Button):
    name = "roster"


@dataclass(frozen=True, slots=True)
class ChooseCohort(Button):
    """A year of graduation."""

    name = "outcoh"
    cohort: int


@dataclass(frozen=True, slots=True)
class ShowMyOutcome(Button):
    name = "outme"


@dataclass(frozen=True, slots=True)
class SayOutcome(Button):
    """Begin the form, for the first time or anew."""

    name = "outsay"


@dataclass(frozen=True, slots=True)
class GiveNumber(Button):
    """Say one's student number, and no more."""

    name = "outnum"


@dataclass(frozen=True, slots=True)
class WithoutOutcomeField(Button):
    """Leave a question open."""

    name = "outskip"


@dataclass(frozen=True, slots=True)
class ChooseOutcome(Button):
    name = "outkind"
    kind: OutcomeKind


@dataclass(frozen=True, slots=True)
class EditOutcomeField(Button):
    name = "outfld"
    field: OutcomeField


class Refusal(StrEnum):
    """Why a report is not accepted, in a tap."""

    EVIDENCE = "evidence"
    DIFFERENT = "different"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class ShowOutcomes(Button):
    """The figures, for members."""

    name = "outs"


@dataclass(frozen=True, slots=True)
class ShowOutcomeYear(Button):
    name = "outyear"
    cohort: int


@dataclass(frozen=True, slots=True)
class LookAtReport(Button):
    """The next that waits, behind this one; 0: the first."""

    name = "outlook"
    after: int


@dataclass(frozen=True, slots=True)
class VerifyReport(Button):
    name = "outok"
    report: int


@dataclass(frozen=True, slots=True)
class RefuseReport(Button):
    name = "outno"
    report: int


@dataclass(frozen=True, slots=True)
class RefuseBecause(Button):
    name = "outwhy"
    reason: Refusal


@dataclass(frozen=True, slots=True)
class ShowDisputes(Button):
    name = "outdis"


@dataclass(frozen=True, slots=True)
class SettleDispute(Button):
    """1: the row goes to who claims it; 0: it stays."""

    name = "outset"
    claim: int
    granted: int


@dataclass(frozen=True, slots=True)
class SaveOutcomes(Button):
    """The figures as a workbook."""

    name = "outsave"


@dataclass(frozen=True, slots=True)
class FreezeYear(Button):
    name = "outfrz"
    cohort: int


@dataclass(frozen=True, slots=True)
class FreezeForCertain(Button):
    name = "outfrz2"
    cohort: int


@dataclass(frozen=True, slots=True)
class ShowFrozen(Button):
    name = "outver"
    cohort: int
    version: int
