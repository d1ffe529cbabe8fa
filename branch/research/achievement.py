"""What has come of research: a paper, a patent, a project, an award, a standard."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from msgspec import Struct

from branch.outbox.enclosures import Enclosure
from branch.people.model import PersonId

AchievementId = NewType("AchievementId", int)
BatchId = NewType("BatchId", int)

FIRST_YEAR: Final = 1980
LONGEST_TITLE: Final = 300
LONGEST_VENUE: Final = 120
LONGEST_AUTHOR: Final = 60
LONGEST_NUMBER: Final = 60
LONGEST_REASON: Final = 300
MOST_AUTHORS: Final = 50


class Kind(StrEnum):
    PAPER = "paper"
    PATENT = "patent"
    PROJECT = "project"
    AWARD = "award"
    STANDARD = "standard"


class Level(StrEnum):
    SCI = "sci"
    EI = "ei"
    CORE = "core"
    INVENTION = "invention"
    UTILITY = "utility"
    DESIGN = "design"
    NATIONAL = "national"
    PROVINCIAL = "provincial"
    SCHOOL = "school"
    INDUSTRY = "industry"
    GROUP = "group"
    OTHER = "other"


LEVELS: Final[Mapping[Kind, tuple[Level, ...]]] = {
    Kind.PAPER: (Level.SCI, Level.EI, Level.CORE, Level.OTHER),
    Kind.PATENT: (Level.INVENTION, Level.UTILITY, Level.DESIGN, Level.OTHER),
    Kind.PROJECT: (Level.NATIONAL, Level.PROVINCIAL, Level.SCHOOL, Level.OTHER),
    Kind.AWARD: (Level.NATIONAL, Level.PROVINCIAL, Level.SCHOOL, Level.OTHER),
    Kind.STANDARD: (Level.NATIONAL, Level.INDUSTRY, Level.GROUP, Level.OTHER),
}


class AchievementState(StrEnum):
    """`CLAIMED` until a second person has looked at it."""

    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Claim(Struct, frozen=True, kw_only=True):
    """What somebody says that they, or others of the branch, have achieved."""

    kind: Kind
    title: str
    authors: tuple[str, ...]
    venue: str
    year: int
    level: Level
    doi: str | None = None
    number: str = ""
    evidence: Enclosure | None = None

    @property
    def title_key(self) -> str:
        """The same for titles that differ in case, width, spaces and signs only."""
        return f"{self.kind}:{self.year}:{normal_title(self.title)}"


class Achievement(Struct, frozen=True, kw_only=True):
    """A claim, and what became of it; names are None of who has left."""

    id: AchievementId
    claim: Claim
    state: AchievementState
    reporter: PersonId | None
    reporter_name: str | None
    judge_name: str | None = None
    at: datetime
    reason: str = ""
    batch: BatchId | None = None


class Batch(Struct, frozen=True, kw_only=True):
    """What one file brought in; `waiting`: how many of it nobody has looked at yet."""

    id: BatchId
    file_name: str
    importer: PersonId | None
    importer_name: str | None
    at: datetime
    waiting: int


def normal_title(title: str) -> str:
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(sign for sign in folded if sign.isalnum()) or "".join(folded.split())
