"""What a person is in the middle of saying: a conversation's scene and draft, kept as a row."""

from datetime import datetime

from msgspec import Struct

from branch.people.model import TelegramId


class Talk(Struct, frozen=True, kw_only=True):
    """One open conversation of one person.

    `draft` is JSON; `prompt_id` the message that carries the buttons of the present scene, so that
    an older message's buttons are recognised; `version` counts the writes, 0 before the first.
    """

    telegram_id: TelegramId
    name: str
    scene: str
    draft: str
    prompt_id: int | None
    opened_at: datetime
    version: int = 0


class TalkMovedOn(Exception):
    """Another process has written this conversation since it was read."""
