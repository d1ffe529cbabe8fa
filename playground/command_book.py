"""The bot's command menus by scope and language, and which of them a person sees."""

from collections.abc import Iterator

from msgspec import Struct

from playground.model import Chat, ChatKind, Json


class Scope(Struct, frozen=True, kw_only=True):
    """For whom a menu is meant, as the Bot API's BotCommandScope."""

    type: str = "default"
    chat_id: int | None = None
    user_id: int | None = None


class CommandBook:
    def __init__(self) -> None:
        self._menus: dict[tuple[Scope, str], list[Json]] = {}

    def write(self, scope: Scope, language: str, commands: list[Json]) -> None:
        """Replace the menu; an empty one is forgotten."""
        if commands:
            self._menus[scope, language] = commands
        else:
            self._menus.pop((scope, language), None)

    def read(self, scope: Scope, language: str) -> list[Json]:
        return self._menus.get((scope, language), [])

    def seen_by(self, person_id: int, language_code: str, chat: Chat) -> list[Json]:
        """The first menu found from the narrowest scope to the widest, the own language first."""
        language = language_code.partition("-")[0].lower()
        for scope in _scopes(person_id, chat):
            for spoken in (language, ""):
                if menu := self._menus.get((scope, spoken)):
                    return menu
        return []


def _scopes(person_id: int, chat: Chat) -> Iterator[Scope]:
    if chat.kind is ChatKind.PRIVATE:
        yield Scope(type="chat", chat_id=chat.id)
        yield Scope(type="all_private_chats")
    else:
        leads = person_id in chat.members and chat.members[person_id].leads
        yield Scope(type="chat_member", chat_id=chat.id, user_id=person_id)
        if leads:
            yield Scope(type="chat_administrators", chat_id=chat.id)
        yield Scope(type="chat", chat_id=chat.id)
        if leads:
            yield Scope(type="all_chat_administrators")
        yield Scope(type="all_group_chats")
    yield Scope()
