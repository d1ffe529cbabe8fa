"""A member does not accept a report, and says why: a tap, or a line of their own."""

from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from branch.outcomes.model import LONGEST_REASON, ReportId
from branch.outcomes.verifying import OutcomeBench
from branch.people.model import Role
from handlers.buttons import Leave, Row, keyboard
from handlers.conversation import END, Conversation, Outcome, Scene
from handlers.incoming import text_of
from handlers.notice_refusals import whoever
from handlers.outcome_buttons import Refusal, RefuseBecause, RefuseReport
from handlers.outcome_refusals import OutcomeRefusals
from handlers.outcomes import Outcomes
from handlers.replies import Say
from handlers.visit import Context

_TYPED: Final = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


class Refusing(StrEnum):
    WHY = "why"


class RefusalDraft(Struct):
    report: int = 0


class RefuseOutcome:
    def __init__(
        self, *, bench: OutcomeBench, outcomes: Outcomes, refusals: OutcomeRefusals, say: Say
    ) -> None:
        self._bench = bench
        self._outcomes = outcomes
        self._refusals = refusals
        self._say = say

    def conversation(self) -> Conversation:
        tapped = CallbackQueryHandler
        return Conversation(
            name="refuse_outcome",
            draft=RefusalDraft,
            entries=[tapped(self.begin, RefuseReport.matches)],
            scenes={
                Refusing.WHY: Scene(
                    self.ask,
                    [
                        tapped(self.because, RefuseBecause.matches),
                        MessageHandler(_TYPED, self.take),
                        tapped(self.leave, Leave.matches),
                    ],
                )
            },
        )

    async def begin(self, update: Update, context: Context) -> Outcome:
        person = context.visit.person
        if person is None or not person.role.covers(Role.MEMBER):
            await self._say(update, "roles/not_allowed")
            return END
        context.visit.draft(RefusalDraft).report = RefuseReport.tapped(update).report
        context.visit.anew = True
        return Refusing.WHY

    async def ask(self, update: Update, context: Context) -> int:
        label = self._say.label
        reasons: list[Any] = [(label(f"untrue.{each}"), RefuseBecause(each)) for each in Refusal]
        leave: Row = [(label("button.back"), Leave())]
        return await self._say(
            update, "outcomes/ask_why", keyboard=keyboard(reasons[:2], reasons[2:], leave)
        )

    async def because(self, update: Update, context: Context) -> Outcome:
        reason = RefuseBecause.tapped(update).reason
        return await self._refuse(update, context, self._say.label(f"untrue.{reason}"))

    async def take(self, update: Update, context: Context) -> Outcome:
        reason = text_of(update)
        if not 0 < len(reason) <= LONGEST_REASON:
            await self._say(update, "outcomes/unclear", why="long", most=LONGEST_REASON)
            return Refusing.WHY
        return await self._refuse(update, context, reason)

    async def _refuse(self, update: Update, context: Context, reason: str) -> Outcome:
        visit, number = context.visit, ReportId(context.visit.draft(RefusalDraft).report)
        refusing = self._bench.refuse(whoever(context), number, reason, now=visit.moment)
        if await self._refusals.or_why(update, refusing) is not None:
            await self._outcomes.go_on(update, number)
        return END

    async def leave(self, update: Update, context: Context) -> Outcome:
        before = ReportId(context.visit.draft(RefusalDraft).report - 1)
        await self._outcomes.go_on(update, before)
        return END
