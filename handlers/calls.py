"""Calls for papers as people see them: which there are, what one asks for, how many have come."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.papers.calls import CallBook, SeenCall
from branch.papers.model import Call, CallId, CallState
from branch.people.model import Role
from handlers.buttons import Button, Keyboard, Row, ShowMenu, keyboard
from handlers.conversation import Handler
from handlers.decision_buttons import ShowDecisions
from handlers.notice_refusals import whoever
from handlers.paper_buttons import (
    AnnounceCall,
    ChangeCall,
    CloseCall,
    CloseCallForCertain,
    HandIn,
    OpenCall,
    ShowCall,
    ShowCalls,
    ShowTable,
)
from handlers.paper_refusals import PaperRefusals
from handlers.replies import Say
from handlers.review_buttons import ShowReviews, StartReview
from handlers.strangers import Strangers
from handlers.visit import Context, current_visit

CALL = "call_"
"""What a link begins with that leads to a call."""
_TITLE_SHOWN = 20


class Calls:
    def __init__(
        self, *, book: CallBook, refusals: PaperRefusals, strangers: Strangers, say: Say
    ) -> None:
        self._book = book
        self._refusals = refusals
        self._strangers = strangers
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            CommandHandler("call", self.show_all),
            tapped(self.show_all, ShowCalls.matches),
            tapped(self.show_tapped, ShowCall.matches),
            tapped(self.ask_to_close, CloseCall.matches),
            tapped(self.close, CloseCallForCertain.matches),
        ]

    async def show_all(self, update: Update, context: Context) -> None:
        visit, label = context.visit, self._say.label
        if visit.person is None:
            await self._strangers.invite_in(update)
            return
        listing = self._book.listed(visit.person, now=visit.moment)
        calls = await self._refusals.or_why(update, listing)
        if calls is None:
            return
        rows: list[Row] = [
            [(label("paper.in_list", title=call.plan.theme[:_TITLE_SHOWN]), ShowCall(call.id))]
            for call in calls
        ]
        if visit.person.role.covers(Role.MEMBER):
            reviews = (label("button.my_reviews"), ShowReviews())
            rows.append([(label("button.open_call"), OpenCall()), reviews])
        rows.append([(label("button.menu"), ShowMenu())])
        shown = [(call.plan, _standing(call)) for call in calls]
        await self._say(update, "papers/list", keyboard=keyboard(*rows), calls=shown)

    async def show_tapped(self, update: Update, context: Context) -> None:
        await self.open(update, ShowCall.tapped(update).call)

    async def open(self, update: Update, number: int) -> None:
        """The call with this number, for a tap or a link that leads to it."""
        visit = current_visit()
        if visit.person is None:
            await self._strangers.invite_in(update)
            return
        seeing = self._book.see(visit.person, CallId(number), now=visit.moment)
        seen = await self._refusals.or_why(update, seeing)
        if seen is not None:
            await self.show(update, seen)

    async def show(self, update: Update, seen: SeenCall) -> None:
        visit, plan = current_visit(), seen.call.plan
        member = visit.person is not None and visit.person.role.covers(Role.MEMBER)
        await self._say(
            update,
            "papers/call",
            keyboard=self._keyboard(seen),
            plan=plan,
            standing=_standing(seen.call),
            mine=self._say.label(f"paperstate.{seen.mine.state}") if seen.mine else "",
            receipt=(seen.mine.receipt or "") if seen.mine else "",
            counts=seen if member else None,
            link=f"{update.get_bot().link}?start={CALL}{seen.call.id}" if seen.theirs else "",
        )

    async def ask_to_close(self, update: Update, context: Context) -> None:
        visit, number = context.visit, CallId(CloseCall.tapped(update).call)
        seeing = self._book.see(whoever(context), number, now=visit.moment)
        seen = await self._refusals.or_why(update, seeing)
        if seen is None:
            return
        label = self._say.label
        sure = keyboard(
            [(label("button.close_call_for_certain"), CloseCallForCertain(number))],
            [(label("button.back"), ShowCall(number))],
        )
        await self._say(update, "papers/close", keyboard=sure, plan=seen.call.plan)

    async def close(self, update: Update, context: Context) -> None:
        visit, number = context.visit, CallId(CloseCallForCertain.tapped(update).call)
        closing = self._book.close(whoever(context), number, now=visit.moment)
        if await self._refusals.or_why(update, closing) is not None:
            await self.open(update, number)

    def _keyboard(self, seen: SeenCall) -> Keyboard | None:
        visit, label, call = current_visit(), self._say.label, seen.call
        rows: list[Row] = []
        looks: list[tuple[str, Button | str]] = []
        if seen.mine is not None:
            rows.append([(label("button.my_paper"), HandIn(call.id))])
        elif call.takes(visit.moment) or call.takes_late(visit.moment):
            rows.append([(label("button.hand_in"), HandIn(call.id))])
        if seen.theirs and call.takes(visit.moment):
            rows.append([(label("button.announce_day"), AnnounceCall(call.id))])
        if seen.theirs and call.review_from is None and not call.takes(visit.moment):
            rows.append([(label("button.start_review"), StartReview(call.id))])
        if seen.theirs:
            looks.append((label("button.table"), ShowTable(call.id)))
            if call.review_from is not None:
                looks.append((label("button.decisions"), ShowDecisions(call.id)))
            rows.append(looks)
        if seen.theirs and call.state is CallState.OPEN:
            change = (label("button.change_call"), ChangeCall(call.id))
            rows.append([change, (label("button.close_call"), CloseCall(call.id))])
        rows.append([(label("button.calls"), ShowCalls()), (label("button.menu"), ShowMenu())])
        return keyboard(*rows)


def _standing(call: Call) -> str:
    """In a word, for the templates."""
    now = current_visit().moment
    if call.state is CallState.CLOSED:
        return "closed"
    if call.review_from is not None:
        return "review"
    if call.takes(now):
        return "open"
    return "late" if call.takes_late(now) else "over"
