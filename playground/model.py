"""What is in the playground's world: people, chats, messages and files."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from playground.entities import Entities

Json = dict[str, Any]


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class Membership(StrEnum):
    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"

    @property
    def is_inside(self) -> bool:
        return self not in (Membership.LEFT, Membership.KICKED)

    @property
    def leads(self) -> bool:
        return self in (Membership.CREATOR, Membership.ADMINISTRATOR)


class MediaKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    STICKER = "sticker"


class PersonAccount(Struct, frozen=True, kw_only=True):
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str = "zh-hans"
    hint: str = ""
    has_started: bool = False
    has_blocked: bool = False
    is_deactivated: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


class StoredFile(Struct, frozen=True, kw_only=True):
    id: str
    unique_id: str
    path: str
    name: str
    mime: str
    data: bytes
    width: int = 0
    height: int = 0


class Media(Struct, frozen=True, kw_only=True):
    kind: MediaKind
    file: StoredFile
    emoji: str = ""
    seconds: int = 0


class Message(Struct, frozen=True, kw_only=True):
    """One message; `text` is the caption where there is media, times are seconds since 1970."""

    id: int
    chat_id: int
    from_id: int
    date: int
    text: str = ""
    entities: Entities = ()
    media: Media | None = None
    markup: Json | None = None
    reply_to: int | None = None
    edited: int | None = None
    origin: Json | None = None
    album: str | None = None
    service: Json | None = None
    thread: int | None = None
    via_bot: bool = False
    delivered: bool = False


class Chat(Struct, kw_only=True):
    """A private chat (its id is the person's) or a group with everything said in it.

    `topics` by the number of their thread, where the group has any.
    """

    id: int
    kind: ChatKind
    title: str
    members: dict[int, Membership] = field(default_factory=dict)
    bot: Membership = Membership.MEMBER
    migrated_to: int | None = None
    topics: dict[int, str] | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    doing: str | None = None
    doing_until: float = 0.0


class Tap(Struct, frozen=True, kw_only=True):
    """A callback query that waits for its answer."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    at: float
    answered: bool = False


class InlineResult(Struct, frozen=True, kw_only=True):
    """What an inline query offers, and the message that it becomes when somebody takes it."""

    id: str
    title: str
    description: str
    text: str
    entities: Entities
    markup: Json | None


class InlineAnswer(Struct, frozen=True, kw_only=True):
    """`button` stands above the results and leads into the private chat."""

    results: tuple[InlineResult, ...]
    button: Json | None = None


class InlineQuery(Struct, frozen=True, kw_only=True):
    """What somebody types after the bot's name; no answer yet where `answer` is None."""

    id: str
    person_id: int
    chat_id: int
    at: float
    answer: InlineAnswer | None = None


class Toast(Struct, frozen=True, kw_only=True):
    """`url` leads to the bot, with a payload."""

    text: str
    alert: bool
    url: str = ""


class MessageView(Struct, frozen=True, kw_only=True):
    """What somebody looking at the chat sees; `html` in Telegram's own tags."""

    id: int
    chat_id: int
    from_id: int
    from_bot: bool
    text: str
    html: str
    date: datetime
    buttons: list[list[tuple[str, str]]]
    reply_keyboard: list[list[str]] | None
    removes_keyboard: bool
    photo: StoredFile | None
    document: StoredFile | None
    voice_seconds: int | None
    sticker: str | None
    edited: bool
    reply_to: int | None
    is_forwarded: bool
    is_pinned: bool
    delivered: bool
    service: Json | None
    thread: int | None
    via_bot: bool


class CallRecord(Struct, frozen=True, kw_only=True):
    """A call as it was answered; `refusal` is the description of an error."""

    method: str
    params: Json
    refusal: str | None = None
