"""What a notice is, who gets it, and what may become of it; nothing here touches a database."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from msgspec import Struct, field
from msgspec.structs import replace

from branch.dates.recurrence import Recurrence
from branch.notices.audience import Audience
from branch.outbox.enclosures import Enclosure
from branch.outbox.model import Fate
from branch.people.model import PersonId

NoticeId = NewType("NoticeId", int)

CAN_BE_RECALLED_FOR: Final = timedelta(hours=48)
"""Telegram deletes what is younger."""
LONGEST_LINK_LABEL: Final = 32
MOST_LINKS: Final = 6
USEFUL_DAYS: Final = (1, 3, 7, 30)
SPREADS: Final = (0, 30, 60, 180)
"""Minutes over which letters may be spread."""


class NoticeKind(StrEnum):
    """What readers can choose by."""

    EXAM = "exam"
    BRANCH = "branch"
    ACTIVITY = "activity"
    RESEARCH = "research"
    OTHER = "other"


class NoticeState(StrEnum):
    """`PENDING` waits for a second person; `RECURRING` is what others are made from."""

    PENDING = "pending"
    REFUSED = "refused"
    RECURRING = "recurring"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"
    RECALLED = "recalled"
    MISSED = "missed"

    @property
    def under_way(self) -> bool:
        return self in (NoticeState.RUNNING, NoticeState.PAUSED)


class Link(Struct, frozen=True):
    """A button that opens an address."""

    label: str
    url: str


class Draft(Struct, kw_only=True):
    """A notice as it is written. `text` is Telegram's HTML, with fields in double braces.

    `send_at` None means as soon as it is confirmed; `recurs_as` is how its author has put the
    recurrence; `spread` are minutes, `useful_days` how long after that it may still be delivered.
    `theme_day` is the number of the day that it announces. `in_english` is what readers of English
    get in the place of `text`, where somebody has written it.
    """

    text: str = ""
    in_english: str = ""
    enclosures: list[Enclosure] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    audience: Audience = field(default_factory=Audience)
    kind: NoticeKind = NoticeKind.OTHER
    urgent: bool = False
    wants_receipt: bool = False
    send_at: datetime | None = None
    recurrence: Recurrence | None = None
    recurs_as: str = ""
    spread: int = 0
    theme_day: int = 0
    useful_days: int = 3


class Notice(Struct, frozen=True, kw_only=True):
    """A notice that was confirmed.

    `recipients` is the size of its frozen audience; letters are written for all up to the person
    `lettered_to`, for all when `lettered_at` is set. `edition` counts its corrections, `amended_to`
    is as far as the present one is written. `card` is the message that shows its progress.
    """

    id: NoticeId
    author: PersonId | None
    author_name: str | None = None
    draft: Draft
    state: NoticeState
    created_at: datetime
    starts_at: datetime
    recipients: int = 0
    lettered_to: int = 0
    lettered_at: datetime | None = None
    approved_by: PersonId | None = None
    paused_itself: bool = False
    ended_at: datetime | None = None
    edition: int = 0
    amended_to: int = 0
    amended_at: datetime | None = None
    reminders: int = 0
    series: NoticeId | None = None
    card_chat: int | None = None
    card_message: int | None = None
    card_shown_at: datetime | None = None
    version: int = 0

    @property
    def useful_until(self) -> datetime:
        span = timedelta(minutes=self.draft.spread) + timedelta(days=self.draft.useful_days)
        return self.starts_at + span

    def moved(self, state: NoticeState, *, now: datetime) -> "Notice":
        ended = None if state.under_way or state is NoticeState.PENDING else now
        return replace(self, state=state, ended_at=ended)

    @property
    def about(self) -> str:
        return about(self.id)


def about(notice: NoticeId) -> str:
    """What its letters speak of."""
    return f"notice:{notice}"


class Reach(Struct, frozen=True, kw_only=True):
    """Whom an audience would reach: `people` match, of whom some cannot or do not want to be.

    `switched_off` have turned off notices of the kind and get no letter; `resting` get it later.
    """

    people: int
    unreachable: int = 0
    switched_off: int = 0
    resting: int = 0

    @property
    def letters(self) -> int:
        return self.people - self.switched_off


class Progress(Struct, frozen=True, kw_only=True):
    """How many letters have come how far; `to_write` have none yet."""

    fates: Mapping[Fate, int]
    to_write: int = 0
    receipts: int = 0
    rate: float | None = None
    next_at: datetime | None = None

    def of(self, *fates: Fate) -> int:
        return sum(self.fates.get(fate, 0) for fate in fates)

    @property
    def total(self) -> int:
        return sum(self.fates.values()) + self.to_write

    @property
    def delivered(self) -> int:
        return self.of(Fate.DELIVERED)

    @property
    def waiting(self) -> int:
        return self.of(Fate.WAITING, Fate.HELD) + self.to_write

    @property
    def failed(self) -> int:
        """Those that did not arrive, for certain, though they should have."""
        return self.of(Fate.REFUSED, Fate.EXPIRED)

    @property
    def unknown(self) -> int:
        return self.of(Fate.UNKNOWN)

    @property
    def unreachable(self) -> int:
        return self.of(Fate.UNREACHABLE)

    @property
    def seconds_left(self) -> float | None:
        return self.waiting / self.rate if self.rate else None
