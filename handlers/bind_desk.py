"""The members' group becomes the desk: bound with /bind, and its tickets taken there."""

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.model import Role
from branch.tickets.desk_group import DeskGroup
from branch.tickets.model import TicketId
from branch.tickets.service import TicketDesk
from handlers.buttons import keyboard
from handlers.conversation import Handler
from handlers.incoming import message_of
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import OpenInPrivate, ShowBind, TakeHere, Unbind
from handlers.visit import Context

DEEP_LINK = "ticket_"


class BindDesk:
    def __init__(self, *, group: DeskGroup, desk: TicketDesk, refusals: Refusals, say: Say) -> None:
        self._group = group
        self._desk = desk
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("bind", self.bind),
            CallbackQueryHandler(self.bind, ShowBind.matches),
            CallbackQueryHandler(self.unbind, Unbind.matches),
            CallbackQueryHandler(self.take, TakeHere.matches),
            CallbackQueryHandler(self.open, OpenInPrivate.matches),
        ]

    async def bind(self, update: Update, context: Context) -> None:
        visit = context.visit
        bound = await self._group.bound()
        if visit.person is None or not visit.person.role.covers(Role.SECRETARY):
            await self._say(update, "roles/not_allowed")
            return
        if visit.private:
            buttons = keyboard([(self._say.label("button.unbind"), Unbind())]) if bound else None
            title = bound.title if bound else None
            username = update.get_bot().username
            await self._say(
                update, "tickets/bind_how", keyboard=buttons, title=title, username=username
            )
            return
        chat = message_of(update).chat
        topics = bool(chat.is_forum)
        binding = self._group.bind(
            visit.person,
            chat.id,
            title=chat.title or "",
            has_topics=topics and await self._may_begin_topics(update),
            now=visit.moment,
        )
        done = await self._refusals.or_why(update, binding)
        if done is not None:
            await self._say(
                update,
                "tickets/bound",
                keyboard=keyboard([(self._say.label("button.unbind"), Unbind())]),
                topics=topics,
                has_topics=done.has_topics,
                moved_from=bound.title if bound and bound.telegram_id != chat.id else None,
            )

    async def unbind(self, update: Update, context: Context) -> None:
        person = context.visit.person
        if person is None:
            return
        unbinding = self._group.unbind(person, now=context.visit.moment)
        done = await self._refusals.or_why(update, unbinding, passing=True)
        if done is not None:
            await self._say(update, "tickets/unbound")

    async def take(self, update: Update, context: Context) -> None:
        person, number = context.visit.person, TicketId(TakeHere.tapped(update).ticket)
        if person is None:
            await self._say.toast(update, "toast.members_only", alert=True)
            return
        taking = self._desk.take(person, number, now=context.visit.moment)
        taken = await self._refusals.or_why(update, taking, number=number, passing=True)
        if taken is not None:
            await self._say.toast(update, "toast.yours", number=number)

    async def open(self, update: Update, context: Context) -> None:
        """In the private chat, by a link that only opens what one may see."""
        number = OpenInPrivate.tapped(update).ticket
        await self._say.lead_to(update, f"{update.get_bot().link}?start={DEEP_LINK}{number}")

    async def _may_begin_topics(self, update: Update) -> bool:
        bot, chat = update.get_bot(), message_of(update).chat
        try:
            me = await bot.get_chat_member(chat.id, bot.id)
        except TelegramError:
            return False
        return bool(getattr(me, "can_manage_topics", False))
