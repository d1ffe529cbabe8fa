"""What is neither a question nor a known command: each gets a sensible word, nothing is ignored."""

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from branch.outbox.service import PostOffice
from branch.people.register import Register
from handlers.conversation import Conversations, Handler
from handlers.incoming import message_of, text_of
from handlers.replies import Say
from handlers.visit import Context

_PRIVATE = filters.ChatType.PRIVATE
_KINDS = (
    ("voice", filters.VOICE | filters.AUDIO | filters.VIDEO_NOTE),
    ("sticker", filters.Sticker.ALL | filters.ANIMATION | filters.Dice.ALL),
    ("picture", filters.PHOTO | filters.VIDEO),
    ("file", filters.Document.ALL),
    ("place", filters.LOCATION | filters.CONTACT | filters.VENUE),
)


class OddsAndEnds:
    def __init__(
        self,
        *,
        conversations: Conversations,
        register: Register,
        post_office: PostOffice,
        say: Say,
    ) -> None:
        self._conversations = conversations
        self._register = register
        self._post_office = post_office
        self._say = say

    def first_handlers(self) -> list[Handler]:
        """Those that come before everything else, whatever conversation is open."""
        return [
            CommandHandler("cancel", self.cancel),
            ChatMemberHandler(self.door, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.StatusUpdate.MIGRATE, self.moved_house),
        ]

    def last_handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.yesterdays_tap),
            MessageHandler(_PRIVATE & filters.COMMAND, self.unknown_command),
            MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, self.not_text),
            # service messages, channels, polls: nobody waits for a word about them
            TypeHandler(Update, _pass_over),
        ]

    async def cancel(self, update: Update, context: Context) -> None:
        talk = context.visit.talk
        if talk is None:
            await self._say(update, "cancel/nothing")
            return
        talk.closed = True
        await self._say(update, "cancel/left")
        await self._conversations.show_again(update, context, anew=True)

    async def yesterdays_tap(self, update: Update, context: Context) -> None:
        """A button used before, of a form that is over, or forged."""
        if context.visit.private:
            await self._say.toast(update, "toast.used_button")
        else:
            await self._say.acknowledge(update)

    async def unknown_command(self, update: Update, context: Context) -> None:
        await self._say(update, "odds/unknown_command", command=text_of(update).split()[0][:32])
        await self._conversations.show_again(update, context)

    async def not_text(self, update: Update, context: Context) -> None:
        kind = next((name for name, each in _KINDS if each.check_update(update)), "other")
        await self._say(update, "odds/not_text", kind=kind)
        await self._conversations.show_again(update, context)

    async def door(self, update: Update, context: Context) -> None:
        """Somebody blocked us, or let us in again; or we came into a group."""
        change, visit = update.my_chat_member, context.visit
        assert change is not None
        inside = change.new_chat_member.status not in ("kicked", "left")
        if visit.private and visit.person is not None:
            if inside:
                await self._post_office.welcome_back(visit.person.id, now=visit.moment)
            else:
                await self._register.unreachable(visit.person, now=visit.moment)
        elif not visit.private and inside:
            await self._post_office.welcome_back_in(change.chat.id, now=visit.moment)
        if not visit.private and inside and change.old_chat_member.status in ("kicked", "left"):
            await self._say(update, "groups/hello", username=update.get_bot().username)

    async def moved_house(self, update: Update, context: Context) -> None:
        """A group has become another: letters for it follow."""
        message = message_of(update)
        before = message.migrate_from_chat_id or message.chat_id
        now = message.migrate_to_chat_id or message.chat_id
        await self._post_office.moved(before, now)


async def _pass_over(update: Update, context: Context) -> None:
    """Nothing to say."""
