"""The dated steps of one intake, and where each of them stands at a given moment."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct, field

from branch.content.provenance import Reliability, Source
from texts.language import Language

MilestoneId = str

PRELIMINARY_EXAM: Final = "preliminary_exam"
MILESTONES: tuple[MilestoneId, ...] = (
    "recommendation",
    "pre_registration",
    "registration",
    "confirmation",
    "admission_ticket",
    PRELIMINARY_EXAM,
    "scores",
    "national_line",
    "re_exam",
    "adjustment_intention",
    "adjustment",
    "admission",
)
"""All there are, in the order in which an intake meets them."""

PROVINCES: tuple[str, ...] = (
    "beijing",
    "tianjin",
    "hebei",
    "shanxi",
    "inner_mongolia",
    "liaoning",
    "jilin",
    "heilongjiang",
    "shanghai",
    "jiangsu",
    "zhejiang",
    "anhui",
    "fujian",
    "jiangxi",
    "shandong",
    "henan",
    "hubei",
    "hunan",
    "guangdong",
    "guangxi",
    "hainan",
    "chongqing",
    "sichuan",
    "guizhou",
    "yunnan",
    "tibet",
    "shaanxi",
    "gansu",
    "qinghai",
    "ningxia",
    "xinjiang",
)
"""Those that hold the exam; what differs there is said under these names."""


class Phase(StrEnum):
    UPCOMING = "upcoming"
    UNDER_WAY = "under_way"
    OVER = "over"
    NOT_ANNOUNCED = "not_announced"
    PROBABLY_OVER = "probably_over"
    """We never learnt its dates, and the time at which it usually is has passed."""


class Moment(Struct, frozen=True):
    """A day of the branch's calendar, with an hour where one was announced."""

    at: datetime
    has_hour: bool

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def code(self) -> str:
        return f"{self.at:%Y-%m-%dT%H%M}" if self.has_hour else f"{self.at:%Y-%m-%d}"

    @property
    def passed_at(self) -> datetime:
        """When it is behind us: at its hour, or at the end of its day."""
        if self.has_hour:
            return self.at
        return datetime.combine(self.day + timedelta(days=1), time(), self.at.tzinfo)


class Milestone(Struct, frozen=True, kw_only=True):
    """One step; without `starts` it is not announced, and only `usual` tells when to expect it."""

    id: MilestoneId
    intake: int
    names: Mapping[Language, str]
    starts: Moment | None = None
    ends: Moment | None = None
    daily: str | None = None
    usual: Mapping[Language, str] | None = None
    expected: tuple[date, date] | None = None
    reliability: Reliability = Reliability.K
    source: Source = field(default_factory=lambda: Source(name=""))
    checked_on: date | None = None
    edited_at: datetime | None = None
    """When it was changed in the chat; None where the files speak."""
    note: Mapping[Language, str] | None = None
    provinces: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)

    @property
    def announced(self) -> bool:
        return self.starts is not None

    @property
    def code(self) -> str:
        """Its dates in a few characters that can stand in a key; `open` if not announced."""
        if self.starts is None:
            return "open"
        return "_".join(each.code for each in (self.starts, self.ends) if each is not None)

    @property
    def first_day(self) -> date | None:
        return None if self.starts is None else self.starts.day

    @property
    def last_day(self) -> date | None:
        last = self.ends or self.starts
        return None if last is None else last.day

    @property
    def days(self) -> tuple[date, date] | None:
        """Its first and last day; where it is not announced, those at which it is expected."""
        first, last = self.first_day, self.last_day
        return self.expected if first is None or last is None else (first, last)

    def phase(self, now: datetime) -> Phase:
        if self.starts is None:
            return self._unannounced_phase(now)
        if now < self.starts.at:
            return Phase.UPCOMING
        last = self.ends or Moment(self.starts.at, has_hour=False)
        return Phase.UNDER_WAY if now < last.passed_at else Phase.OVER

    def _unannounced_phase(self, now: datetime) -> Phase:
        # An unannounced milestone has no moment to take the branch's zone from: days are enough.
        if self.expected is not None and now.date() > self.expected[1]:
            return Phase.PROBABLY_OVER
        return Phase.NOT_ANNOUNCED

    def days_left(self, now: datetime) -> int | None:
        """Nights until its first day: 0 today, negative afterwards, None if not announced."""
        if self.starts is None:
            return None
        today = now.astimezone(self.starts.at.tzinfo).date()
        return (self.starts.day - today).days
