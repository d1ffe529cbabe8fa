"""What members made of entries in the chat: each change a revision that follows another."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from msgspec import Struct

from branch.guidance.entry_texts import EntryTexts
from branch.guidance.model import Slug
from branch.people.model import AuditRecord, Person, PersonId

RevisionId = NewType("RevisionId", int)
THE_FILES = RevisionId(0)
"""What the first revision of an entry follows: its files, or nothing."""


class RevisionDeed(StrEnum):
    ADDED = "added"
    EDITED = "edited"
    CHECKED = "checked"
    RETIRED = "retired"
    RESTORED = "restored"
    IMPORTED = "imported"


class NewRevision(Struct, frozen=True, kw_only=True):
    """`texts` is None for an entry taken off the shelf.

    `basis` is the fingerprint of the entry's files when it was written: so it is known later
    whether somebody has changed them since.
    """

    slug: Slug
    at: datetime
    by: PersonId | None
    deed: RevisionDeed
    texts: EntryTexts | None
    parent: RevisionId
    basis: str


class Revision(NewRevision, frozen=True, kw_only=True):
    """A revision as it is kept; `by_name` is None for the command line, and the forgotten.

    `exported` are those that were written out to files once.
    """

    id: RevisionId
    by_name: str | None
    exported: bool


class Revisions(Protocol):
    async def lock(self) -> None: ...
    async def newest(self) -> RevisionId: ...
    async def latest(self, *, after: RevisionId) -> Sequence[Revision]: ...
    async def of(self, slug: Slug, *, limit: int) -> Sequence[Revision]: ...
    async def add(self, revisions: Sequence[NewRevision]) -> Sequence[RevisionId]: ...
    async def mark_exported(self, ids: Collection[RevisionId], *, at: datetime) -> None: ...


class People(Protocol):
    async def by_id(self, person_id: PersonId, *, now: datetime) -> Person | None: ...


class Audit(Protocol):
    async def add(self, record: AuditRecord) -> None: ...


class KnowledgeWork(Protocol):
    @property
    def people(self) -> People: ...
    @property
    def revisions(self) -> Revisions: ...
    @property
    def audit(self) -> Audit: ...


Begin = Callable[[], AbstractAsyncContextManager[KnowledgeWork]]
