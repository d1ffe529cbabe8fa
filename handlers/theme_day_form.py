"""What a member fills in about a theme day, and how what they type is read."""

import re
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct

from branch.dates.typed_moment import MomentPast, MomentUnclear, read_moment
from branch.theme_days.model import (
    LEADS,
    LONGEST_PLACE,
    LONGEST_SPEAKERS,
    LONGEST_TITLE,
    MOST_PEOPLE,
    USUAL_LEADS,
    DayAudience,
    DayPlan,
    SeriesId,
)
from handlers.theme_day_buttons import DayField

ASKED: Final = (
    DayField.TITLE,
    DayField.WHEN,
    DayField.PLACE,
    DayField.SPEAKERS,
    DayField.CAPACITY,
)
"""One after the other; the rest has a usual value and is changed at the last look."""
OPTIONAL: Final = (DayField.SPEAKERS, DayField.CAPACITY, DayField.COVER)
_NUMBER: Final = re.compile(r"\d{1,5}")
_LENGTHS: Final = {
    DayField.TITLE: LONGEST_TITLE,
    DayField.PLACE: LONGEST_PLACE,
    DayField.SPEAKERS: LONGEST_SPEAKERS,
}


class Planning(StrEnum):
    TITLE = "title"
    WHEN = "when"
    PLACE = "place"
    SPEAKERS = "speakers"
    CAPACITY = "capacity"
    AUDIENCE = "audience"
    LEADS = "leads"
    COVER = "cover"
    SERIES = "series"
    REVIEW = "review"


class Unclear(Exception):
    """What was typed cannot be meant; `why` says how it should be, at most `most`."""

    def __init__(self, why: str, most: int = MOST_PEOPLE) -> None:
        super().__init__(why)
        self.why = why
        self.most = most


class DayForm(Struct):
    """`day` is the number of the one that is changed; `whole` once every question was asked."""

    day: int = 0
    title: str = ""
    starts_at: datetime | None = None
    place: str = ""
    speakers: str = ""
    capacity: int | None = None
    audience: DayAudience = DayAudience.EVERYONE
    leads: tuple[int, ...] = USUAL_LEADS
    cover: str | None = None
    series: int = 0
    whole: bool = False

    def plan(self) -> DayPlan:
        assert self.starts_at is not None, "a whole form has a time"
        return DayPlan(
            title=self.title,
            starts_at=self.starts_at,
            place=self.place,
            speakers=self.speakers,
            capacity=self.capacity,
            audience=self.audience,
            leads=self.leads,
            cover=self.cover,
            series=SeriesId(self.series) if self.series else None,
        )

    def take_over(self, number: int, plan: DayPlan) -> None:
        """Begin with a day that is there."""
        self.day, self.whole = number, True
        self.title, self.starts_at, self.place = plan.title, plan.starts_at, plan.place
        self.speakers, self.capacity, self.audience = plan.speakers, plan.capacity, plan.audience
        self.leads, self.cover, self.series = plan.leads, plan.cover, plan.series or 0

    def leave_out(self, field: DayField) -> None:
        setattr(self, field, "" if field is DayField.SPEAKERS else None)

    def toggle_lead(self, hours: int) -> None:
        kept = set(self.leads) ^ ({hours} & set(LEADS))
        self.leads = tuple(sorted(kept, reverse=True))

    def following(self, field: DayField) -> Planning:
        """The next question, or the last look."""
        place = ASKED.index(field) + 1 if field in ASKED else len(ASKED)
        if self.whole or place == len(ASKED):
            self.whole = True
            return Planning.REVIEW
        return Planning(ASKED[place])


def read_field(field: DayField, text: str, *, now: datetime, zone: tzinfo) -> tuple[str, Any]:
    """The form's field and its value. Raises Unclear."""
    match field:
        case DayField.WHEN:
            try:
                return "starts_at", read_moment(text, now=now, zone=zone)
            except MomentPast:
                raise Unclear("past") from None
            except MomentUnclear:
                raise Unclear("when") from None
        case DayField.CAPACITY:
            return "capacity", read_number(text)
        case _:
            return str(field), read_text(text, _LENGTHS[field])


def read_number(text: str) -> int:
    """So many people. Raises Unclear."""
    found = _NUMBER.fullmatch(text)
    if found is None or not 0 < int(found[0]) <= MOST_PEOPLE:
        raise Unclear("capacity")
    return int(found[0])


def read_text(text: str, most: int) -> str:
    """Raises Unclear."""
    if not 0 < len(text) <= most:
        raise Unclear("long", most)
    return text
