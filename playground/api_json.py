"""The world's things as the Bot API shows them to the bot."""

from typing import Protocol

from playground.entities import Entity
from playground.model import (
    Chat,
    ChatKind,
    Json,
    Media,
    MediaKind,
    Membership,
    Message,
    PersonAccount,
    StoredFile,
)


class Lookup(Protocol):
    """What of a world is needed to show a message."""

    people: dict[int, PersonAccount]
    chats: dict[int, Chat]
    bot: Json


def user(world: Lookup, user_id: int) -> Json:
    if user_id == world.bot["id"]:
        return {
            "id": user_id,
            "is_bot": True,
            "first_name": world.bot["first_name"],
            "username": world.bot["username"],
        }
    person = world.people[user_id]
    shown: Json = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    if person.last_name:
        shown["last_name"] = person.last_name
    if person.username:
        shown["username"] = person.username
    shown["language_code"] = person.language_code
    return shown


def chat(world: Lookup, chat_id: int) -> Json:
    shown = world.chats[chat_id]
    if shown.kind is not ChatKind.PRIVATE:
        group: Json = {"id": chat_id, "type": shown.kind.value, "title": shown.title}
        return group if shown.topics is None else {**group, "is_forum": True}
    person = world.people[chat_id]
    private: Json = {"id": chat_id, "type": "private", "first_name": person.first_name}
    if person.last_name:
        private["last_name"] = person.last_name
    if person.username:
        private["username"] = person.username
    return private


def message(world: Lookup, shown: Message, *, with_reply: bool = True) -> Json:
    body: Json = {
        "message_id": shown.id,
        "from": user(world, shown.from_id),
        "chat": chat(world, shown.chat_id),
        "date": shown.date,
    }
    _add_history(body, shown)
    if shown.reply_to is not None and with_reply:
        replied = world.chats[shown.chat_id].messages.get(shown.reply_to)
        if replied is not None:
            body["reply_to_message"] = message(world, replied, with_reply=False)
    if shown.thread is not None:
        body |= {"message_thread_id": shown.thread, "is_topic_message": True}
    if shown.via_bot:
        body["via_bot"] = user(world, world.bot["id"])
    if shown.album is not None:
        body["media_group_id"] = shown.album
    if shown.service is not None:
        body.update(shown.service)
    _add_content(world, body, shown)
    if shown.markup is not None and "inline_keyboard" in shown.markup:
        body["reply_markup"] = shown.markup
    return body


def _add_history(body: Json, shown: Message) -> None:
    """Where the message comes from and what became of it."""
    if shown.edited is not None:
        body["edit_date"] = shown.edited
    if shown.origin is not None:
        body["forward_origin"] = shown.origin
        body["forward_date"] = shown.origin["date"]


def _add_content(world: Lookup, body: Json, shown: Message) -> None:
    text, entities = "text", "entities"
    if shown.media is not None:
        body.update(_media(shown.media))
        text, entities = "caption", "caption_entities"
    if shown.text:
        body[text] = shown.text
        named = [each for each in shown.entities if _is_known(world, each)]
        if named:
            body[entities] = [_entity(world, each) for each in named]


def _is_known(world: Lookup, entity: Entity) -> bool:
    """Telegram drops the mention of somebody it does not know, and leaves their name as text."""
    return entity["type"] != "text_mention" or _person_in(entity) in {
        *world.people,
        world.bot["id"],
    }


def _entity(world: Lookup, entity: Entity) -> Json:
    """A person who is mentioned by a link comes back whole."""
    if entity["type"] != "text_mention":
        return dict(entity)
    return {**entity, "user": user(world, _person_in(entity))}


def _person_in(entity: Entity) -> int:
    return int(str(entity["user"]["id"]))


def _media(media: Media) -> Json:
    file = {**stored_file(media.file), "mime_type": media.file.mime}
    match media.kind:
        case MediaKind.PHOTO:
            size = {**stored_file(media.file), "width": media.file.width}
            return {"photo": [{**size, "height": media.file.height}]}
        case MediaKind.DOCUMENT:
            return {"document": {**file, "file_name": media.file.name}}
        case MediaKind.VOICE:
            return {"voice": {**file, "duration": media.seconds}}
        case MediaKind.STICKER:
            return {"sticker": _sticker(media)}


def _sticker(media: Media) -> Json:
    return {
        **stored_file(media.file),
        "type": "regular",
        "width": media.file.width or 512,
        "height": media.file.height or 512,
        "is_animated": False,
        "is_video": False,
        "emoji": media.emoji,
    }


def stored_file(file: StoredFile) -> Json:
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
    }


def member(world: Lookup, user_id: int, status: Membership) -> Json:
    """A ChatMember with every field its kind must have."""
    shown: Json = {"user": user(world, user_id), "status": status.value}
    if status is Membership.CREATOR:
        shown["is_anonymous"] = False
    elif status is Membership.ADMINISTRATOR:
        shown.update(dict.fromkeys(_RIGHTS, True))
        shown["is_anonymous"] = False
    elif status is Membership.KICKED:
        shown["until_date"] = 0
    return shown


_RIGHTS = (
    "can_manage_topics",
    "can_be_edited",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)
