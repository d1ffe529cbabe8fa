"""What people's services ask of the database."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

from branch.people.model import (
    AuditRecord,
    Grant,
    GrantId,
    Invitation,
    KeptInvitation,
    Person,
    PersonId,
    Role,
    Sender,
    TelegramId,
)
from texts.language import Language


class People(Protocol):
    async def by_telegram(self, telegram_id: TelegramId, *, now: datetime) -> Person | None: ...
    async def by_id(self, person_id: PersonId, *, now: datetime) -> Person | None: ...
    async def holding(self, least: Role, *, now: datetime) -> Sequence[Person]:
        """Everybody whose role covers this one now, in the order in which they joined."""
        ...

    async def add(
        self, sender: Sender, *, language: Language, now: datetime
    ) -> PersonId | None: ...
    async def change(self, person_id: PersonId, **values: Any) -> None: ...
    async def forget(self, person: Person) -> None: ...
    async def everything_about(self, person: Person) -> dict[str, Any]: ...


class Roles(Protocol):
    async def lock(self) -> None: ...
    async def grant(
        self,
        person_id: PersonId,
        role: Role,
        *,
        by: PersonId | None,
        now: datetime,
        until: datetime | None,
    ) -> None: ...
    async def active(self, *, now: datetime) -> Sequence[Grant]: ...
    async def end(self, grant_id: GrantId, *, by: PersonId, now: datetime) -> None: ...
    async def add_invitation(
        self, invitation: Invitation, token_hash: str, *, by: PersonId, now: datetime
    ) -> None: ...
    async def invitation(self, token_hash: str) -> KeptInvitation | None: ...
    async def use_invitation(self, invitation_id: int, *, by: PersonId, now: datetime) -> None: ...


class Audit(Protocol):
    async def add(self, record: AuditRecord) -> None: ...
    async def latest(
        self, *, limit: int, before: int | None
    ) -> Sequence[tuple[int, AuditRecord]]: ...


class PeopleWork(Protocol):
    """The slice of a transaction that people's services see."""

    @property
    def people(self) -> People: ...
    @property
    def roles(self) -> Roles: ...
    @property
    def audit(self) -> Audit: ...


Begin = Callable[[], AbstractAsyncContextManager[PeopleWork]]
