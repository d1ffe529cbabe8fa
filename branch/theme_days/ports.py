"""What theme days ask of the database."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from branch.outbox.ports import Outbox
from branch.people.model import PersonId
from branch.people.ports import Audit, People
from branch.theme_days.model import (
    Answer,
    Attendant,
    Counts,
    DayPlan,
    Reason,
    SignUp,
    ThemeDay,
    ThemeDayId,
)
from texts.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Somebody who knows of a day."""

    person: PersonId
    language: Language


class ThemeDays(Protocol):
    async def add(
        self, plan: DayPlan, *, key: str, author: PersonId, now: datetime
    ) -> tuple[ThemeDayId, bool]:
        """Its number, and whether it is new: one with the same key stays as it is."""
        ...

    async def get(self, day: ThemeDayId) -> ThemeDay | None: ...
    async def lock(self, day: ThemeDayId) -> ThemeDay | None:
        """The same; until this transaction ends nobody else changes it or who comes."""
        ...

    async def save(self, day: ThemeDay) -> bool:
        """Write it as its next version; False if it is not the latest."""
        ...

    async def starting(
        self, since: datetime, until: datetime | None = None, *, limit: int
    ) -> Sequence[ThemeDay]:
        """Those that begin later than `since`, in order, the cancelled ones too."""
        ...


class SignUps(Protocol):
    async def of(self, day: ThemeDayId, person: PersonId) -> SignUp | None: ...
    async def put(
        self,
        day: ThemeDayId,
        person: PersonId,
        answer: Answer,
        *,
        now: datetime,
        until: datetime | None = None,
        reason: Reason | None = None,
    ) -> None: ...
    async def say_why(self, day: ThemeDayId, person: PersonId, reason: Reason) -> None: ...
    async def counts(self, day: ThemeDayId) -> Counts: ...
    async def all(self, day: ThemeDayId) -> Sequence[Attendant]:
        """Everybody who has answered: who is going first, then by since when."""
        ...

    async def lapsed(self, *, now: datetime) -> Sequence[tuple[ThemeDayId, PersonId]]:
        """Whose offer is over."""
        ...

    async def told(self, day: ThemeDayId) -> Sequence[Told]:
        """Who has answered, or has (or may have) got a notice that announced it."""
        ...


class DayWork(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def theme_days(self) -> ThemeDays: ...
    @property
    def sign_ups(self) -> SignUps: ...


Begin = Callable[[], AbstractAsyncContextManager[DayWork]]
