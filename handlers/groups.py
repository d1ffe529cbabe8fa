"""In a group the bot speaks only when spoken to, shortly, and points to the private chat."""

import asyncio
import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from telegram import Message, Update
from telegram.constants import MessageEntityType
from telegram.ext import MessageHandler, filters

from branch.guidance.model import BoundaryKind, Entry
from branch.guidance.replies import Answered, Choices, OutOfBounds, Part, Reply
from branch.guidance.service import GuidanceLibrary
from handlers.answers import Answers
from handlers.conversation import Handler
from handlers.incoming import message_of, text_of
from handlers.replies import Say
from handlers.visit import Context, current_visit
from texts.language import Language

_ASK = re.compile(r"^/ask(?:\s+|$)")


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
        question = _question(text_of(update), username)
        if not question or question.startswith("/"):
            await self._say(update, "groups/in_private", username=username)
            return
        visit = context.visit
        visit.spoken = Language.of_question(question, visit.language)
        # aside: other people are heard while the search weighs this one
        parts = await asyncio.to_thread(self._parts, question)
        await self._answer(update, _to_answer(parts), more=len(parts) > 1)

    def _parts(self, question: str) -> Sequence[Part]:
        visit = current_visit()
        today = visit.moment.astimezone(self._zone).date()
        return self._library.hear(question, language=visit.language, on=today)

    async def _answer(self, update: Update, reply: Reply, *, more: bool) -> None:
        bot = update.get_bot()
        match reply:
            case Answered(entry=entry):
                text = self._answers.short(entry, _link(bot.link, entry), more=more)
                await self._say.html(update, text)
            case Choices(entries=(likeliest, *_)):
                question = likeliest.question(current_visit().language)
                link = _link(bot.link, likeliest)
                await self._say(
                    update, "groups/likeliest", question=question, link=link, username=bot.username
                )
            case OutOfBounds(kind=BoundaryKind.DESPAIR):
                await self._say(update, "groups/despair", username=bot.username)
            case OutOfBounds(kind=BoundaryKind.SMALLTALK, asks=asks):
                await self._say(update, f"boundaries/smalltalk{f'_{asks}' if asks else ''}")
            case OutOfBounds(kind=BoundaryKind.PERSONAL):
                await self._say(update, "groups/in_private", username=bot.username)
            case OutOfBounds():
                await self._say(update, "groups/off_topic")
            case _:
                await self._say(update, "groups/in_private", username=bot.username)


def _question(text: str, username: str) -> str:
    """What is asked, without our name and the command that says it is asked."""
    named = re.compile(re.escape(f"@{username}"), re.IGNORECASE)
    return _ASK.sub("", named.sub("", text).strip()).strip()


def _to_answer(parts: Sequence[Part]) -> Reply:
    """One reply is enough in a group: despair before all, then what is surely answered."""
    replies = [part.reply for part in parts]
    return min(replies, key=_rank)


def _rank(reply: Reply) -> int:
    match reply:
        case OutOfBounds(kind=BoundaryKind.DESPAIR):
            return 0
        case Answered():
            return 1
        case Choices():
            return 2
        case _:
            return 3


def _link(bot_link: str, entry: Entry) -> str:
    return f"{bot_link}?start=entry_{entry.slug}"


def _spoken_to(message: Message, username: str, bot_id: int) -> bool:
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot_id:
        return True
    mentions = message.parse_entities([MessageEntityType.MENTION, MessageEntityType.BOT_COMMAND])
    return any(f"@{username}".lower() in mention.lower() for mention in mentions.values())
