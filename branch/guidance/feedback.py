"""Whether an answer helped, as each person said last: once a person and entry."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from branch.people.model import Person, PersonId

LONGEST_WORDS = 500


class Verdict(StrEnum):
    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"


class Reason(StrEnum):
    OFF_THE_POINT = "off_the_point"
    OUTDATED = "outdated"
    UNCLEAR = "unclear"
    WRONG = "wrong"


class FeedbackRows(Protocol):
    async def put(
        self,
        person_id: PersonId,
        entry: str,
        *,
        given_at: datetime,
        verdict: str,
        **more: str | None,
    ) -> None: ...


class FeedbackWork(Protocol):
    @property
    def feedback(self) -> FeedbackRows: ...


Begin = Callable[[], AbstractAsyncContextManager[FeedbackWork]]


class Feedback:
    """The last word counts: saying the same twice changes nothing, another verdict replaces it."""

    def __init__(self, begin: Begin) -> None:
        self._begin = begin

    async def helpful(self, person: Person, entry: str, *, now: datetime) -> None:
        """It helped, after all if need be: a reason given before is taken back."""
        await self._put(person, entry, now, Verdict.HELPFUL, reason=None, words=None)

    async def not_helpful(self, person: Person, entry: str, *, now: datetime) -> None:
        """It did not help; a reason given before stays."""
        await self._put(person, entry, now, Verdict.NOT_HELPFUL)

    async def because(self, person: Person, entry: str, reason: Reason, *, now: datetime) -> None:
        await self._put(person, entry, now, Verdict.NOT_HELPFUL, reason=reason)

    async def in_words(self, person: Person, entry: str, words: str, *, now: datetime) -> None:
        """What they would tell whoever tends the entry, in at most LONGEST_WORDS characters."""
        await self._put(person, entry, now, Verdict.NOT_HELPFUL, words=words[:LONGEST_WORDS])

    async def _put(
        self, person: Person, entry: str, now: datetime, verdict: Verdict, **more: str | None
    ) -> None:
        async with self._begin() as work:
            await work.feedback.put(person.id, entry, given_at=now, verdict=verdict, **more)
