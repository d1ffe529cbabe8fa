"""One ticket: a student's own as a student sees it, any other as a member does."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.people.model import Person, Role
from branch.tickets.asking import QuestionBox
from branch.tickets.looking import TicketShelf
from branch.tickets.model import TicketId
from branch.tickets.service import TicketDesk
from branch.tickets.thread import enclosed_in
from handlers.buttons import CloseTicket, ShowTicket
from handlers.conversation import Handler
from handlers.desk_card import DeskCard
from handlers.my_tickets import MyTickets
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import ReopenTicket, ShowFiles, ShowMore
from handlers.visit import Context, current_visit


class OpenTickets:
    def __init__(
        self,
        *,
        box: QuestionBox,
        desk: TicketDesk,
        shelf: TicketShelf,
        mine: MyTickets,
        card: DeskCard,
        refusals: Refusals,
        say: Say,
    ) -> None:
        self._box = box
        self._desk = desk
        self._shelf = shelf
        self._mine = mine
        self._card = card
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.show, ShowTicket.matches),
            CallbackQueryHandler(self.more, ShowMore.matches),
            CallbackQueryHandler(self.close, CloseTicket.matches),
            CallbackQueryHandler(self.reopen, ReopenTicket.matches),
            CallbackQueryHandler(self.files, ShowFiles.matches),
        ]

    async def show(self, update: Update, context: Context) -> None:
        await self.open(update, TicketId(ShowTicket.tapped(update).ticket))

    async def open(self, update: Update, number: TicketId) -> None:
        person = await self._present(update)
        if person is None:
            return
        own = await self._mine.seen(person, number)
        if own is not None:
            await self._mine.show(update, *own)
        elif person.role.covers(Role.MEMBER):
            await self._card.show(update, person, number)
        else:
            await self._say(update, "tickets/gone")

    async def more(self, update: Update, context: Context) -> None:
        person = await self._present(update)
        if person is not None:
            number = TicketId(ShowMore.tapped(update).ticket)
            await self._card.show(update, person, number, more=True)

    async def close(self, update: Update, context: Context) -> None:
        person, number = await self._present(update), TicketId(CloseTicket.tapped(update).ticket)
        if person is None:
            return
        if await self._mine.seen(person, number) is not None:
            await self._mine.close(update, person, number)
            return
        closing = self._desk.close(person, number, now=context.visit.moment)
        if await self._refusals.or_why(update, closing, number=number) is not None:
            await self._card.show(update, person, number)

    async def reopen(self, update: Update, context: Context) -> None:
        person, number = await self._present(update), TicketId(ReopenTicket.tapped(update).ticket)
        if person is None:
            return
        if await self._mine.seen(person, number) is not None:
            await self._mine.reopen(update, person, number)
            return
        reopening = self._desk.reopen(person, number, now=context.visit.moment)
        if await self._refusals.or_why(update, reopening, number=number) is not None:
            await self._card.show(update, person, number)

    async def files(self, update: Update, context: Context) -> None:
        person, number = await self._present(update), TicketId(ShowFiles.tapped(update).ticket)
        if person is None:
            return
        own = await self._mine.seen(person, number)
        if own is not None:
            lines = own[1]
        else:
            looking = self._shelf.show(person, number, now=context.visit.moment)
            seen = await self._refusals.or_why(update, looking, number=number)
            if seen is None:
                return
            lines = seen.lines
        await self._say.acknowledge(update)
        await self._say.files(update, enclosed_in(lines))

    async def _present(self, update: Update) -> Person | None:
        person = current_visit().person
        if person is None:
            await self._say(update, "tickets/gone")
        return person
