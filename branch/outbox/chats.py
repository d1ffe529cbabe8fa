"""Groups that letters go to: ours by a number that stays when Telegram gives them another."""

from datetime import datetime
from typing import NewType, Protocol

from msgspec import Struct

from branch.people.model import PersonId
from texts.language import Language

ChatId = NewType("ChatId", int)


class Chat(Struct, frozen=True, kw_only=True):
    """`has_topics`: each matter gets a thread of its own. `lost_at`: we were put out then."""

    id: ChatId
    telegram_id: int
    title: str
    language: Language
    has_topics: bool
    lost_at: datetime | None = None


class Chats(Protocol):
    async def bind(
        self,
        telegram_id: int,
        *,
        title: str,
        language: Language,
        has_topics: bool,
        by: PersonId,
        now: datetime,
    ) -> Chat:
        """Make it the members' group, in the place of another if there was one."""
        ...

    async def unbind(self) -> None: ...
    async def desk(self) -> Chat | None:
        """The members' group."""
        ...

    async def moved(self, telegram_id: int, to: int) -> None:
        """It has become another one, or a supergroup: letters for it go there."""
        ...

    async def lost(self, chat: ChatId, *, now: datetime) -> None: ...
    async def found(self, telegram_id: int) -> ChatId | None:
        """We are in it (again); None if it is none of ours, or was never lost."""
        ...
