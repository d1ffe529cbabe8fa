"""What a file says: claims with where they stand in it, and what cannot be one, with the reason."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from branch.research.achievement import Claim, Kind, Level

LARGEST: Final = 5_000_000
"""Bytes of a file; what a workbook unpacks to may be ten times as much."""
MOST_ROWS: Final = 2_000


class Place(Struct, frozen=True):
    """A row of a workbook, by its number; an entry of a bibliography, by its name, too."""

    row: int
    name: str = ""


class FoundClaim(Struct, frozen=True):
    place: Place
    claim: Claim


class Fault(Struct, frozen=True):
    """`field` and `why` as Unfit has them; `why` may also be `entry_type` or `syntax`."""

    place: Place
    field: str
    why: str


class ReadFile(Struct):
    """`unlevelled`: how many papers do not say which level they are of."""

    claims: list[FoundClaim] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    unlevelled: int = 0


class Spellings(Struct, frozen=True, kw_only=True):
    """How fields, kinds and levels are written, in every language; spelled as `plain` does."""

    columns: Mapping[str, str]
    kinds: Mapping[str, Kind]
    levels: Mapping[str, Level]


def plain(word: str) -> str:
    return "".join(word.casefold().split()).strip("*:\uff1a")
