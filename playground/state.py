"""The ground of the playground's world: who and what is in it, and who listens to it."""

import itertools
import secrets
import string
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from playground import page_json
from playground.clock import MovableClock
from playground.command_book import CommandBook
from playground.errors import NoSuchChat, NoSuchMessage, NoSuchPerson
from playground.faults import Faults
from playground.files import FileStore
from playground.limits import Limits, Speedometer
from playground.model import (
    CallRecord,
    Chat,
    ChatKind,
    InlineQuery,
    Json,
    Message,
    PersonAccount,
    Tap,
    Toast,
)
from playground.polling import Polling
from playground.update_queue import UpdateQueue, Waiting

_BOT_ID: Final = 100200300
_SECRET_LENGTH: Final = 35
_SECRET_LETTERS: Final = string.ascii_letters + string.digits + "_-"
_LOG_LENGTH: Final = 1000
# A tap can be answered for so long, in seconds.
TAP_LIFETIME: Final = 15 * 60.0

Listener = Callable[[Json], None]


class Webhook(Struct, frozen=True, kw_only=True):
    """Where updates are posted to."""

    url: str
    secret_token: str = ""
    max_connections: int = 40


class WorldState:
    def __init__(self, clock: MovableClock, token: str | None = None) -> None:
        self.clock = clock
        self.token = token or f"{_BOT_ID}:{_secret()}"
        self.bot: Json = _account_of_bot(int(self.token.partition(":")[0]))
        self.people: dict[int, PersonAccount] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.queue = UpdateQueue(self._on_confirmed)
        self.polling = Polling(self.queue)
        self.webhook: Webhook | None = None
        self.webhook_failure: tuple[int, str] | None = None
        self._on_webhook_changed: list[Callable[[], None]] = []
        self.command_book = CommandBook()
        self.profile: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int | None, Json] = {}
        self.limits = Limits()
        self.faults = Faults()
        self.calls: Counter[str] = Counter()
        self.log: deque[CallRecord] = deque(maxlen=_LOG_LENGTH)
        self.notes: list[str] = []
        self.speedometer = Speedometer()
        self.taps: dict[str, Tap] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.toasts_of: defaultdict[int, deque[Toast]] = defaultdict(_recent)
        self._listeners: list[Listener] = []
        self._message_ids = itertools.count(1)
        clock.on_moved(self._on_clock_moved)

    # Looking things up

    @property
    def bot_id(self) -> int:
        return int(self.bot["id"])

    @property
    def bot_username(self) -> str:
        return str(self.bot["username"])

    def person(self, person_id: int) -> PersonAccount:
        try:
            return self.people[person_id]
        except KeyError:
            raise NoSuchPerson(f"there is no person {person_id}") from None

    def chat(self, chat_id: int) -> Chat:
        try:
            return self.chats[chat_id]
        except KeyError:
            raise NoSuchChat(f"there is no chat {chat_id}") from None

    def message(self, chat_id: int, message_id: int) -> Message:
        try:
            return self.chat(chat_id).messages[message_id]
        except KeyError:
            raise NoSuchMessage(f"there is no message {message_id} in {chat_id}") from None

    def now(self) -> int:
        """The moment in whole seconds since 1970, as messages carry it."""
        return int(self.clock.timestamp())

    # Changing things, and telling those who listen

    def next_message_id(self) -> int:
        return next(self._message_ids)

    def post(self, message: Message) -> Message:
        """Put a new message into its chat."""
        chat = self.chats[message.chat_id]
        chat.messages[message.id] = message
        chat.doing = None
        if self._listeners:
            self.tell({"type": "message", "message": page_json.message(self, message)})
        return message

    def change(self, message: Message) -> Message:
        """Put an edited message in the place of what it was."""
        self.chats[message.chat_id].messages[message.id] = message
        if self._listeners:
            self.tell({"type": "edited", "message": page_json.message(self, message)})
        return message

    def remove(self, chat_id: int, message_id: int) -> None:
        chat = self.chats[chat_id]
        del chat.messages[message_id]
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.tell({"type": "deleted", "chat_id": chat_id, "message_id": message_id})

    def change_person(self, person: PersonAccount) -> PersonAccount:
        is_new = person.id not in self.people
        self.people[person.id] = person
        if is_new:
            private = Chat(id=person.id, kind=ChatKind.PRIVATE, title=person.name)
            self.chats[person.id] = private
        self.tell({"type": "person", "person": page_json.person(person)})
        if is_new:
            self.tell({"type": "chat", "chat": page_json.chat(self.chats[person.id])})
        return person

    def change_chat(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        self.tell({"type": "chat", "chat": page_json.chat(chat)})
        return chat

    def put_update(self, kind: str, body: Json, said: tuple[int, int] | None = None) -> None:
        if self.queue.put(kind, body, said=said) and self._listeners:
            self.tell({"type": "update_state", "pending": len(self.queue)})

    def change_webhook(self, webhook: Webhook | None) -> None:
        if webhook != self.webhook:
            self.webhook, self.webhook_failure = webhook, None
        for listener in self._on_webhook_changed:
            listener()

    def on_webhook_changed(self, listener: Callable[[], None]) -> None:
        self._on_webhook_changed.append(listener)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear every event of the feed from now on; call what is returned to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @property
    def is_heard(self) -> bool:
        return bool(self._listeners)

    def tell(self, event: Json) -> None:
        for listener in self._listeners:
            listener(event)

    def record(self, method: str, params: Json, refusal: str | None = None) -> None:
        self.log.append(CallRecord(method=method, params=params, refusal=refusal))
        if refusal is None:
            self.calls[method] += 1

    def _on_confirmed(self, gone: Sequence[Waiting]) -> None:
        for waiting in gone:
            if waiting.said is not None:
                self._mark_delivered(*waiting.said)
        self.tell({"type": "update_state", "pending": len(self.queue)})

    def _mark_delivered(self, chat_id: int, message_id: int) -> None:
        messages = self.chats[chat_id].messages
        if message_id in messages and not messages[message_id].delivered:
            messages[message_id] = replace(messages[message_id], delivered=True)
            self.tell({"type": "delivered", "chat_id": chat_id, "message_id": message_id})

    async def _on_clock_moved(self, _old: datetime, new: datetime) -> None:
        self.tell({"type": "clock", "now": new.isoformat()})


def _recent() -> deque[Toast]:
    return deque(maxlen=_LOG_LENGTH)


def _secret() -> str:
    return "".join(secrets.choice(_SECRET_LETTERS) for _ in range(_SECRET_LENGTH))


def _account_of_bot(bot_id: int) -> Json:
    return {
        "id": bot_id,
        "is_bot": True,
        "first_name": "领航",
        "username": "linghang_playground_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
