"""A student's own tickets: what became of them, adding, closing, reopening, judging."""

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.model import Person
from branch.tickets.asking import SHOWN, QuestionBox
from branch.tickets.errors import TicketGone
from branch.tickets.model import Ticket, TicketId, TicketState
from branch.tickets.thread import Line, enclosed_in, latest
from handlers.buttons import AskMember, CloseTicket, Row, ShowMenu, ShowTicket, keyboard
from handlers.buttons import ShowTickets as ShowFirst
from handlers.conversation import Handler
from handlers.parts import as_said
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.strangers import Strangers
from handlers.ticket_buttons import (
    AddToTicket,
    RateTicket,
    ReopenTicket,
    ShowFiles,
    ShowMine,
)
from handlers.visit import Context, current_visit


class MyTickets:
    def __init__(
        self, *, box: QuestionBox, strangers: Strangers, refusals: Refusals, say: Say
    ) -> None:
        self._box = box
        self._strangers = strangers
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("tickets", self.list),
            CallbackQueryHandler(self.list, ShowFirst.matches),
            CallbackQueryHandler(self.list, ShowMine.matches),
        ]

    async def list(self, update: Update, context: Context) -> None:
        person = context.visit.person
        if person is None:
            await self._strangers.invite_in(update)
            return
        data = update.callback_query.data if update.callback_query else None
        page = ShowMine.tapped(update).page if ShowMine.matches(data) else 0
        tickets, count = await self._box.mine(person, page=page)
        label = self._say.label
        buttons = [(f"#{each.id}", ShowTicket(each.id)) for each in tickets]
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        rows.append(self._turning(page, count))
        ask = (label("button.ask_a_member"), AskMember(0, 0))
        rows.append([ask, (label("button.menu"), ShowMenu())])
        await self._say(
            update,
            "tickets/mine",
            keyboard=keyboard(*rows),
            tickets=[(each, label(f"ticket.{each.state}")) for each in tickets],
        )

    async def seen(self, person: Person, number: TicketId) -> tuple[Ticket, Sequence[Line]] | None:
        """The ticket and what was said in it, where it is this person's own."""
        try:
            return await self._box.show(person, number)
        except TicketGone:
            return None

    async def show(self, update: Update, ticket: Ticket, lines: Sequence[Line]) -> None:
        label = self._say.label
        shown = latest(lines)
        await self._say(
            update,
            "tickets/ticket",
            keyboard=keyboard(*self._buttons(ticket, lines)),
            ticket=ticket,
            said=as_said(shown, label),
            left_out=len(lines) - len(shown),
            state=label(f"ticket.{ticket.state}"),
            subject=label(f"subject.{ticket.subject}") if ticket.subject else None,
        )

    async def close(self, update: Update, person: Person, number: TicketId) -> None:
        await self._change(update, person, number, reopen=False)

    async def reopen(self, update: Update, person: Person, number: TicketId) -> None:
        await self._change(update, person, number, reopen=True)

    async def _change(
        self, update: Update, person: Person, number: TicketId, *, reopen: bool
    ) -> None:
        deed = self._box.reopen if reopen else self._box.close
        changing = deed(person, number, now=current_visit().moment)
        if await self._refusals.or_why(update, changing) is not None:
            ticket, lines = await self._box.show(person, number)
            await self.show(update, ticket, lines)

    def _buttons(self, ticket: Ticket, lines: Sequence[Line]) -> Sequence[Row]:
        label = self._say.label
        add = (label("button.add_to_ticket"), AddToTicket(ticket.id))
        first: list[tuple[str, AddToTicket | CloseTicket | ReopenTicket | RateTicket]] = [add]
        if ticket.waits:
            first.append((label("button.close_ticket"), CloseTicket(ticket.id)))
        elif ticket.state is TicketState.ANSWERED:
            first.append((label("button.rate"), RateTicket(ticket.id)))
        else:
            first.append((label("button.reopen"), ReopenTicket(ticket.id)))
        rows: list[Row] = [first]
        if ticket.state is TicketState.ANSWERED:
            rows.append([(label("button.close_ticket"), CloseTicket(ticket.id))])
        if enclosed_in(lines):
            rows.append([(label("button.files"), ShowFiles(ticket.id))])
        rows.append([(label("button.back"), ShowFirst())])
        return rows

    def _turning(self, page: int, count: int) -> Row:
        row: list[tuple[str, ShowMine]] = []
        if page:
            row.append((self._say.label("button.page_before"), ShowMine(page - 1)))
        if count > (page + 1) * SHOWN:
            row.append((self._say.label("button.page_after"), ShowMine(page + 1)))
        return row
