"""The desk in a member's private chat: what waits, what is theirs, what is late, by subject."""

from collections.abc import Sequence

from msgspec.structs import replace
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.people.model import Person
from branch.tickets.looking import SHOWN, TicketShelf
from branch.tickets.model import Subject, Ticket
from branch.tickets.records import Sought, Which
from handlers.buttons import Button, Row, ShowDesk, ShowMenu, ShowTicket, keyboard
from handlers.conversation import Handler
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import (
    Purpose,
    ShowCanned,
    ShowList,
    ShowSubject,
    ShowSubjects,
    View,
    WriteFor,
)
from handlers.visit import Context

_WHICH = {
    View.WAITING: Which.WAITING,
    View.NEW: Which.NEW,
    View.MINE: Which.WAITING,
    View.OVERDUE: Which.OVERDUE,
    View.SNOOZED: Which.SNOOZED,
    View.ANSWERED: Which.ANSWERED,
    View.CLOSED: Which.CLOSED,
}
_COUNTED = (View.NEW, View.MINE, View.OVERDUE)


class Desk:
    def __init__(self, *, shelf: TicketShelf, refusals: Refusals, say: Say) -> None:
        self._shelf = shelf
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CommandHandler("desk", self.waiting),
            CallbackQueryHandler(self.waiting, ShowDesk.matches),
            CallbackQueryHandler(self.view, ShowList.matches),
            CallbackQueryHandler(self.subjects, ShowSubjects.matches),
            CallbackQueryHandler(self.subject, ShowSubject.matches),
        ]

    async def waiting(self, update: Update, context: Context) -> None:
        page = ShowDesk.tapped(update).page if update.callback_query else 0
        await self._list(update, context, View.WAITING, page)

    async def view(self, update: Update, context: Context) -> None:
        tap = ShowList.tapped(update)
        await self._list(update, context, tap.view, tap.page)

    async def subjects(self, update: Update, context: Context) -> None:
        label = self._say.label
        buttons = [(label(f"subject.{each}"), ShowSubject(each, 0)) for each in Subject]
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        rows.append([(label("button.back"), ShowDesk(0))])
        await self._say(update, "tickets/desk_subjects", keyboard=keyboard(*rows))

    async def subject(self, update: Update, context: Context) -> None:
        tap = ShowSubject.tapped(update)
        sought = Sought(which=Which.WAITING, subject=tap.subject)
        title = self._say.label(f"subject.{tap.subject}")
        turn = [ShowSubject(tap.subject, tap.page - 1), ShowSubject(tap.subject, tap.page + 1)]
        await self._show(update, context, sought, title, tap.page, turn)

    async def found(self, update: Update, context: Context, words: str) -> None:
        """What holds these words, of all tickets; the first page, since a search can be finer."""
        title = self._say.label("desk.search", words=words)
        await self._show(update, context, Sought(which=Which.ALL, words=words), title, 0, [])

    async def _list(self, update: Update, context: Context, view: View, page: int) -> None:
        turn = [ShowList(view, page - 1), ShowList(view, page + 1)]
        sought = Sought(which=_WHICH[view])
        if view is View.MINE and context.visit.person is not None:
            sought = replace(sought, member=context.visit.person.id)
        title = "" if view is View.WAITING else self._say.label(f"desk.{view}")
        await self._show(update, context, sought, title, page, turn)

    async def _show(
        self,
        update: Update,
        context: Context,
        sought: Sought,
        title: str,
        page: int,
        turn: Sequence[Button],
    ) -> None:
        person, now = context.visit.person, context.visit.moment
        if person is None:
            await self._say(update, "roles/not_allowed")
            return
        finding = self._shelf.found(person, sought, page=page, now=now)
        found = await self._refusals.or_why(update, finding)
        if found is None:
            return
        tickets, count = found
        rows = [*self._each(tickets), self._turning(page, count, turn)]
        rows += await self._views(person, context, home=not title)
        await self._say(
            update,
            "tickets/desk",
            keyboard=keyboard(*rows),
            title=title,
            tickets=[(each, self._state(each, context)) for each in tickets],
            count=count,
            more=count - page * SHOWN - len(tickets),
        )

    async def _views(self, person: Person, context: Context, *, home: bool) -> list[Row]:
        label = self._say.label
        if not home:
            return [[(label("button.back"), ShowDesk(0))]]
        buttons: list[tuple[str, Button]] = []
        for view in _COUNTED:
            mine = person.id if view is View.MINE else None
            sought = Sought(which=_WHICH[view], member=mine)
            count = await self._shelf.count(person, sought, now=context.visit.moment)
            buttons.append((label(f"desk.{view}_count", count=count), ShowList(view, 0)))
        buttons += [
            (label("button.by_subject"), ShowSubjects()),
            (label("desk.snoozed"), ShowList(View.SNOOZED, 0)),
            (label("desk.answered"), ShowList(View.ANSWERED, 0)),
            (label("desk.closed"), ShowList(View.CLOSED, 0)),
            (label("button.search"), WriteFor(Purpose.SEARCH, 0)),
            (label("button.canned"), ShowCanned(0)),
        ]
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        return [*rows, [(label("button.menu"), ShowMenu())]]

    def _each(self, tickets: Sequence[Ticket]) -> list[Row]:
        buttons = [(f"#{each.id}", ShowTicket(each.id)) for each in tickets]
        return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]

    def _turning(self, page: int, count: int, turn: Sequence[Button]) -> Row:
        row: list[tuple[str, Button]] = []
        if page and turn:
            row.append((self._say.label("button.page_before"), turn[0]))
        if turn and count > (page + 1) * SHOWN:
            row.append((self._say.label("button.page_after"), turn[1]))
        return row

    def _state(self, ticket: Ticket, context: Context) -> str:
        if ticket.overdue(context.visit.moment):
            return self._say.label("ticket.overdue")
        return self._say.label(f"ticket.{ticket.state}")
