"""What somebody who has not agreed yet is told where agreeing comes first."""

from telegram import Update

from handlers.replies import Say


class Strangers:
    def __init__(self, say: Say) -> None:
        self._say = say

    async def invite_in(self, update: Update) -> None:
        await self._say(update, "welcome/first")
