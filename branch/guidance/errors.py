"""What can go wrong when members change entries, named after what happened."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from branch.guidance.entry_fields import Field
from branch.guidance.model import Slug
from branch.guidance.revisions import Revision


class Why(StrEnum):
    """Why a value does not fit its field."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NO_DAY = "no_day"
    DAY_TOO_EARLY = "day_too_early"
    NO_YEAR = "no_year"
    BAD_LINK = "bad_link"
    LINK_MISSING = "link_missing"
    NOTE_MISSING = "note_missing"
    UNKNOWN_ENTRY = "unknown_entry"
    UNKNOWN_TOPIC = "unknown_topic"
    UNKNOWN_KIND = "unknown_kind"
    BOTH_WAYS = "both_ways"
    SHAPE = "shape"
    UNKNOWN_DATE = "unknown_date"
    ENGLISH_INCOMPLETE = "english_incomplete"


class Unfit(Exception):
    """A value that the field cannot take; `about` is the part of it that is meant."""

    def __init__(self, field: Field, why: Why, about: str = "") -> None:
        super().__init__(field, why, about)
        self.field = field
        self.why = why
        self.about = about


class EntryUnknown(Exception):
    """There is no such entry, on the shelf or off it."""


class NothingToUndo(Exception):
    """Nobody has changed this entry in the chat."""


class EntryMovedOn(Exception):
    """Somebody wrote a newer revision of it meanwhile."""

    def __init__(self, revision: Revision) -> None:
        super().__init__(revision.id)
        self.revision = revision


class WordingTaken(Exception):
    """Another entry is asked for in exactly these words."""

    def __init__(self, wording: str, slug: Slug) -> None:
        super().__init__(wording, slug)
        self.wording = wording
        self.slug = slug


class ShelfNeverStill(Exception):
    """Others kept writing while this was being checked; it may be tried again."""


class Broken(Struct, frozen=True, kw_only=True):
    """A golden question that came out right before and would not any more."""

    ask: str
    expected: tuple[str, ...]
    before: tuple[str, ...]
    now: tuple[str, ...]


class GoldenBroken(Exception):
    """The change would spoil answers that are right; nothing was written."""

    def __init__(self, broken: Sequence[Broken]) -> None:
        super().__init__(len(broken))
        self.broken = tuple(broken)
