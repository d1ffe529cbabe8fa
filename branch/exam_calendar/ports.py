"""What the exam calendar asks of the database, and of whoever finds the words of letters."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from branch.exam_calendar.edits import Edit, EditId, NewEdit
from branch.exam_calendar.model import Milestone, MilestoneId
from branch.exam_calendar.reminders import Subscriber, Subscription
from branch.outbox.model import Buttons
from branch.outbox.ports import Outbox
from branch.people.model import PersonId
from branch.people.ports import Audit, People
from texts.language import Language


class Plan(Struct, frozen=True, kw_only=True):
    """For which dates of a milestone letters were written last, and when that was looked at.

    `number` counts how often the dates have changed.
    """

    intake: int
    milestone: MilestoneId
    code: str
    number: int
    planned_at: datetime


class Subscriptions(Protocol):
    async def of(self, person: PersonId) -> Subscription | None: ...
    async def put(self, subscription: Subscription) -> None: ...
    async def end(self, person: PersonId) -> None: ...
    async def active(self, person: PersonId | None = None) -> Sequence[Subscriber]:
        """Who is to be reminded now: all of them, or this one."""
        ...


class Plans(Protocol):
    async def all(self) -> Sequence[Plan]: ...
    async def put(self, plans: Iterable[Plan]) -> None: ...


class Edits(Protocol):
    async def lock(self) -> None:
        """Until this transaction ends, no other that asks the same changes or plans dates."""
        ...

    async def newest(self) -> EditId: ...
    async def latest(self, *, after: EditId) -> Sequence[Edit]:
        """The last edit of every milestone that was written to after this one, in order."""
        ...

    async def of(self, intake: int, milestone: MilestoneId, *, limit: int) -> Sequence[Edit]:
        """The milestone's edits, the newest first."""
        ...

    async def add(self, edit: NewEdit) -> EditId: ...


class CalendarWork(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def calendar_edits(self) -> Edits: ...


Begin = Callable[[], AbstractAsyncContextManager[CalendarWork]]


class LetterWords(Protocol):
    """Says in a language what a letter says at the moment at which it is due."""

    def reminder(self, step: Milestone, lead: int, language: Language, *, at: datetime) -> str: ...
    def news(self, step: Milestone, language: Language, *, at: datetime) -> str: ...
    def correction(
        self, old: Milestone, new: Milestone, language: Language, *, at: datetime
    ) -> str: ...
    def week_ahead(
        self, steps: Sequence[Milestone], language: Language, *, at: datetime
    ) -> str: ...
    def buttons(self, language: Language) -> Buttons: ...
