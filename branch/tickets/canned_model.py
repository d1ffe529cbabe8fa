"""A canned reply, and what is asked of the database about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType, Protocol

from branch.people.model import PersonId

CannedId = NewType("CannedId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Canned:
    """`text` is Telegram HTML; `by_name` who wrote it last."""

    id: CannedId
    title: str
    text: str
    by_name: str | None


class CannedShelf(Protocol):
    async def all(self) -> Sequence[Canned]:
        """By title, without those that were put away."""
        ...

    async def get(self, canned_id: CannedId) -> Canned | None: ...
    async def add(self, title: str, text: str, *, by: PersonId, now: datetime) -> CannedId: ...
    async def retire(self, canned_id: CannedId, *, now: datetime) -> bool:
        """False where it is away already."""
        ...
