"""What was asked and what became of it: the ground of gap reports and of statistics."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from branch.people.model import Person, PersonId

LEANS_FOR = timedelta(minutes=15)
"""How long after an answer a question may lean on it ("and the materials?")."""


class Outcome(StrEnum):
    ANSWERED = "answered"
    CHOICES = "choices"
    CHOSEN = "chosen"
    NONE_FITS = "none_fits"
    NOT_COVERED = "not_covered"
    OUT_OF_BOUNDS = "out_of_bounds"


class Asked(Struct, frozen=True, kw_only=True):
    """One question of a message, and what became of it."""

    text: str
    found: Outcome
    entry: str | None = None
    confidence: float | None = None
    topic: str | None = None


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
        part: int,
        topic: str | None,
        stage: str | None,
    ) -> None: ...
    async def drop_parts(self, person_id: PersonId, *, message_id: int, beyond: int) -> None: ...
    async def settle(
        self,
        person_id: PersonId,
        *,
        message_id: int,
        outcome: str,
        entry: str | None,
        part: int,
        now: datetime,
    ) -> None: ...
    async def led_to(self, person_id: PersonId, entry: str) -> str | None: ...
    async def text_of(self, person_id: PersonId, *, message_id: int, part: int) -> str | None: ...
    async def last_text(self, person_id: PersonId, *, since: datetime) -> str | None: ...
    async def latest(self, *, outcome: str, limit: int) -> Sequence[tuple[datetime, str]]: ...


class Openings(Protocol):
    async def add(self, person_id: PersonId, entry: str, *, day: date) -> None: ...
    async def note_read(self, person_id: PersonId, entry: str, *, at: datetime) -> None: ...
    async def last_read(self, person_id: PersonId, *, since: datetime) -> str | None: ...


class People(Protocol):
    async def by_id(self, person_id: PersonId, *, now: datetime) -> Person | None: ...


class QuestionsWork(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def openings(self) -> Openings: ...


Begin = Callable[[], AbstractAsyncContextManager[QuestionsWork]]
Stage = Callable[[datetime], str | None]


class QuestionLog:
    """Keeps each question once, by the message that asked it; an edit replaces what it said."""

    def __init__(
        self, begin: Begin, look: Begin, glance: Begin, *, stage: Stage = lambda _now: None
    ) -> None:
        """`stage` names the step of the year's exam that is under way or next at a moment."""
        self._begin = begin
        self._look = look
        self._glance = glance
        self._stage = stage

    async def record(
        self,
        person: Person,
        *,
        message_id: int,
        asked_at: datetime,
        parts: Sequence[Asked],
    ) -> None:
        """Keep the questions of the message, and nothing that it does not ask any more."""
        async with self._begin() as work:
            for part, asked in enumerate(parts):
                await work.questions.add(
                    person.id,
                    message_id=message_id,
                    asked_at=asked_at,
                    text=asked.text,
                    outcome=asked.found,
                    entry=asked.entry,
                    confidence=asked.confidence,
                    part=part,
                    topic=asked.topic,
                    stage=self._stage(asked_at),
                )
            await work.questions.drop_parts(person.id, message_id=message_id, beyond=len(parts))
            read = [asked.entry for asked in parts if asked.entry is not None]
            if read:
                await work.openings.note_read(person.id, read[-1], at=asked_at)

    async def chosen(
        self, person: Person, *, message_id: int, part: int, entry: str, now: datetime
    ) -> None:
        """Note which of the offered entries was meant."""
        async with self._begin() as work:
            await work.questions.settle(
                person.id,
                message_id=message_id,
                part=part,
                outcome=Outcome.CHOSEN,
                entry=entry,
                now=now,
            )
            await work.openings.note_read(person.id, entry, at=now)

    async def none_fits(self, person: Person, *, message_id: int, part: int, now: datetime) -> None:
        """Note that nothing offered was meant."""
        async with self._begin() as work:
            await work.questions.settle(
                person.id,
                message_id=message_id,
                part=part,
                outcome=Outcome.NONE_FITS,
                entry=None,
                now=now,
            )

    async def opened(self, person: Person, entry: str, *, now: datetime, day: date) -> None:
        """Note that the person opened an entry without asking; `day` is the branch's."""
        async with self._begin() as work:
            await work.openings.add(person.id, entry, day=day)
            await work.openings.note_read(person.id, entry, at=now)

    async def read_lately(self, person: Person, *, now: datetime) -> str | None:
        """The entry on which the person's next question may lean."""
        async with self._glance() as work:
            return await work.openings.last_read(person.id, since=now - LEANS_FOR)

    async def asked(
        self, person: Person, *, message_id: int, part: int, now: datetime
    ) -> str | None:
        """The question as it was asked there; without a message, what was asked last and lately.

        None where there is none, or where its words were not kept.
        """
        async with self._glance() as work:
            if message_id:
                text = await work.questions.text_of(person.id, message_id=message_id, part=part)
            else:
                text = await work.questions.last_text(person.id, since=now - LEANS_FOR)
            return text or None

    async def led_to(self, person: Person, entry: str) -> str | None:
        """What the person asked last that this entry answered."""
        async with self._glance() as work:
            return await work.questions.led_to(person.id, entry)
