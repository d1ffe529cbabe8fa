"""What a member does with a ticket by a tap: passes it on, puts it aside, marks it, mutes."""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.people.model import Person, PersonId
from branch.tickets.declining import Declining
from branch.tickets.looking import TicketShelf
from branch.tickets.model import Subject, TicketId
from branch.tickets.muting import Muting
from branch.tickets.service import TicketDesk
from handlers.buttons import Row, ShowTicket, keyboard
from handlers.conversation import Handler
from handlers.desk_card import DeskCard
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import (
    DeclineTicket,
    MarkUrgent,
    Mute,
    PickMember,
    PickMute,
    PickSnooze,
    PickSubjectOf,
    SetSubject,
    ShowEarlier,
    ShowHistory,
    Snooze,
    TransferTo,
)
from handlers.visit import Context

SNOOZES: Final = (3, 24, 72, 168)
MUTES: Final = (1, 24, 168)
_MOST_SHOWN: Final = 20


class DeskDeeds:
    def __init__(
        self,
        *,
        desk: TicketDesk,
        shelf: TicketShelf,
        declining: Declining,
        muting: Muting,
        card: DeskCard,
        refusals: Refusals,
        say: Say,
    ) -> None:
        self._desk = desk
        self._shelf = shelf
        self._declining = declining
        self._muting = muting
        self._card = card
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        return [
            CallbackQueryHandler(self.pick_member, PickMember.matches),
            CallbackQueryHandler(self.transfer, TransferTo.matches),
            CallbackQueryHandler(self.pick_snooze, PickSnooze.matches),
            CallbackQueryHandler(self.snooze, Snooze.matches),
            CallbackQueryHandler(self.decline, DeclineTicket.matches),
            CallbackQueryHandler(self.mark_urgent, MarkUrgent.matches),
            CallbackQueryHandler(self.pick_subject, PickSubjectOf.matches),
            CallbackQueryHandler(self.set_subject, SetSubject.matches),
            CallbackQueryHandler(self.pick_mute, PickMute.matches),
            CallbackQueryHandler(self.mute, Mute.matches),
            CallbackQueryHandler(self.history, ShowHistory.matches),
            CallbackQueryHandler(self.earlier, ShowEarlier.matches),
        ]

    async def pick_member(self, update: Update, context: Context) -> None:
        person, number = context.visit.person, PickMember.tapped(update).ticket
        if person is None:
            return
        looking = self._shelf.colleagues(person, now=context.visit.moment)
        colleagues = await self._refusals.or_why(update, looking)
        if colleagues is None:
            return
        buttons = [(each.name, TransferTo(number, each.id)) for each in colleagues[:_MOST_SHOWN]]
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        rows.append(self._back(number))
        await self._say(
            update,
            "tickets/transfer",
            keyboard=keyboard(*rows),
            number=number,
            alone=not colleagues,
        )

    async def transfer(self, update: Update, context: Context) -> None:
        person, tap = context.visit.person, TransferTo.tapped(update)
        if person is not None:
            number, to = TicketId(tap.ticket), PersonId(tap.member)
            deed = self._desk.transfer(person, number, to, now=context.visit.moment)
            await self._done(update, person, number, deed)

    async def pick_snooze(self, update: Update, context: Context) -> None:
        number, label = PickSnooze.tapped(update).ticket, self._say.label
        buttons = [(label(f"later.{hours}"), Snooze(number, hours)) for hours in SNOOZES]
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        await self._say(
            update, "tickets/snooze", keyboard=keyboard(*rows, self._back(number)), number=number
        )

    async def snooze(self, update: Update, context: Context) -> None:
        visit, tap = context.visit, Snooze.tapped(update)
        if visit.person is not None and tap.hours in SNOOZES:
            number, until = TicketId(tap.ticket), visit.moment + timedelta(hours=tap.hours)
            deed = self._desk.snooze(visit.person, number, until=until, now=visit.moment)
            await self._done(update, visit.person, number, deed)

    async def decline(self, update: Update, context: Context) -> None:
        person, number = context.visit.person, TicketId(DeclineTicket.tapped(update).ticket)
        if person is None:
            return
        declining = self._declining.decline(person, number, now=context.visit.moment)
        told = await self._refusals.or_why(update, declining, number=number)
        if told is not None:
            rows = keyboard([(self._say.label("button.look_at_ticket"), ShowTicket(number))])
            await self._say(
                update, "tickets/declined", keyboard=rows, number=number, told=bool(told)
            )

    async def mark_urgent(self, update: Update, context: Context) -> None:
        visit, tap = context.visit, MarkUrgent.tapped(update)
        if visit.person is not None:
            number = TicketId(tap.ticket)
            deed = self._desk.mark(visit.person, number, urgent=bool(tap.urgent), now=visit.moment)
            await self._done(update, visit.person, number, deed)

    async def pick_subject(self, update: Update, context: Context) -> None:
        number, label = PickSubjectOf.tapped(update).ticket, self._say.label
        buttons = [(label(f"subject.{each}"), SetSubject(number, each)) for each in Subject]
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        await self._say(update, "tickets/subject", keyboard=keyboard(*rows, self._back(number)))

    async def set_subject(self, update: Update, context: Context) -> None:
        visit, tap = context.visit, SetSubject.tapped(update)
        if visit.person is not None:
            number = TicketId(tap.ticket)
            deed = self._desk.mark(visit.person, number, subject=tap.subject, now=visit.moment)
            await self._done(update, visit.person, number, deed)

    async def pick_mute(self, update: Update, context: Context) -> None:
        visit, number = context.visit, TicketId(PickMute.tapped(update).ticket)
        if visit.person is None:
            return
        looking = self._muting.muted_until(visit.person, number, now=visit.moment)
        try_it = self._until(looking)
        until = await self._refusals.or_why(update, try_it, number=number)
        if until is None:
            return
        label = self._say.label
        buttons = [(label(f"later.{hours}"), Mute(number, hours)) for hours in MUTES]
        if until[0]:
            buttons.append((label("button.unmute"), Mute(number, 0)))
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        await self._say(
            update,
            "tickets/mute",
            keyboard=keyboard(*rows, self._back(number)),
            number=number,
            until=until[0],
        )

    async def mute(self, update: Update, context: Context) -> None:
        visit, tap = context.visit, Mute.tapped(update)
        if visit.person is None or tap.hours not in (0, *MUTES):
            return
        number = TicketId(tap.ticket)
        deed: Awaitable[object]
        if tap.hours:
            span = timedelta(hours=tap.hours)
            deed = self._muting.mute(visit.person, number, span=span, reason="", now=visit.moment)
        else:
            deed = self._muting.unmute(visit.person, number, now=visit.moment)
        await self._done(update, visit.person, number, deed)

    async def history(self, update: Update, context: Context) -> None:
        visit, number = context.visit, TicketId(ShowHistory.tapped(update).ticket)
        if visit.person is None:
            return
        looking = self._shelf.history(visit.person, number, now=visit.moment)
        events = await self._refusals.or_why(update, looking, number=number)
        if events is not None:
            label = self._say.label
            await self._say(
                update,
                "tickets/history",
                keyboard=keyboard(self._back(number)),
                number=number,
                events=[(each, label(f"move.{each.move}")) for each in events[-_MOST_SHOWN:]],
            )

    async def earlier(self, update: Update, context: Context) -> None:
        visit, number = context.visit, TicketId(ShowEarlier.tapped(update).ticket)
        if visit.person is None:
            return
        looking = self._shelf.earlier(visit.person, number, now=visit.moment)
        tickets = await self._refusals.or_why(update, looking, number=number)
        if tickets is not None:
            buttons = [(f"#{each.id}", ShowTicket(each.id)) for each in tickets]
            rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
            await self._say(
                update,
                "tickets/earlier",
                keyboard=keyboard(*rows, self._back(number)),
                number=number,
                tickets=[(each, self._say.label(f"ticket.{each.state}")) for each in tickets],
            )

    async def _done(
        self, update: Update, person: Person, number: TicketId, deed: Awaitable[object]
    ) -> None:
        """Do it and show the ticket as it is then."""
        if await self._refusals.or_why(update, _truly(deed), number=number):
            await self._card.show(update, person, number)

    async def _until(self, looking: Awaitable[object]) -> tuple[object]:
        return (await looking,)

    def _back(self, number: int) -> Row:
        return [(self._say.label("button.back"), ShowTicket(number))]


async def _truly(deed: Awaitable[object]) -> bool:
    """Done, whatever it gives back."""
    await deed
    return True
