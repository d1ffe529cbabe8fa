"""What was asked and what became of it: the ground of gap reports and of statistics."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from branch.people.errors import NotAllowed
from branch.people.model import Person, PersonId, Role

UNANSWERED_SHOWN = 15


class Outcome(StrEnum):
    ANSWERED = "answered"
    CHOICES = "choices"
    CHOSEN = "chosen"
    NOT_COVERED = "not_covered"
    OUT_OF_BOUNDS = "out_of_bounds"


class Questions(Protocol):
    async def add(
        self,
        person_id: PersonId,
        *,
        message_id: int,
        asked_at: datetime,
        text: str,
        outcome: str,
        entry: str | None,
        confidence: float | None,
    ) -> None: ...
    async def settle(
        self, person_id: PersonId, *, message_id: int, outcome: str, entry: str | None
    ) -> None: ...
    async def latest(self, *, outcome: str, limit: int) -> Sequence[tuple[datetime, str]]: ...


class People(Protocol):
    async def by_id(self, person_id: PersonId, *, now: datetime) -> Person | None: ...


class QuestionsWork(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def questions(self) -> Questions: ...


Begin = Callable[[], AbstractAsyncContextManager[QuestionsWork]]


class QuestionLog:
    """Keeps each question once, by the message that asked it; an edit replaces what it said."""

    def __init__(self, begin: Begin, look: Begin) -> None:
        self._begin = begin
        self._look = look

    async def record(
        self,
        person: Person,
        *,
        message_id: int,
        asked_at: datetime,
        text: str,
        found: Outcome,
        entry: str | None,
        confidence: float | None,
    ) -> None:
        async with self._begin() as work:
            await work.questions.add(
                person.id,
                message_id=message_id,
                asked_at=asked_at,
                text=text,
                outcome=found,
                entry=entry,
                confidence=confidence,
            )

    async def settle(
        self, person: Person, *, message_id: int, found: Outcome, entry: str | None
    ) -> None:
        """Note what the person chose, or that nothing offered was meant."""
        async with self._begin() as work:
            await work.questions.settle(
                person.id, message_id=message_id, outcome=found, entry=entry
            )

    async def unanswered(self, by: Person, *, now: datetime) -> Sequence[tuple[datetime, str]]:
        """The latest questions that nothing covered, without who asked. Raises NotAllowed."""
        async with self._look() as work:
            # read again here: a button, or a term, may be older than the role's end
            present = await work.people.by_id(by.id, now=now)
            if present is None or not present.role.covers(Role.MEMBER):
                raise NotAllowed
            return await work.questions.latest(outcome=Outcome.NOT_COVERED, limit=UNANSWERED_SHOWN)
