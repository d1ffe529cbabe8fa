"""Who is reminded of what, and when: nothing here touches a database or a message."""

from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from msgspec import Struct

from branch.exam_calendar.model import Milestone, MilestoneId
from branch.people.model import PersonId
from texts.language import Language

LEADS: Final = (30, 14, 7, 3, 1, 0)
"""How many days before a reminder may come; 0 is the day itself."""
USUAL_LEADS: Final = frozenset({7, 1, 0})
AT: Final = time(9)
"""By the clock on the branch's wall."""


class Subscription(Struct, frozen=True, kw_only=True):
    """What somebody wants to be reminded of.

    No milestones means all there are. What was due before `since` is not made up for: they had
    not asked for it then.
    """

    person: PersonId
    milestones: frozenset[MilestoneId] = frozenset()
    leads: frozenset[int] = USUAL_LEADS
    paused_at: datetime | None = None
    since: datetime
    weekly: bool = True
    """Whether they also want to hear on Mondays what the next two weeks bring."""

    @property
    def active(self) -> bool:
        return self.paused_at is None

    def wants(self, milestone: MilestoneId) -> bool:
        return not self.milestones or milestone in self.milestones


class Subscriber(Struct, frozen=True, kw_only=True):
    """A subscription with what is known of its person; no intake means the current one."""

    subscription: Subscription
    language: Language
    intake: int | None


class Due(Struct, frozen=True, kw_only=True):
    """One reminder: after the end of its day, what it says would be wrong."""

    step: Milestone
    lead: int
    at: datetime
    useful_until: datetime


def dues(step: Milestone, leads: Collection[int], zone: tzinfo) -> Iterator[Due]:
    """The reminders of a milestone, the earliest first; none while it is not announced."""
    if step.first_day is None:
        return
    for lead in sorted(leads, reverse=True):
        day = step.first_day - timedelta(days=lead)
        yield Due(
            step=step,
            lead=lead,
            at=datetime.combine(day, AT, zone),
            useful_until=datetime.combine(day + timedelta(days=1), time(), zone),
        )


def about(step: Milestone) -> str:
    """What a letter speaks of: the milestone and the dates that it names."""
    return f"{about_any(step.intake, step.id)}{step.code}"


def about_any(intake: int, milestone: MilestoneId) -> str:
    """What every letter about the milestone begins with, whatever dates it names."""
    return f"exam:{intake}:{milestone}:"
