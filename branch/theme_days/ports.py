"""What theme days ask of the database."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from branch.outbox.ports import Outbox
from branch.people.model import PersonId
from branch.people.ports import Audit, People
from branch.theme_days.afterwards import Feedback, Minutes
from branch.theme_days.attendance import Attendance, Way
from branch.theme_days.model import (
    Answer,
    Attendant,
    Counts,
    DayPlan,
    Reason,
    SeriesId,
    SignUp,
    ThemeDay,
    ThemeDayId,
)
from branch.theme_days.questions import QuestionId, SpeakerQuestion
from branch.theme_days.series import Series, SeriesPlan
from texts.language import Language


class Told(Struct, frozen=True, kw_only=True):
    """Somebody who knows of a day."""

    person: PersonId
    language: Language


class ThemeDays(Protocol):
    async def add(
        self, plan: DayPlan, *, key: str, author: PersonId | None, now: datetime
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
        self, since: datetime, until: datetime | None = None, *, limit: int | None = None
    ) -> Sequence[ThemeDay]:
        """Those that begin later than `since`, in order, the cancelled ones too."""
        ...

    async def begun(
        self, since: datetime, until: datetime, *, limit: int | None = None
    ) -> Sequence[ThemeDay]:
        """Those that took place: begun from `since` to `until`, not cancelled, the latest first."""
        ...

    async def of_series(self, series: SeriesId) -> Sequence[ThemeDay]:
        """In the order in which they begin."""
        ...


class AllSeries(Protocol):
    async def add(self, plan: SeriesPlan, *, author: PersonId, now: datetime) -> SeriesId | None:
        """Its number; None where there is one of that name."""
        ...

    async def get(self, series: SeriesId) -> Series | None: ...
    async def lock(self, series: SeriesId) -> Series | None:
        """The same; until this transaction ends nobody else changes it."""
        ...

    async def save(self, series: Series) -> bool:
        """Write it as its next version; False if it is not the latest."""
        ...

    async def named(self, name: str) -> SeriesId | None: ...
    async def going_on(self) -> Sequence[Series]:
        """Those that have not ended, by name."""
        ...


class Doors(Protocol):
    """What stands at the doors of days."""

    async def secret(self, day: ThemeDayId, *, otherwise: str) -> str:
        """What the codes are made from; from now on `otherwise`, if there was nothing yet."""
        ...

    async def show(self, day: ThemeDayId, *, chat: int, message: int) -> None: ...
    async def shown(self, since: datetime, until: datetime) -> Sequence[tuple[ThemeDay, int, int]]:
        """Days that begin between these, with the chat and the message that shows the code."""
        ...


class Attendances(Protocol):
    async def add(
        self, day: ThemeDayId, person: PersonId, *, at: datetime, way: Way, by: PersonId | None
    ) -> bool:
        """Whether they were not there yet."""
        ...

    async def remove(self, day: ThemeDayId, person: PersonId) -> bool: ...
    async def has(self, day: ThemeDayId, person: PersonId) -> bool: ...
    async def count(self, day: ThemeDayId) -> int: ...
    async def of(self, day: ThemeDayId) -> Sequence[Attendance]:
        """In the order in which they came."""
        ...

    async def by_day(
        self, days: Sequence[ThemeDayId]
    ) -> Sequence[tuple[ThemeDayId, PersonId | None]]: ...


class SpeakerQuestions(Protocol):
    async def add(
        self, day: ThemeDayId, person: PersonId, text: str, *, same: str, now: datetime
    ) -> tuple[QuestionId, bool]:
        """Its number, and whether it is new: the same question is asked once."""
        ...

    async def asked_by(self, day: ThemeDayId, person: PersonId) -> int: ...
    async def get(self, question: QuestionId, person: PersonId) -> SpeakerQuestion | None:
        """As the person sees it."""
        ...

    async def of(self, day: ThemeDayId, person: PersonId) -> Sequence[SpeakerQuestion]:
        """The most wanted first, as the person sees them."""
        ...

    async def count(self, day: ThemeDayId) -> int: ...
    async def toggle_vote(self, question: QuestionId, person: PersonId) -> bool:
        """Whether it has the person's vote now."""
        ...

    async def answer(self, question: QuestionId, text: str, *, by: PersonId) -> None: ...
    async def remove(self, question: QuestionId) -> None: ...


class Leavings(Protocol):
    """What is left of days: minutes, pictures, ratings, remarks."""

    async def minutes(self, day: ThemeDayId) -> Minutes: ...
    async def write_minutes(self, minutes: Minutes) -> None: ...
    async def rate(self, day: ThemeDayId, person: PersonId, rating: int) -> bool:
        """False where they have done so before; who it was stays apart from what was said."""
        ...

    async def has_rated(self, day: ThemeDayId, person: PersonId) -> bool: ...
    async def remark(self, day: ThemeDayId, words: str) -> None: ...
    async def feedback(self, day: ThemeDayId, *, asked: int) -> Feedback: ...


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

    async def first_offer_ends(self) -> datetime | None:
        """When the first of the offers that nobody has taken is over."""
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
    @property
    def day_series(self) -> AllSeries: ...
    @property
    def doors(self) -> Doors: ...
    @property
    def attendances(self) -> Attendances: ...
    @property
    def speaker_questions(self) -> SpeakerQuestions: ...
    @property
    def leavings(self) -> Leavings: ...


Begin = Callable[[], AbstractAsyncContextManager[DayWork]]
