"""What the bot may ask about a chat, and do in it besides speaking."""

from typing import Final

from playground import api_json
from playground.errors import BadRequest
from playground.methods.access import Access, chat_of, message_of
from playground.methods.registry import Methods
from playground.model import Chat, ChatKind, Json, Membership
from playground.params import Params
from playground.world import World

_LONGEST_TOPIC: Final = 128


def get_chat(world: World, params: Params) -> Json:
    chat = chat_of(world, params, Access.READ)
    shown = {
        **api_json.chat(world, chat.id),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if chat.pinned:
        newest = chat.messages[chat.pinned[-1]]
        shown["pinned_message"] = api_json.message(world, newest)
    return shown


def get_chat_member(world: World, params: Params) -> Json:
    chat = chat_of(world, params, Access.READ)
    user_id = params.integer("user_id")
    if user_id <= 0:
        raise BadRequest("invalid user_id specified")
    if user_id != world.bot_id and user_id not in world.people:
        raise BadRequest("PARTICIPANT_ID_INVALID")
    return api_json.member(world, user_id, _standing(world, chat, user_id))


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = _group(world, params, "there are no administrators in the private chat")
    standings = {world.bot_id: chat.bot, **chat.members}
    return [
        api_json.member(world, user_id, status)
        for user_id, status in standings.items()
        if status.leads and user_id != world.bot_id
    ]


def get_chat_member_count(world: World, params: Params) -> int:
    chat = chat_of(world, params, Access.READ)
    if chat.kind is ChatKind.PRIVATE:
        return 2
    return sum(status.is_inside for status in (chat.bot, *chat.members.values()))


def leave_chat(world: World, params: Params) -> bool:
    chat = _group(world, params, "chat member status can't be changed in private chats")
    before, chat.bot = chat.bot, Membership.LEFT
    world.put_my_membership(world.bot_id, chat, before, chat.bot)
    return True


def pin_chat_message(world: World, params: Params) -> bool:
    chat = _pinnable(world, params)
    message = message_of(chat, params, "message to pin")
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    return True


def unpin_chat_message(world: World, params: Params) -> bool:
    """Unpin the message named, or the newest pinned one."""
    chat = _pinnable(world, params)
    message_id = params.integer("message_id") or next(iter(reversed(chat.pinned)), 0)
    if message_id not in chat.pinned:
        raise BadRequest("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    """Taken and not shown: the page has no reactions."""
    chat = chat_of(world, params, Access.READ)
    message_of(chat, params, "message to react")
    reaction = params.structure("reaction", "reaction types")
    if reaction is not None and not isinstance(reaction, list):
        raise BadRequest("expected an Array of ReactionType")
    return True


def create_forum_topic(world: World, params: Params) -> Json:
    chat = _group(world, params, "the chat is not a forum")
    if chat.topics is None:
        raise BadRequest("the chat is not a forum")
    if not chat.bot.leads:
        raise BadRequest("not enough rights to create a topic")
    name = params.text("name")
    if not 0 < len(name) <= _LONGEST_TOPIC:
        raise BadRequest("TOPIC_TITLE_EMPTY" if not name else "topic name is too long")
    thread = world.open_topic(chat.id, world.bot_id, name)
    return {"message_thread_id": thread, "name": name, "icon_color": 0}


def _standing(world: World, chat: Chat, user_id: int) -> Membership:
    if chat.kind is ChatKind.PRIVATE:
        both = (world.bot_id, chat.id)
        return Membership.MEMBER if user_id in both else Membership.LEFT
    if user_id == world.bot_id:
        return chat.bot
    return chat.members.get(user_id, Membership.LEFT)


def _group(world: World, params: Params, refusal: str) -> Chat:
    chat = chat_of(world, params, Access.READ)
    if chat.kind is ChatKind.PRIVATE:
        raise BadRequest(refusal)
    return chat


def _pinnable(world: World, params: Params) -> Chat:
    chat = chat_of(world, params, Access.WRITE)
    if chat.kind is not ChatKind.PRIVATE and not chat.bot.leads:
        raise BadRequest("not enough rights to manage pinned messages in the chat")
    return chat


METHODS: Methods = {
    "createForumTopic": create_forum_topic,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "setMessageReaction": set_message_reaction,
}
