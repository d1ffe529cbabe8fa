"""A student says what an answer was worth, 1 to 5, and why if they like."""

from enum import StrEnum

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.tickets.asking import QuestionBox
from branch.tickets.model import BEST, WORST, TicketId
from handlers.buttons import Leave, Row, ShowTickets, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.incoming import text_of
from handlers.refusals import Refusals
from handlers.replies import Say
from handlers.ticket_buttons import AddToTicket, GiveStars, RateTicket, ReopenTicket
from handlers.visit import Context
from texts.telegram_html import units

LONGEST_REASON = 500
POOR = 2
"""So few stars say that it is not settled."""


class Rating(StrEnum):
    STARS = "stars"
    REASON = "reason"


class RatingDraft(Struct):
    ticket: int = 0
    stars: int = 0


class RateTickets:
    def __init__(self, *, box: QuestionBox, refusals: Refusals, say: Say) -> None:
        self._box = box
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        leaving = CallbackQueryHandler(self.leave, Leave.matches)
        stars = CallbackQueryHandler(self.take_stars, GiveStars.matches)
        reason = MessageHandler(
            filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND, self.take_reason
        )
        return Conversation(
            name="rate",
            draft=RatingDraft,
            entries=[CallbackQueryHandler(self.begin, RateTicket.matches)],
            scenes={
                Rating.STARS: Scene(self.ask_for_stars, [stars, leaving]),
                Rating.REASON: Scene(self.ask_for_reason, [reason, stars, leaving]),
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        # the answer below which the button stands is still wanted
        context.visit.anew = True
        if context.visit.person is None:
            return END
        context.visit.draft(RatingDraft).ticket = RateTicket.tapped(update).ticket
        return Rating.STARS

    async def ask_for_stars(self, update: Update, context: Context) -> int:
        number, label = context.visit.draft(RatingDraft).ticket, self._say.label
        buttons = [
            (label(f"stars.{stars}"), GiveStars(number, stars))
            for stars in range(BEST, WORST - 1, -1)
        ]
        rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        rows[-1] = [*rows[-1], (label("button.not_now"), Leave())]
        return await self._say(update, "tickets/rate", keyboard=keyboard(*rows), number=number)

    async def take_stars(self, update: Update, context: Context) -> Outcome:
        draft, tap = context.visit.draft(RatingDraft), GiveStars.tapped(update)
        draft.stars = max(WORST, min(BEST, tap.stars))
        return Rating.REASON if await self._rate(update, context, None) else END

    async def ask_for_reason(self, update: Update, context: Context) -> int:
        draft, label = context.visit.draft(RatingDraft), self._say.label
        buttons = keyboard([(label("button.enough_said"), Leave())])
        return await self._say(
            update, "tickets/why_rated", keyboard=buttons, number=draft.ticket, stars=draft.stars
        )

    async def take_reason(self, update: Update, context: Context) -> Outcome:
        reason = text_of(update)
        if units(reason) > LONGEST_REASON:
            await self._say(update, "tickets/too_long", most=LONGEST_REASON)
            return None
        if await self._rate(update, context, reason):
            await self._thank(update, context)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        if context.visit.draft(RatingDraft).stars:
            await self._thank(update, context)
        else:
            await self._say(update, "cancel/left")
        return END

    async def _rate(self, update: Update, context: Context, reason: str | None) -> bool:
        """Kept at once: who taps a number and goes away has judged."""
        visit = context.visit
        draft = visit.draft(RatingDraft)
        if visit.person is None:
            return False
        rating = self._box.rate(
            visit.person, TicketId(draft.ticket), draft.stars, reason=reason, now=visit.moment
        )
        return await self._refusals.or_why(update, rating) is not None

    async def _thank(self, update: Update, context: Context) -> None:
        draft, label = context.visit.draft(RatingDraft), self._say.label
        rows: list[Row] = [[(label("button.tickets"), ShowTickets())]]
        if draft.stars <= POOR:
            again = (label("button.reopen"), ReopenTicket(draft.ticket))
            rows.insert(0, [(label("button.add_to_ticket"), AddToTicket(draft.ticket)), again])
        await self._say(
            update,
            "tickets/rated",
            keyboard=keyboard(*rows),
            number=draft.ticket,
            poor=draft.stars <= POOR,
        )
