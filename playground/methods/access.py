"""Which chat or message a call is about, and whether the bot may touch it."""

from enum import IntEnum

from playground.errors import BadRequest, Forbidden
from playground.model import Chat, ChatKind, Membership, Message
from playground.params import Params
from playground.world import World


class Access(IntEnum):
    READ = 0
    EDIT = 1
    WRITE = 2


def chat_of(world: World, params: Params, access: Access, field: str = "chat_id") -> Chat:
    """The chat named in the call; raises the refusal Telegram would give."""
    if params.text(field) == "":
        raise BadRequest("chat_id is empty")
    chat = world.chats.get(params.integer(field))
    if chat is None:
        raise BadRequest("chat not found")
    if chat.kind is ChatKind.PRIVATE:
        _check_private(world, chat, access)
    else:
        _check_group(chat, access)
    return chat


def _check_private(world: World, chat: Chat, access: Access) -> None:
    person = world.people[chat.id]
    if access >= Access.EDIT and person.is_deactivated:
        raise Forbidden("user is deactivated")
    if access is not Access.WRITE:
        return
    if not person.has_started:
        raise Forbidden("bot can't initiate conversation with a user")
    if person.has_blocked:
        raise Forbidden("bot was blocked by the user")


def _check_group(chat: Chat, access: Access) -> None:
    if chat.migrated_to is not None:
        if access >= Access.EDIT:
            raise BadRequest(
                "group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": chat.migrated_to},
            )
        return
    if chat.bot.is_inside or (access is Access.READ and chat.kind is ChatKind.GROUP):
        return
    if chat.bot is Membership.KICKED:
        raise Forbidden(f"bot was kicked from the {chat.kind} chat")
    raise Forbidden(f"bot is not a member of the {chat.kind} chat")


def message_of(chat: Chat, params: Params, purpose: str, field: str = "message_id") -> Message:
    """The message named in the call; `purpose` is how the refusal calls it."""
    message_id = params.integer(field)
    if message_id <= 0:
        raise BadRequest("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise BadRequest(f"{purpose} not found")
    return message
