"""The world's things as the feed shows them to the page."""

import html
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import quote

from playground.model import (
    Chat,
    ChatKind,
    InlineAnswer,
    Json,
    MediaKind,
    Message,
    PersonAccount,
    StoredFile,
)
from playground.rendering import page_html


class Lookup(Protocol):
    """What of a world is needed to show a message."""

    people: dict[int, PersonAccount]
    bot: Json


def person(shown: PersonAccount) -> Json:
    return {
        "id": shown.id,
        "name": shown.name,
        "username": shown.username,
        "language_code": shown.language_code,
        "blocked": shown.has_blocked,
        "hint": shown.hint,
    }


def chat(shown: Chat) -> Json:
    if shown.kind is ChatKind.PRIVATE:
        members = [shown.id]
    else:
        members = [id_ for id_, status in shown.members.items() if status.is_inside]
    kind = "private" if shown.kind is ChatKind.PRIVATE else "group"
    return {"id": shown.id, "kind": kind, "title": shown.title, "member_ids": members}


def message(world: Lookup, shown: Message) -> Json:
    from_bot = shown.from_id == world.bot["id"]
    name = world.bot["first_name"] if from_bot else world.people[shown.from_id].name
    body: Json = {
        "id": shown.id,
        "chat_id": shown.chat_id,
        "from_id": shown.from_id,
        "from_bot": from_bot,
        "from_name": name,
        "via": world.bot["username"] if shown.via_bot else None,
        "date": _iso(shown.date),
        "edited": None if shown.edited is None else _iso(shown.edited),
        "html": _html(shown),
        "text": shown.text,
        "reply_to": shown.reply_to,
        "delivered": shown.delivered,
    }
    body.update(_media(shown))
    body.update(_keyboards(shown.markup or {}))
    return body


def inline_answer(shown: InlineAnswer) -> Json:
    return {
        "results": [
            {"id": result.id, "title": result.title, "description": result.description}
            for result in shown.results
        ],
        "button": shown.button,
    }


def _html(shown: Message) -> str:
    if shown.service is None:
        return page_html(shown.text, shown.entities)
    return f"<i>{html.escape(', '.join(shown.service))}</i>"


def _media(shown: Message) -> Json:
    body: Json = {"photo": None, "document": None, "voice": None, "sticker": None}
    media = shown.media
    if media is None:
        return body
    file = media.file
    match media.kind:
        case MediaKind.PHOTO:
            size = {"width": file.width, "height": file.height}
            body["photo"] = {"url": file_url(file), **size}
        case MediaKind.DOCUMENT:
            about = {"name": file.name, "size": len(file.data), "mime": file.mime}
            body["document"] = {"url": file_url(file), **about}
        case MediaKind.VOICE:
            body["voice"] = {"seconds": media.seconds}
        case MediaKind.STICKER:
            body["sticker"] = {"emoji": media.emoji}
    return body


def _keyboards(markup: Json) -> Json:
    inline = [[_button(button) for button in row] for row in markup.get("inline_keyboard", [])]
    reply = [[button["text"] for button in row] for row in markup.get("keyboard", [])]
    return {
        "keyboard": inline or None,
        "reply_keyboard": reply or None,
        "remove_keyboard": bool(markup.get("remove_keyboard")),
    }


def _button(button: Json) -> Json:
    if "url" in button:
        return {"text": button["text"], "url": button["url"]}
    return {"text": button["text"], "data": button.get("callback_data", "")}


def file_url(file: StoredFile) -> str:
    return f"/playground/file/{quote(file.id)}"


def _iso(timestamp: int) -> str:
    return datetime.fromtimestamp(timestamp, UTC).isoformat()
