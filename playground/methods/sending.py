"""Messages the bot sends: texts, files, albums, forwards and copies."""

import secrets
from typing import Any, Final

from playground import api_json
from playground.entities import Entities
from playground.errors import BadRequest
from playground.formatting import LONGEST_CAPTION, LONGEST_TEXT, Formatted, formatted
from playground.keyboards import markup_from
from playground.methods.access import Access, chat_of, message_of
from playground.methods.attachments import album_of, media_of
from playground.methods.registry import Methods
from playground.model import Chat, Json, Media, MediaKind, Message
from playground.params import Params
from playground.world import World

# Seconds, unless a message comes first.
_ACTION_LASTS: Final = 5.0
_DONE: Final = {"forward": "forwarded", "copy": "copied"}
_ACTIONS: Final = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(world: World, params: Params) -> Json:
    text, entities = text_of(params)
    return _sent(world, params, text=text, entities=entities)


def text_of(params: Params) -> Formatted:
    """The call's text as people will see it; never empty."""
    source = params.text("text")
    if not source:
        raise BadRequest("message text is empty")
    shown = formatted(
        source,
        params.text("parse_mode"),
        params.structure("entities", "entities"),
        longest=LONGEST_TEXT,
        too_long="message is too long",
    )
    if not shown[0]:
        raise BadRequest("text must be non-empty")
    return shown


def caption_of(params: Params) -> Formatted:
    """The call's caption as people will see it; may be empty."""
    return formatted(
        params.text("caption"),
        params.text("parse_mode"),
        params.structure("caption_entities", "caption entities"),
        longest=LONGEST_CAPTION,
        too_long="message caption is too long",
    )


def send_photo(world: World, params: Params) -> Json:
    return _send_media(world, params, MediaKind.PHOTO)


def send_document(world: World, params: Params) -> Json:
    return _send_media(world, params, MediaKind.DOCUMENT)


def send_voice(world: World, params: Params) -> Json:
    return _send_media(world, params, MediaKind.VOICE)


def send_sticker(world: World, params: Params) -> Json:
    return _send_media(world, params, MediaKind.STICKER)


def _send_media(world: World, params: Params, kind: MediaKind) -> Json:
    text, entities = caption_of(params)
    media = media_of(world, params, kind)
    return _sent(world, params, text=text, entities=entities, media=media)


def send_media_group(world: World, params: Params) -> list[Json]:
    given = params.structure("media", "media")
    if not isinstance(given, list):
        raise BadRequest("expected an Array of InputMedia")
    items = album_of(world, params, given)
    chat = chat_of(world, params, Access.WRITE)
    reply_to = _reply_target(chat, params)
    thread = _thread_of(chat, params, reply_to)
    _admit(world, chat, len(items))
    album = str(secrets.randbits(60))
    return [
        api_json.message(
            world,
            _posted(
                world,
                chat,
                text=text,
                entities=marked,
                media=media,
                album=album,
                reply_to=reply_to,
                thread=thread,
            ),
        )
        for media, (text, marked) in items
    ]


def forward_message(world: World, params: Params) -> Json:
    original = _original(world, params, "forward")
    chat = chat_of(world, params, Access.WRITE)
    _admit(world, chat)
    forwarded = _posted(
        world,
        chat,
        text=original.text,
        entities=original.entities,
        media=original.media,
        origin=original.origin or world.origin_of(original),
    )
    return api_json.message(world, forwarded)


def copy_message(world: World, params: Params) -> Json:
    original = _original(world, params, "copy")
    text, entities = original.text, original.entities
    if original.media is not None and "caption" in params.fields:
        text, entities = caption_of(params)
    sent = _sent(world, params, text=text, entities=entities, media=original.media)
    return {"message_id": sent["message_id"]}


def send_chat_action(world: World, params: Params) -> bool:
    action = params.text("action").lower()
    if action not in _ACTIONS:
        raise BadRequest("wrong parameter action in request")
    chat = chat_of(world, params, Access.WRITE)
    chat.doing, chat.doing_until = action, world.clock.timestamp() + _ACTION_LASTS
    world.tell({"type": "typing", "chat_id": chat.id, "action": action})
    return True


def _original(world: World, params: Params, verb: str) -> Message:
    source = chat_of(world, params, Access.READ, "from_chat_id")
    original = message_of(source, params, f"message to {verb}")
    if original.service is not None:
        raise BadRequest(f"the message can't be {_DONE[verb]}")
    return original


def _sent(
    world: World, params: Params, *, text: str, entities: Entities, media: Media | None = None
) -> Json:
    markup = markup_from(params.fields.get("reply_markup"))
    chat = chat_of(world, params, Access.WRITE)
    reply_to = _reply_target(chat, params)
    thread = _thread_of(chat, params, reply_to)
    _admit(world, chat)
    return api_json.message(
        world,
        _posted(
            world,
            chat,
            text=text,
            entities=entities,
            media=media,
            markup=markup,
            reply_to=reply_to,
            thread=thread,
        ),
    )


def _posted(world: World, chat: Chat, **content: Any) -> Message:
    return world.post(
        Message(
            id=world.next_message_id(),
            chat_id=chat.id,
            from_id=world.bot_id,
            date=world.now(),
            **content,
        )
    )


def _admit(world: World, chat: Chat, messages: int = 1) -> None:
    world.speedometer.admit(world.limits, chat.id, world.clock.timestamp(), messages)


def _thread_of(chat: Chat, params: Params, reply_to: int | None) -> int | None:
    """The topic that is named, or that of the message replied to."""
    wanted = params.integer("message_thread_id")
    if wanted > 0:
        if wanted not in (chat.topics or {}):
            raise BadRequest("message thread not found")
        return wanted
    return None if reply_to is None else chat.messages[reply_to].thread


def _reply_target(chat: Chat, params: Params) -> int | None:
    told = params.structure("reply_parameters", "reply parameters")
    asked = Params(told) if isinstance(told, dict) and told else params
    wanted = asked.integer("message_id" if asked is not params else "reply_to_message_id")
    may_miss = asked.flag("allow_sending_without_reply")
    if wanted <= 0:
        return None
    if wanted in chat.messages:
        return wanted
    if may_miss:
        return None
    raise BadRequest("message to be replied not found")


METHODS: Methods = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendVoice": send_voice,
    "sendSticker": send_sticker,
    "sendMediaGroup": send_media_group,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
    "sendChatAction": send_chat_action,
}
