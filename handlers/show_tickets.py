"""Tickets to look at: one's own under /tickets, and for members those that wait under /desk."""

import contextlib
from collections.abc import Sequence
from datetime import datetime

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.errors import NotAllowed
from branch.people.model import Person
from branch.tickets.asking import QuestionBox
from branch.tickets.errors import TicketGone
from branch.tickets.looking import SHOWN, TicketShelf
from branch.tickets.model import Ticket, TicketId
from branch.tickets.records import Sought, Which
from branch.tickets.service import TicketDesk
from branch.tickets.thread import Line, Side, latest
from handlers.buttons import (
    AskMember,
    CloseTicket,
    Row,
    ShowDesk,
    ShowMenu,
    ShowTicket,
    ShowTickets,
    TakeTicket,
    keyboard,
)
from handlers.conversation import Handler
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.visit import Context


class ShowsTickets:
    def __init__(
        self,
        *,
        box: QuestionBox,
        desk: TicketDesk,
        shelf: TicketShelf,
        strangers: Strangers,
        say: Say,
    ) -> None:
        self._box = box
        self._desk = desk
        self._shelf = shelf
        self._strangers = strangers
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("tickets", self.mine),
            CommandHandler("desk", self.desk),
            CallbackQueryHandler(self.mine, ShowTickets.matches),
            CallbackQueryHandler(self.desk, ShowDesk.matches),
            CallbackQueryHandler(self.one, ShowTicket.matches),
            CallbackQueryHandler(self.close, CloseTicket.matches),
        ]

    async def mine(self, update: Update, context: Context) -> None:
        person = context.visit.person
        if person is None:
            await self._strangers.invite_in(update)
            return
        tickets, _ = await self._box.mine(person)
        rows = self._each(tickets)
        ask = (self._say.label("button.ask_a_member"), AskMember(0, 0))
        rows.append([ask, (self._say.label("button.menu"), ShowMenu())])
        await self._say(
            update, "tickets/mine", keyboard=keyboard(*rows), tickets=self._lines(tickets)
        )

    async def desk(self, update: Update, context: Context) -> None:
        visit = context.visit
        page = ShowDesk.tapped(update).page if update.callback_query else 0
        if visit.person is None:
            await self._say(update, "roles/not_allowed")
            return
        try:
            tickets, count = await self._shelf.found(
                visit.person, Sought(which=Which.WAITING), page=page, now=visit.moment
            )
        except NotAllowed:
            await self._say(update, "roles/not_allowed")
            return
        rows = self._each(tickets)
        rows.append(self._turning(page, count))
        rows.append([(self._say.label("button.menu"), ShowMenu())])
        await self._say(
            update,
            "tickets/desk",
            keyboard=keyboard(*rows),
            tickets=self._lines(tickets),
            count=count,
        )

    async def one(self, update: Update, context: Context) -> None:
        number = TicketId(ShowTicket.tapped(update).ticket)
        await self._show(update, context.visit.person, number, context.visit.moment)

    async def close(self, update: Update, context: Context) -> None:
        visit, number = context.visit, TicketId(CloseTicket.tapped(update).ticket)
        if visit.person is not None:
            try:
                await self._box.close(visit.person, number, now=visit.moment)
            except TicketGone:
                with contextlib.suppress(NotAllowed, TicketGone):
                    await self._desk.close(visit.person, number, now=visit.moment)
        await self._show(update, visit.person, number, visit.moment)

    async def _show(
        self, update: Update, person: Person | None, number: TicketId, now: datetime
    ) -> None:
        seen = None if person is None else await self._seen(person, number, now)
        if seen is None:
            await self._say(update, "tickets/gone")
            return
        ticket, lines, own = seen
        label = self._say.label
        rows: list[Row] = []
        if ticket.waits and not own:
            rows.append([(label("button.answer_ticket"), TakeTicket(ticket.id))])
        back = ShowTickets() if own else ShowDesk(0)
        if ticket.waits:
            rows.append([(label("button.close_ticket"), CloseTicket(ticket.id))])
        rows.append([(label("button.back"), back)])
        await self._say(
            update,
            "tickets/ticket",
            keyboard=keyboard(*rows),
            ticket=ticket,
            lines=latest([line for line in lines if line.side is not Side.NOTE]),
            state=label(f"ticket.{ticket.state}"),
            own=own,
        )

    async def _seen(
        self, person: Person, number: TicketId, now: datetime
    ) -> tuple[Ticket, Sequence[Line], bool] | None:
        """A ticket with what was said in it, and whether it is the person's own."""
        with contextlib.suppress(TicketGone):
            return *await self._box.show(person, number), True
        with contextlib.suppress(NotAllowed, TicketGone):
            seen = await self._shelf.show(person, number, now=now)
            return seen.ticket, seen.lines, False
        return None

    def _each(self, tickets: Sequence[Ticket]) -> list[Row]:
        buttons = [(f"#{each.id}", ShowTicket(each.id)) for each in tickets]
        return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]

    def _lines(self, tickets: Sequence[Ticket]) -> list[tuple[Ticket, str]]:
        return [(each, self._say.label(f"ticket.{each.state}")) for each in tickets]

    def _turning(self, page: int, count: int) -> Row:
        row: list[tuple[str, ShowDesk]] = []
        if page:
            row.append((self._say.label("button.page_before"), ShowDesk(page - 1)))
        if count > (page + 1) * SHOWN:
            row.append((self._say.label("button.page_after"), ShowDesk(page + 1)))
        return row
