"""Taps that have to do with achievements."""

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


class ClaimAchievement(Button, frozen=True):
    name = "acnew"


class ChooseKind(Button, frozen=True):
    name = "ackind"
    kind: Kind


class ChooseLevel(Button, frozen=True):
    name = "aclevel"
    level: Level


class ChooseYear(Button, frozen=True):
    name = "acyear"
    year: int


class WithoutClaimField(Button, frozen=True):
    """No number, or no file."""

    name = "acnone"


class EditClaimField(Button, frozen=True):
    name = "acfld"
    field: ClaimField


class ShowAchievements(Button, frozen=True):
    name = "aclist"
    state: AchievementState
    start: int


class ShowAchievement(Button, frozen=True):
    name = "ac"
    achievement: int


class ShowEvidence(Button, frozen=True):
    name = "acfile"
    achievement: int


class ConfirmAchievement(Button, frozen=True):
    name = "acyes"
    achievement: int


class RefuseAchievement(Button, frozen=True):
    name = "acno"
    achievement: int


class WithdrawAchievement(Button, frozen=True):
    name = "acback"
    achievement: int


class ReviseAchievement(Button, frozen=True):
    """Put one's own right, before it is confirmed or after it was refused."""

    name = "acedit"
    achievement: int


class AskWithdraw(Button, frozen=True):
    name = "acback?"
    achievement: int


class ConfirmBatch(Button, frozen=True):
    """Everything of one import that nobody has looked at yet."""

    name = "acbatch"
    batch: int


class ImportAchievements(Button, frozen=True):
    name = "acimport"


class SaveImportTemplate(Button, frozen=True):
    name = "actempl"


class ShowResearchTable(Button, frozen=True):
    name = "actable"


class SaveResearchTable(Button, frozen=True):
    """The table as a workbook."""

    name = "acxlsx"


class DrawResearchTable(Button, frozen=True):
    """The table as a picture."""

    name = "acpic"
