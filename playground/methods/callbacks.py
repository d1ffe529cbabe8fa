"""Answers to taps on inline buttons."""

from typing import Final

from msgspec.structs import replace

from playground import utf16
from playground.errors import BadRequest
from playground.methods.registry import Methods
from playground.model import Tap, Toast
from playground.params import Params
from playground.state import TAP_LIFETIME
from playground.world import World

_LONGEST_ANSWER: Final = 200


def answer_callback_query(world: World, params: Params) -> bool:
    """Show the answer to who tapped; a second answer is taken and not shown."""
    text = params.text("text")
    tap = world.taps.get(params.text("callback_query_id"))
    if tap is None or world.clock.timestamp() - tap.at > TAP_LIFETIME:
        raise BadRequest("query is too old and response timeout expired or query ID is invalid")
    if utf16.length(text) > _LONGEST_ANSWER:
        raise BadRequest("MESSAGE_TOO_LONG")
    url = params.text("url")
    if url and not url.lower().startswith(f"https://t.me/{world.bot_username}?start=".lower()):
        raise BadRequest("URL_INVALID")
    if not tap.answered:
        world.taps[tap.id] = replace(tap, answered=True)
        _show(world, tap, Toast(text=text, alert=params.flag("show_alert"), url=url))
    return True


def _show(world: World, tap: Tap, toast: Toast) -> None:
    world.toasts_of[tap.person_id].append(toast)
    if world.is_heard:
        who = {"person_id": tap.person_id, "chat_id": tap.chat_id}
        world.tell({"type": "toast", **who, "text": toast.text, "alert": toast.alert})
        if toast.url:
            world.tell({"type": "link", **who, "url": toast.url})
        world.tell({"type": "tap_answered", **who, "message_id": tap.message_id})


METHODS: Methods = {"answerCallbackQuery": answer_callback_query}
