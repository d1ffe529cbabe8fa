"""What notices ask of the database and of the rest of the branch."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from branch.notices.audience import Audience
from branch.notices.model import Draft, Notice, NoticeId, NoticeKind, NoticeState, Reach
from branch.notices.wishes import Wishes
from branch.outbox.kinds import LetterKind
from branch.outbox.model import Fate, Mail
from branch.outbox.ports import Outbox
from branch.people.model import PersonId
from branch.people.ports import Audit, People
from texts.language import Language


class Reader(Struct, frozen=True, kw_only=True):
    """One of a frozen audience, as they are now."""

    id: PersonId
    name: str
    language: Language
    cohort: int | None
    intake: int | None
    class_name: str | None
    wishes: Wishes


class Line(Struct, frozen=True, kw_only=True):
    """One line of a report: what became of one person's letter."""

    person: PersonId
    name: str
    cohort: int | None
    intake: int | None
    class_name: str | None
    fate: Fate | None
    at: datetime | None
    reason: str | None
    receipt_at: datetime | None


class Notices(Protocol):
    async def add(
        self, draft: Draft, *, key: str, author: PersonId | None, notice: Notice
    ) -> tuple[NoticeId, bool]:
        """Its number, and whether it is new: one with the same key stays as it is."""
        ...

    async def get(self, notice: NoticeId) -> Notice | None: ...
    async def save(self, notice: Notice) -> bool:
        """Write it as its next version; False if it is not the latest."""
        ...

    async def in_state(self, *states: NoticeState) -> Sequence[Notice]: ...
    async def to_amend(self) -> Sequence[Notice]:
        """Those whose present edition has not been brought to all."""
        ...

    async def amended_since(self, moment: datetime) -> Sequence[Notice]:
        """Those for which that was done not long ago."""
        ...

    async def found(
        self, *, words: str, states: Sequence[NoticeState], limit: int, offset: int
    ) -> Sequence[Notice]:
        """The latest first; `words` stand in their texts."""
        ...

    async def show_card(self, notice: NoticeId, *, chat: int, message: int) -> None: ...
    async def may_redraw(self, notice: NoticeId, *, now: datetime, since: datetime) -> bool:
        """Take the turn to redraw its card; False if somebody had it after `since`."""
        ...


class Audiences(Protocol):
    async def reach(
        self, audience: Audience, *, kind: NoticeKind, urgent: bool, now: datetime
    ) -> Reach: ...
    async def freeze(
        self, notice: NoticeId, audience: Audience, *, kind: NoticeKind, urgent: bool, now: datetime
    ) -> int:
        """Write down who gets it, once and for all; how many."""
        ...

    async def frozen(
        self, notice: NoticeId, *, after: int, limit: int, before: int | None = None
    ) -> Sequence[Reader]:
        """The next of them, by number."""
        ...

    async def first(self, audience: Audience, *, now: datetime) -> Reader | None: ...
    async def values(self, respect: str, *, now: datetime) -> Sequence[tuple[Any, int]]:
        """What people are in this respect, and how many of them."""
        ...

    async def lacking(
        self,
        audience: Audience,
        columns: Iterable[str],
        *,
        kind: NoticeKind,
        urgent: bool,
        now: datetime,
    ) -> Mapping[str, int]:
        """How many have nothing in each of these."""
        ...

    async def longest(
        self, audience: Audience, columns: Iterable[str], *, now: datetime
    ) -> Mapping[str, str]:
        """The longest value of each of these; empty where there is none."""
        ...

    async def lines(self, notice: NoticeId) -> Sequence[Line]: ...


class Mails(Protocol):
    """The letters of notices, many at once."""

    async def fates(self, about: str, kind: LetterKind) -> Mapping[Fate, int]: ...
    async def next_at(self, about: str) -> datetime | None: ...
    async def settled_since(self, about: str, *, since: datetime) -> int: ...
    async def hold(self, about: str) -> int: ...
    async def release(self, about: str, *, now: datetime) -> int: ...
    async def call_back(self, about: str, *, now: datetime) -> int: ...
    async def again(
        self, about: str, fates: Sequence[Fate], *, now: datetime, until: datetime
    ) -> int: ...
    async def refuse(self, reasons: Mapping[str, str], *, now: datetime) -> None:
        """They cannot be written as they should be: by key, and why."""
        ...

    async def has_arrived(self, key: str, message_id: int, *, now: datetime) -> bool:
        """Of one nobody knew about: its reader has it before them."""
        ...

    async def arriving_with(
        self, people: Sequence[PersonId], *, now: datetime
    ) -> AbstractSet[tuple[PersonId, datetime]]:
        """When these get other notices that wait for a later time."""
        ...

    async def again_to_returned(self, about: str, *, now: datetime, until: datetime) -> int:
        """To those who could not be reached and can be now."""
        ...

    async def take_as_delivered(self, about: str, *, now: datetime) -> int: ...
    async def of(self, about: str, people: Sequence[PersonId]) -> Mapping[PersonId, Mail]: ...
    async def rewrite(self, bodies: Mapping[str, str]) -> None:
        """Put other words into letters that have not set out, by key."""
        ...

    async def count_unacknowledged(self, notice: NoticeId) -> int: ...
    async def unacknowledged(self, notice: NoticeId) -> Sequence[Mail]: ...


class ClockSent(Struct, frozen=True, kw_only=True):
    """Letters that the clock wrote about one thing for one moment, and what became of them."""

    about: str
    at: datetime
    fates: Mapping[Fate, int]


class LetterReports(Protocol):
    async def sent(
        self, kinds: Sequence[LetterKind], *, since: datetime, until: datetime
    ) -> Sequence[ClockSent]: ...


class Receipts(Protocol):
    async def add(self, notice: NoticeId, person: PersonId, *, now: datetime) -> bool: ...
    async def count(self, notice: NoticeId) -> int: ...
    async def has(self, notice: NoticeId, person: PersonId) -> bool: ...
    async def lacking(self, person: PersonId, *, limit: int) -> Sequence[NoticeId]:
        """What they are a reader of and have not acknowledged, wanted or not, the latest first."""
        ...


class ReadingWishes(Protocol):
    async def of(self, person: PersonId) -> Wishes: ...
    async def save(self, person: PersonId, wishes: Wishes) -> None: ...


class Tags(Protocol):
    async def put(self, tag: str, people: Iterable[PersonId], *, now: datetime) -> int: ...
    async def exists(self, tag: str) -> bool: ...
    async def drop(self, tag: str, person: PersonId) -> bool: ...
    async def of(self, person: PersonId) -> Sequence[str]: ...


class NoticeWork(Protocol):
    """The slice of a transaction that the services of notices see."""

    @property
    def people(self) -> People: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def audiences(self) -> Audiences: ...
    @property
    def mails(self) -> Mails: ...
    @property
    def letter_reports(self) -> LetterReports: ...
    @property
    def receipts(self) -> Receipts: ...
    @property
    def reading_wishes(self) -> ReadingWishes: ...
    @property
    def tags(self) -> Tags: ...


Begin = Callable[[], AbstractAsyncContextManager[NoticeWork]]
