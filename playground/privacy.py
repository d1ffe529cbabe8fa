"""Which messages of a group reach a bot in privacy mode."""

from typing import Protocol

from playground import utf16
from playground.model import Chat, ChatKind, Message


class Lookup(Protocol):
    chats: dict[int, Chat]

    @property
    def bot_id(self) -> int: ...

    @property
    def bot_username(self) -> str: ...


def reaches_bot(world: Lookup, message: Message) -> bool:
    """All in private; in a group commands, mentions, replies to it, its results, and service."""
    chat = world.chats[message.chat_id]
    if chat.kind is ChatKind.PRIVATE:
        return True
    if not chat.bot.is_inside:
        return False
    if chat.bot.leads or message.service is not None or message.via_bot:
        return True
    return _replies_to_bot(world, chat, message) or _names_bot(world, message)


def _replies_to_bot(world: Lookup, chat: Chat, message: Message) -> bool:
    replied = chat.messages.get(message.reply_to) if message.reply_to is not None else None
    return replied is not None and replied.from_id == world.bot_id


def _names_bot(world: Lookup, message: Message) -> bool:
    me = f"@{world.bot_username}".lower()
    for entity in message.entities:
        part = utf16.cut(message.text, entity["offset"], entity["length"]).lower()
        if entity["type"] == "mention" and part == me:
            return True
        if entity["type"] == "bot_command" and (part.endswith(me) or "@" not in part):
            return True
        if entity["type"] == "text_mention" and entity.get("user", {}).get("id") == world.bot_id:
            return True
    return False
