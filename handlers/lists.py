"""Lists of people for notices: a member makes one, whoever opens its link is on it."""

import base64
import binascii
from typing import Final

from telegram import Update

from branch.notices.errors import ListUnknown
from branch.notices.wish_book import WishBook
from branch.people.model import Person
from handlers.buttons import keyboard
from handlers.notice_buttons import ShowWishes
from handlers.replies import Say
from handlers.visit import current_visit

LIST: Final = "list_"


class Lists:
    def __init__(self, book: WishBook, say: Say) -> None:
        self._book = book
        self._say = say

    async def join(self, update: Update, person: Person, code: str) -> None:
        """What a list's link asks for."""
        try:
            tag = _decoded(code)
            await self._book.join(person, tag, now=current_visit().moment)
        except (ListUnknown, binascii.Error, UnicodeDecodeError):
            await self._say(update, "notices/list_unknown")
            return
        buttons = keyboard([(self._say.label("button.notice_wishes"), ShowWishes())])
        await self._say(update, "notices/joined_list", keyboard=buttons, tag=tag)


def link_of(tag: str, bot_link: str) -> str:
    code = base64.urlsafe_b64encode(tag.encode()).decode().rstrip("=")
    return f"{bot_link}?start={LIST}{code}"


def _decoded(code: str) -> str:
    padded = code + "=" * (-len(code) % 4)
    return base64.b64decode(padded, altchars=b"-_", validate=True).decode()
