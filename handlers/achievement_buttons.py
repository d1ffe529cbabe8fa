"""Taps that have to do with achievements."""

from dataclasses import dataclass
from enum import StrEnum

from branch.research.achievement import AchievementState, Kind, Level
from handlers.buttons import Button


class ClaimField(StrEnum):
    KIND = "kind"
    TITLE = "title"
    AUTHORS = "authors"
    VENUE = "venue"
    YEAR = "year"
    LEVEL = "level"
    NUMBER = "number"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class ClaimAchievement(Button):
    name = "acnew"


@dataclass(frozen=True, slots=True)
class ChooseKind(Button):
    name = "ackind"
    kind: Kind


@dataclass(frozen=True, slots=True)
class ChooseLevel(Button):
    name = "aclevel"
    level: Level


@dataclass(frozen=True, slots=True)
class ChooseYear(Button):
    name = "acyear"
    year: int


@dataclass(frozen=True, slots=True)
class WithoutClaimField(Button):
    """No number, or no file."""

    name = "acnone"


@dataclass(frozen=True, slots=True)
class EditClaimField(Button):
    name = "acfld"
    field: ClaimField


@dataclass(frozen=True, slots=True)
class ShowAchievements(Button):
    name = "aclist"
    state: AchievementState
    start: int


@dataclass(frozen=True, slots=True)
class ShowAchievement(Button):
    name = "ac"
    achievement: int


@dataclass(frozen=True, slots=True)
class ShowEvidence(Button):
    name = "acfile"
    achievement: int


@dataclass(frozen=True, slots=True)
class ConfirmAchievement(Button):
    name = "acyes"
    achievement: int


@dataclass(frozen=True, slots=True)
class RefuseAchievement(Button):
    name = "acno"
    achievement: int


@dataclass(frozen=True, slots=True)
class WithdrawAchievement(Button):
    name = "acback"
    achievement: int


@dataclass(frozen=True, slots=True)
class ReviseAchievement(Button):
    """Put one's own right, before it is confirmed or after it was refused."""

    name = "acedit"
    achievement: int


@dataclass(frozen=True, slots=True)
class AskWithdraw(Button):
    name = "acback?"
    achievement: int


@dataclass(frozen=True, slots=True)
class ConfirmBatch(Button):
    """Everything of one import that nobody has looked at yet."""

    name = "acbatch"
    batch: int


@dataclass(frozen=True, slots=True)
class ImportAchievements(Button):
    name = "acimport"


@dataclass(frozen=True, slots=True)
class SaveImportTemplate(Button):
    name = "actempl"


@dataclass(frozen=True, slots=True)
class ShowResearchTable(Button):
    name = "actable"


@dataclass(frozen=True, slots=True)
class SaveResearchTable(Button):
    """The table as a workbook."""

    name = "acxlsx"


@dataclass(frozen=True, slots=True)
class DrawResearchTable(Button):
    """The table as a picture."""

    name = "acpic"
