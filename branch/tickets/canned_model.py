"""A canned reply, and what is asked of the database about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NewType, Protocol

from msgspec import Struct

from branch.people.model import PersonId

CannedId = NewType("CannedId", int)


class Canned(Struct, frozen=True, kw_only=True):
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
