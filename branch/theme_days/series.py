"""A series of theme days: what it is called, how it recurs, and what it has led to."""

from datetime import datetime
from typing import Final

from msgspec import Struct

from branch.dates.recurrence import Recurrence
from branch.people.model import PersonId
from branch.theme_days.model import SeriesId

LONGEST_NAME: Final = 40
LONGEST_DESCRIPTION: Final = 600


class SeriesPlan(Struct, frozen=True, kw_only=True):
    """`recurs_as` is how its author has put the recurrence; None: each day is planned by hand."""

    name: str
    description: str = ""
    logo: str | None = None
    recurrence: Recurrence | None = None
    recurs_as: str = ""
    place: str = ""
    capacity: int | None = None


class Series(Struct, frozen=True, kw_only=True):
    """`planned_until`: the last time of the rule for which a day was written."""

    id: SeriesId
    plan: SeriesPlan
    author: PersonId | None
    created_at: datetime
    planned_until: datetime | None
    ended: bool
    version: int
