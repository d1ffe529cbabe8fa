"""What the database counts for the reports; nothing in it says who."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from branch.people.model import Person, PersonId


class Unmet(Struct, frozen=True):
    """A wording that came to nothing, how often, and the last question that used it."""

    text: str
    times: int
    question: int


class UnmetWordings(Struct, frozen=True, kw_only=True):
    """The wordings asked most, and how many questions and wordings there are in all."""

    wordings: Sequence[Unmet]
    questions: int
    different: int


class Tally(Struct, frozen=True, kw_only=True):
    """How often an entry came up, and how it was judged."""

    answered: int = 0
    chosen: int = 0
    opened: int = 0
    helpful: int = 0
    not_helpful: int = 0

    @property
    def reached(self) -> int:
        return self.answered + self.chosen + self.opened

    @property
    def judged(self) -> int:
        return self.helpful + self.not_helpful


class Dislike(Struct, frozen=True):
    reason: str | None
    words: str | None


class ReportRows(Protocol):
    async def unmet(self, *, since: datetime, until: datetime, limit: int) -> UnmetWordings: ...
    async def askers(
        self, *, since: datetime, until: datetime, texts: Collection[str]
    ) -> Sequence[tuple[str, int]]: ...
    async def text_of(self, question: int) -> str | None: ...
    async def outcomes(self, *, since: datetime | None) -> dict[str, int]: ...
    async def tallies(
        self, *, since: datetime | None, since_day: date | None
    ) -> dict[str, Tally]: ...
    async def verdicts(
        self, *, since: datetime | None, entries: Collection[str] | None = None
    ) -> dict[str, tuple[int, int]]: ...
    async def dislikes(self, entry: str, *, since: datetime, limit: int) -> Sequence[Dislike]: ...


class People(Protocol):
    async def by_id(self, person_id: PersonId, *, now: datetime) -> Person | None: ...


class ReportsWork(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def reports(self) -> ReportRows: ...


Begin = Callable[[], AbstractAsyncContextManager[ReportsWork]]
