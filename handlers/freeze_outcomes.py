"""Secretaries freeze a cohort's figures; members read what was frozen, and take the table out."""

from typing import Any, Final

from telegram import Update
from telegram.ext import CallbackQueryHandler

from branch.outcomes.board import OutcomeBoard
from branch.outcomes.exporting import as_workbook, figures_table
from branch.outcomes.freezing import Difference, Freezer
from branch.outcomes.model import OutcomeKind
from branch.outcomes.ports import Correction
from handlers.buttons import keyboard
from handlers.conversation import Handler
from handlers.notice_refusals import whoever
from handlers.outcome_buttons import (
    FreezeForCertain,
    FreezeYear,
    SaveOutcomes,
    ShowFrozen,
    ShowOutcomes,
    ShowOutcomeYear,
)
from handlers.outcome_refusals import OutcomeRefusals
from handlers.outcomes import Outcomes
from handlers.replies import Say
from handlers.visit import Context

_SHOWN: Final = 8


class FreezeOutcomes:
    def __init__(
        self,
        *,
        freezer: Freezer,
        board: OutcomeBoard,
        outcomes: Outcomes,
        refusals: OutcomeRefusals,
        say: Say,
    ) -> None:
        self._freezer = freezer
        self._board = board
        self._outcomes = outcomes
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.look, FreezeYear.matches),
            tapped(self.freeze, FreezeForCertain.matches),
            tapped(self.show, ShowFrozen.matches),
            tapped(self.save, SaveOutcomes.matches),
        ]

    async def look(self, update: Update, context: Context) -> None:
        """What would be frozen, and how it differs from the version before."""
        cohort, label = FreezeYear.tapped(update).cohort, self._say.label
        looking = self._freezer.outlook(whoever(context), cohort, now=context.visit.moment)
        outlook = await self._refusals.or_why(update, looking)
        if outlook is None:
            return
        new = outlook.last is None or bool(outlook.differences)
        confirm: list[Any] = (
            [(label("button.freeze", version=outlook.version), FreezeForCertain(cohort))]
            if new
            else []
        )
        await self._say(
            update,
            "outcomes/freeze",
            keyboard=keyboard(confirm, [(label("button.back"), ShowOutcomeYear(cohort))]),
            cohort=cohort,
            version=outlook.version,
            last=outlook.last,
            differences=[self._told(each) for each in outlook.differences[:_SHOWN]],
            more=max(0, len(outlook.differences) - _SHOWN),
            others=[self._by(each) for each in outlook.others[-_SHOWN:]],
        )

    async def freeze(self, update: Update, context: Context) -> None:
        cohort = FreezeForCertain.tapped(update).cohort
        freezing = self._freezer.freeze(whoever(context), cohort, now=context.visit.moment)
        frozen = await self._refusals.or_why(update, freezing)
        if frozen is not None:
            await self._show(update, context, cohort, frozen.version, toast="toast.frozen")

    async def show(self, update: Update, context: Context) -> None:
        tap = ShowFrozen.tapped(update)
        await self._show(update, context, tap.cohort, tap.version)

    async def _show(
        self, update: Update, context: Context, cohort: int, version: int, *, toast: str = ""
    ) -> None:
        label, member, now = self._say.label, whoever(context), context.visit.moment
        reading = self._freezer.version(member, cohort, version, now=now)
        found = await self._refusals.or_why(update, reading)
        if found is None:
            return
        frozen, year = found
        others: list[Any] = []
        if version > 1:
            earlier = label("button.earlier_version", version=version - 1)
            others.append((earlier, ShowFrozen(cohort, version - 1)))
        others.append((label("button.back"), ShowOutcomeYear(cohort)))
        await self._outcomes.say_year(
            update, year, frozen=frozen, rows=[others], as_frozen=True, toast=toast
        )

    async def save(self, update: Update, context: Context) -> None:
        looking = self._board.see(whoever(context), now=context.visit.moment)
        board = await self._refusals.or_why(update, looking)
        if board is None:
            return
        await self._say.acknowledge(update)
        data = as_workbook(figures_table(board.cohorts, self._say.label))
        name = f"outcomes-{context.visit.moment:%Y-%m-%d}.xlsx"
        back = keyboard([(self._say.label("button.outcomes"), ShowOutcomes())])
        await self._say.document(update, data, name, "outcomes/file", keyboard=back)

    def _told(self, difference: Difference) -> tuple[str, str, str, list[tuple[Any, ...]]]:
        """Of whom, from what, to what, by which corrections."""
        by = [self._by(each) for each in difference.corrections]
        return difference.subject, self._stood(difference.before), self._stood(difference.after), by

    def _stood(self, stands: Any) -> str:
        """A class and what became of somebody; of history its figures."""
        if not stands:
            return ""
        class_name, kind, *rest = stands
        if kind not in set(OutcomeKind):
            return " ".join(each for each in stands if each)
        state = self._say.label(f"reportstate.{rest[0]}") if rest and rest[0] else ""
        words = (class_name, self._say.label(f"outcome.{kind}"), state)
        return " ".join(each for each in words if each)

    def _by(self, correction: Correction) -> tuple[Any, ...]:
        what = self._say.label(f"correction.{correction.what}")
        return what, correction.at, correction.by, correction.after
