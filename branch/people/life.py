"""What somebody has done with the branch, on one page of their own."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, tzinfo
from typing import Protocol

from msgspec import Struct

from branch.people.model import Person, PersonId


class ComingDay(Struct, frozen=True, kw_only=True):
    """A theme day they have answered; `answer` as theme days say it."""

    title: str
    starts_at: datetime
    answer: str


class OwnPaper(Struct, frozen=True, kw_only=True):
    title: str | None
    receipt: str | None
    state: str


class Life(Struct, frozen=True, kw_only=True):
    """`came` of the `held` days of this year; `achievements` by kind: confirmed, and waiting."""

    coming: Sequence[ComingDay]
    came: int
    held: int
    papers: Sequence[OwnPaper]
    achievements: Sequence[tuple[str, int, int]]
    answered: int
    term_until: datetime | None = None


class Lives(Protocol):
    async def of(self, person: PersonId, *, since: datetime, now: datetime) -> Life:
        """What is kept about them; days are counted since then."""
        ...


class LifeWork(Protocol):
    @property
    def lives(self) -> Lives: ...


Look = Callable[[], AbstractAsyncContextManager[LifeWork]]


class Memory:
    """A person reads their own page, and nobody else's."""

    def __init__(self, look: Look, zone: tzinfo) -> None:
        self._look = look
        self._zone = zone

    async def page(self, person: Person, *, now: datetime) -> Life:
        year = now.astimezone(self._zone).year
        since = datetime(year, 1, 1, tzinfo=self._zone).astimezone(UTC)
        async with self._look() as work:
            return await work.lives.of(person.id, since=since, now=now)
