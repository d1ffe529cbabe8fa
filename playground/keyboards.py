"""The buttons below a message or below the typing field, checked as the Bot API checks them."""

import json
import re
from typing import Any, Final

from playground.errors import BadRequest
from playground.model import Json

_LONGEST_DATA: Final = 64
_MOST_BUTTONS: Final = 100
_WIDEST_ROW: Final = 8
_LINK: Final = re.compile(r"(?:(?:https?|tg)://)?[^\s]+\.?[^\s]*", re.IGNORECASE)


def markup_from(given: object) -> Json | None:
    """The markup of a call, or None for none; raises BadRequest."""
    if given is None or given == "":
        return None
    value = _parsed(given) if isinstance(given, str) else given
    if not isinstance(value, dict):
        raise BadRequest("object expected as reply markup")
    if value.get("keyboard"):
        return {**value, "keyboard": [_reply_row(row) for row in _rows(value, "keyboard")]}
    if value.get("inline_keyboard") is not None:
        return _inline(value)
    if value.get("remove_keyboard"):
        return {"remove_keyboard": True}
    return {"force_reply": True} if value.get("force_reply") else None


def inline_only(markup: Json | None) -> Json | None:
    """The markup for an edit, which takes inline keyboards alone."""
    if markup is not None and "inline_keyboard" not in markup:
        raise BadRequest("inline keyboard expected")
    return markup


def has_button(markup: Json | None, data: str) -> bool:
    rows = (markup or {}).get("inline_keyboard", [])
    return any(button.get("callback_data") == data for row in rows for button in row)


def _parsed(given: str) -> object:
    try:
        return json.loads(given)
    except (ValueError, RecursionError):
        raise BadRequest("can't parse reply keyboard markup JSON object") from None


def _rows(value: Json, field: str) -> list[list[Any]]:
    rows = value[field]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        of_what = " of the InlineKeyboardMarkup" if field == "inline_keyboard" else ""
        raise BadRequest(f'field "{field}"{of_what} must be an Array of Arrays')
    return rows


def _reply_row(row: list[Any]) -> list[Json]:
    return [_reply_button(button) for button in row]


def _reply_button(button: object) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise BadRequest(
            "can't parse keyboard button: KeyboardButton must be a String or an Object"
        )
    if not str(button.get("text", "")).strip():
        raise BadRequest("keyboard button text must be non-empty")
    return {**button, "text": str(button["text"])}


def _inline(value: Json) -> Json | None:
    rows = [[_inline_button(button) for button in row] for row in _rows(value, "inline_keyboard")]
    rows = [row for row in rows if row]
    if sum(map(len, rows)) > _MOST_BUTTONS:
        raise BadRequest("reply markup is too long")
    if any(len(row) > _WIDEST_ROW for row in rows):
        raise BadRequest("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _inline_button(button: object) -> Json:
    if not isinstance(button, dict):
        raise BadRequest(
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        )
    if "text" not in button:
        raise BadRequest("can't parse inline keyboard button: Can't find field \"text\"")
    text = str(button["text"])
    if not text.strip():
        raise BadRequest("inline keyboard button text must be non-empty")
    kind, told = _doing(button)
    return {"text": text, kind: told}


def _doing(button: Json) -> tuple[str, Any]:
    """What a tap on the button does: the field that says so, and its value."""
    if url := button.get("url"):
        return "url", _link(str(url))
    if data := button.get("callback_data"):
        if len(str(data).encode("utf-8", "surrogatepass")) > _LONGEST_DATA:
            raise BadRequest("BUTTON_DATA_INVALID")
        return "callback_data", str(data)
    for field in ("switch_inline_query", "switch_inline_query_current_chat", "copy_text"):
        if field in button:
            return field, button[field]
    raise BadRequest(
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    )


def _link(url: str) -> str:
    if not _LINK.fullmatch(url) or ("://" not in url and "." not in url):
        raise BadRequest(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if "://" in url:
        return url
    return f"http://{url}" if "/" in url else f"http://{url}/"
