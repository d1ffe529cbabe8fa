"""In a group the bot speaks only when spoken to: mentioned, or replied to."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from telegram import Message, Update
from telegram.constants import MessageEntityType
from telegram.ext import MessageHandler, filters

from branch.guidance.replies import Answered
from branch.guidance.service import GuidanceLibrary
from handlers.answers import Answers
from handlers.conversation import Handler
from handlers.incoming import message_of, text_of
from handlers.replies import Say
from handlers.visit import Context


class Groups:
    def __init__(
        self, *, library: GuidanceLibrary, answers: Answers, zone: ZoneInfo, say: Say
    ) -> None:
        self._library = library
        self._answers = answers
        self._zone = zone
        self._say = say

    def handlers(self) -> list[Handler]:
        group_text = filters.ChatType.GROUPS & filters.TEXT & filters.UpdateType.MESSAGE
        return [MessageHandler(group_text, self.hear)]

    async def hear(self, update: Update, context: Context) -> None:
        message, username = message_of(update), update.get_bot().username
        if not _spoken_to(message, username, update.get_bot().id):
            return
        question = text_of(update).replace(f"@{username}", "").strip()
        if not question or question.startswith("/"):
            await self._say(update, "groups/in_private", username=username)
            return
        reply = self._library.ask(
            question, language=context.visit.language, on=self._today(context.visit.moment)
        )
        if isinstance(reply, Answered):
            await self._answers.show_short(update, reply.entry.slug)
        else:
            await self._say(update, "groups/in_private", username=username)

    def _today(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()


def _spoken_to(message: Message, username: str, bot_id: int) -> bool:
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot_id:
        return True
    mentions = message.parse_entities([MessageEntityType.MENTION, MessageEntityType.BOT_COMMAND])
    return any(f"@{username}".lower() in mention.lower() for mention in mentions.values())
