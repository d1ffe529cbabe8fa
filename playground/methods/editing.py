"""Changing and deleting what the bot has said."""

from typing import Final

from msgspec.structs import replace

from playground import api_json
from playground.errors import BadRequest
from playground.keyboards import inline_only, markup_from
from playground.methods.access import Access, chat_of, message_of
from playground.methods.attachments import input_media
from playground.methods.registry import Methods
from playground.methods.sending import caption_of, text_of
from playground.model import Chat, ChatKind, Json, Message
from playground.params import Params
from playground.world import World

_DELETABLE_FOR: Final = 48 * 3600
_MOST_DELETED: Final = 100


def edit_message_text(world: World, params: Params) -> Json:
    text, entities = text_of(params)
    message = _own(world, params)
    if message.media is not None:
        raise BadRequest("there is no text in the message to edit")
    return _edited(world, params, message, replace(message, text=text, entities=entities))


def edit_message_caption(world: World, params: Params) -> Json:
    text, entities = caption_of(params)
    message = _own(world, params)
    if message.media is None:
        raise BadRequest("there is no caption in the message to edit")
    return _edited(world, params, message, replace(message, text=text, entities=entities))


def edit_message_reply_markup(world: World, params: Params) -> Json:
    message = _own(world, params)
    return _edited(world, params, message, message)


def edit_message_media(world: World, params: Params) -> Json:
    media, (text, entities) = input_media(world, params, params.structure("media", "input media"))
    message = _own(world, params)
    changed = replace(message, media=media, text=text, entities=entities)
    return _edited(world, params, message, changed)


def delete_message(world: World, params: Params) -> bool:
    chat = chat_of(world, params, Access.EDIT)
    _delete(world, chat, message_of(chat, params, "message to delete"))
    return True


def delete_messages(world: World, params: Params) -> bool:
    """Delete several; those that are not there are passed over."""
    chat = chat_of(world, params, Access.EDIT)
    ids = params.structure("message_ids", "message_ids")
    if not ids:
        raise BadRequest("message identifiers are not specified")
    if not isinstance(ids, list):
        raise BadRequest("expected an Array of message identifiers")
    if any(type(message_id) is not int for message_id in ids):
        raise BadRequest("message identifier must be a Number")
    if len(ids) > _MOST_DELETED:
        raise BadRequest("too many message identifiers specified")
    for message_id in ids:
        if message_id in chat.messages:
            _delete(world, chat, chat.messages[message_id])
    return True


def _delete(world: World, chat: Chat, message: Message) -> None:
    is_private = chat.kind is ChatKind.PRIVATE
    is_own = message.from_id == world.bot_id
    if not (is_own or is_private or chat.bot.leads):
        raise BadRequest("message can't be deleted")
    if world.now() - message.date > _DELETABLE_FOR and not chat.bot.leads:
        raise BadRequest("message can't be deleted for everyone")
    world.remove(chat.id, message.id)


def _own(world: World, params: Params) -> Message:
    chat = chat_of(world, params, Access.EDIT)
    message = message_of(chat, params, "message to edit")
    is_own = message.from_id == world.bot_id and message.origin is None
    has_other_keyboard = message.markup is not None and "inline_keyboard" not in message.markup
    if not is_own or message.service is not None or has_other_keyboard:
        raise BadRequest("message can't be edited")
    return message


def _edited(world: World, params: Params, before: Message, after: Message) -> Json:
    markup = inline_only(markup_from(params.fields.get("reply_markup")))
    after = replace(after, markup=markup)
    if after == before:
        raise BadRequest(
            "message is not modified: specified new message content and reply markup are"
            " exactly the same as a current content and reply markup of the message"
        )
    world.speedometer.admit(world.limits, before.chat_id, world.clock.timestamp())
    return api_json.message(world, world.change(replace(after, edited=world.now())))


METHODS: Methods = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "editMessageMedia": edit_message_media,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
