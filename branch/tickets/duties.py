"""What a member takes: which subjects, which schools and majors; and whether they are away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from branch.people.model import PersonId
from branch.tickets.model import Subject


class Duty(Struct, frozen=True, kw_only=True):
    """No subjects: whatever comes. `words` are schools and majors that they know.

    `away_until`: nobody asks them before then.
    """

    member: PersonId
    subjects: tuple[Subject, ...] = ()
    words: tuple[str, ...] = ()
    away_until: datetime | None = None

    def away(self, now: datetime) -> bool:
        return self.away_until is not None and now < self.away_until

    def toggled(self, subject: Subject) -> "Duty":
        """With the subject, or without it where they had it."""
        chosen = set(self.subjects) ^ {subject}
        return replace(self, subjects=tuple(each for each in Subject if each in chosen))


class Load(Struct, frozen=True):
    """Tickets in hand now, and answered lately."""

    in_hand: int = 0
    answered: int = 0


class Duties(Protocol):
    async def of(self, member: PersonId) -> Duty:
        """Theirs; the usual one of who has said nothing."""
        ...

    async def all(self) -> Mapping[PersonId, Duty]:
        """Of everybody who has said something."""
        ...

    async def save(self, duty: Duty) -> None: ...
