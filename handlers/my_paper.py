"""One's own paper: its receipt, its state, its versions, and what can be done with it now."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.papers.handing_in import Mine, SubmissionDesk
from branch.papers.model import CallId
from branch.papers.moves import MOVES, Move, State
from handlers.buttons import Keyboard, Row, ShowMenu, keyboard
from handlers.conversation import Handler
from handlers.notice_refusals import whoever
from handlers.paper_buttons import (
    EditPaper,
    HandIn,
    NewVersion,
    ShowCall,
    TakeUpPaper,
    WithdrawForCertain,
    WithdrawPaper,
)
from handlers.paper_refusals import PaperRefusals
from handlers.replies import Say
from handlers.visit import Context, current_visit


class MyPaper:
    def __init__(self, *, desk: SubmissionDesk, refusals: PaperRefusals, say: Say) -> None:
        self._desk = desk
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.ask_to_withdraw, WithdrawPaper.matches),
            tapped(self.withdraw, WithdrawForCertain.matches),
        ]

    async def show(self, update: Update, mine: Mine, *, new: bool = False) -> None:
        """`new`: it was handed in a moment ago."""
        submission, now = mine.submission, current_visit().moment
        assert submission is not None, "there is one to show"
        await self._say(
            update,
            "papers/mine",
            keyboard=self._keyboard(mine),
            plan=mine.call.plan,
            paper=submission.paper,
            state=str(submission.state),
            state_name=self._say.label(f"paperstate.{submission.state}"),
            receipt=submission.receipt or "",
            late=submission.late,
            award=self._say.label(f"award.{submission.award}"),
            awarded=submission.award != "none",
            files=[(each.number, each.file.name, each.at) for each in mine.files[-3:]],
            writable=mine.writable(now),
            revise_until=submission.revise_until,
            new=new,
        )

    async def ask_to_withdraw(self, update: Update, context: Context) -> None:
        visit, number = context.visit, CallId(WithdrawPaper.tapped(update).call)
        seeing = self._desk.see(whoever(context), number, now=visit.moment)
        mine = await self._refusals.or_why(update, seeing)
        if mine is None or mine.submission is None:
            return
        label = self._say.label
        sure = keyboard(
            [(label("button.withdraw_for_certain"), WithdrawForCertain(number))],
            [(label("button.back"), HandIn(number))],
        )
        await self._say(
            update,
            "papers/withdraw",
            keyboard=sure,
            paper=mine.submission.paper,
            again=mine.call.takes(visit.moment),
        )

    async def withdraw(self, update: Update, context: Context) -> None:
        visit, number = context.visit, CallId(WithdrawForCertain.tapped(update).call)
        withdrawing = self._desk.withdraw(whoever(context), number, now=visit.moment)
        mine = await self._refusals.or_why(update, withdrawing)
        if mine is not None:
            await self.show(update, mine)

    def _keyboard(self, mine: Mine) -> Keyboard | None:
        label, call, now = self._say.label, mine.call, current_visit().moment
        state = mine.state or State.DRAFT
        rows: list[Row] = []
        if mine.writable(now):
            rows.append(
                [
                    (label("button.new_version"), NewVersion(call.id)),
                    (label("button.edit_paper"), EditPaper(call.id)),
                ]
            )
        if Move.WITHDRAW in MOVES[state]:
            rows.append([(label("button.withdraw"), WithdrawPaper(call.id))])
        if state is State.WITHDRAWN and (call.takes(now) or call.takes_late(now)):
            rows.append([(label("button.take_up"), TakeUpPaper(call.id))])
        rows.append(
            [(label("button.this_call"), ShowCall(call.id)), (label("button.menu"), ShowMenu())]
        )
        return keyboard(*rows)
