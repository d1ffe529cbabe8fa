"""The sign at the door as a message: a picture that changes by itself while the door is open."""

import asyncio
import logging
from datetime import tzinfo
from typing import Any, Final

from telegram.error import TelegramError
from telegram.ext import ExtBot

from branch.outbox.kinds import Lane
from branch.theme_days.door import DoorSign
from handlers.buttons import Keyboard, keyboard
from handlers.packing import Way, repaint
from handlers.theme_day_buttons import ShowAttendance, ShowDayDeeds
from texts.language import Language
from texts.renderer import Texts

log = logging.getLogger(__name__)

ENTER: Final = "in_"


class DoorCards:
    def __init__(self, bot: ExtBot[Any], texts: Texts, zone: tzinfo) -> None:
        self._bot = bot
        self._texts = texts
        self._zone = zone

    async def picture(self, sign: DoorSign, language: Language) -> bytes:
        from branch.theme_days.door_picture import door_sign  # noqa: PLC0415 -- only on theme days, and it takes a while to load

        label = self._texts.label
        return await asyncio.to_thread(
            door_sign,
            title=sign.day.plan.title,
            link=f"{self._bot.link}?start={ENTER}{sign.day.id}_{sign.code}",
            code=sign.code,
            scan=label("door.scan", language),
            until=label("door.until", language, at=f"{sign.until.astimezone(self._zone):%H:%M}"),
        )

    def keyboard(self, sign: DoorSign, language: Language) -> Keyboard | None:
        label, day = self._texts.label, sign.day.id
        return keyboard(
            [
                (label("button.attendance", language), ShowAttendance(day)),
                (label("button.back", language), ShowDayDeeds(day)),
            ]
        )

    async def turn(self, sign: DoorSign, chat: int, message: int, language: Language) -> None:
        """Show what stands there now; a message that is gone is left alone."""
        caption = self._texts.render("themedays/door", language, plan=sign.day.plan, came=sign.came)
        way = Way(chat=chat, silently=True, lane=Lane.PROMPT)
        picture = await self.picture(sign, language)
        try:
            await repaint(self._bot, way, message, picture, caption, self.keyboard(sign, language))
        except TelegramError as error:
            log.warning("the sign at a door was not changed: %s", error.message)
