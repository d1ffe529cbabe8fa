"""What the post office asks of the world."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from branch.outbox.chats import ChatId, Chats
from branch.outbox.enclosures import Enclosure
from branch.outbox.kinds import LetterKind, Priority
from branch.outbox.model import Claim, Fate, Letter, Outcome, Settled
from branch.people.model import PersonId
from branch.people.ports import People
from texts.language import Language


class Told(Struct, frozen=True, kw_only=True):
    """What somebody was last told about something, and the language to write to them in."""

    person: PersonId
    language: Language
    about: str


class Standing(Struct, frozen=True, kw_only=True):
    """What has become of a letter so far, since when, and why."""

    fate: Fate
    at: datetime | None
    reason: str | None


class Outbox(Protocol):
    """What areas may do with letters, inside their own transactions."""

    async def put(self, letters: Iterable[Letter]) -> int:
        """Write the letters that are not there yet; how many were new.

        A key that is there stays as it is; one whose letter was cancelled is written anew.
        """
        ...

    async def cancel(
        self,
        kind: LetterKind,
        *,
        now: datetime,
        about_prefix: str | None = None,
        keys: Iterable[str] = (),
    ) -> int:
        """Call back what has not gone out; how many. One on its way at this moment may arrive."""
        ...

    async def delivered(self, *, kind: LetterKind, about: str) -> Sequence[PersonId]:
        """Whom the letters about this have reached for certain."""
        ...

    async def told(self, *, kind: LetterKind, about: str) -> Sequence[PersonId]:
        """Whom they have reached or, where nobody knows, may have reached."""
        ...

    async def waiting(self, *, kind: LetterKind, about: str) -> Sequence[PersonId]:
        """Who has one on the way."""
        ...

    async def last_told(self, kinds: Sequence[LetterKind], *, about_prefix: str) -> Sequence[Told]:
        """Whom letters about this have (or may have) reached, and what the last one spoke of."""
        ...

    async def waiting_keys(
        self, kind: LetterKind, *, to: PersonId | None = None
    ) -> Sequence[tuple[str, PersonId]]:
        """The letters of the kind on their way, to anybody or to this person."""
        ...

    async def fates(self, *, kind: LetterKind, about: str) -> Sequence[tuple[PersonId, Fate]]:
        """What became of each letter about this."""
        ...

    async def standings(self, keys: Sequence[str]) -> Mapping[str, Standing]:
        """What has become of these letters, as far as there are any."""
        ...

    async def enclose(self, key: str, enclosure: Enclosure) -> bool:
        """Put one more file into a letter; False where it has set out, or there is none."""
        ...

    async def send_again(self, key: str, *, now: datetime) -> bool:
        """Put one on its way that did not arrive for certain; False if there is none such."""
        ...


class Posts(Protocol):
    """Which message of ours was about what, for ever."""

    async def remember(
        self,
        about: str,
        message_id: int,
        *,
        person: PersonId | None = None,
        chat: int | None = None,
        thread: int | None = None,
        now: datetime,
    ) -> None:
        """A message that was sent without a letter: a reply to it is to find what it was about."""
        ...

    async def spoke_of(
        self, message_id: int, *, person: PersonId | None = None, chat: int | None = None
    ) -> str | None:
        """What a message of ours to this person, or in this group, was about."""
        ...

    async def thread_is_of(self, chat: int, thread: int) -> str | None:
        """What a topic of a group is about."""
        ...


class DeliveryOutbox(Outbox, Protocol):
    """What only the post office does."""

    async def next_try(self, priorities: Sequence[Priority]) -> datetime | None: ...
    async def claim(
        self, priorities: Sequence[Priority], *, now: datetime, until: datetime, limit: int
    ) -> Sequence[Claim]: ...
    async def renew(self, claims: Iterable[Claim], *, until: datetime) -> None: ...
    async def settle(self, settled: Iterable[Settled]) -> None: ...
    async def revive(self, person_id: PersonId, *, now: datetime) -> int: ...
    async def revive_in(self, chat: ChatId, *, now: datetime) -> int: ...
    async def prune(self, kind: LetterKind, *, before: datetime) -> int: ...


class Courier(Protocol):
    async def carry(self, claim: Claim, *, silently: bool) -> Outcome:
        """Bring it to its person; never raises for what Telegram or the line does."""
        ...


class OutboxWork(Protocol):
    @property
    def outbox(self) -> DeliveryOutbox: ...
    @property
    def posts(self) -> Posts: ...
    @property
    def chats(self) -> Chats: ...
    @property
    def people(self) -> People: ...


Begin = Callable[[], AbstractAsyncContextManager[OutboxWork]]
