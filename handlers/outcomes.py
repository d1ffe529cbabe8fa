"""Outcomes as members see them: the series, a cohort with its classes, what waits for a look."""

from collections.abc import Sequence
from typing import Any, Final

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler, CommandHandler

from branch.outcomes.board import OutcomeBoard
from branch.outcomes.model import ClaimId, OutcomeKind, OutcomeReport, ReportId
from branch.outcomes.ports import Freeze
from branch.outcomes.suppression import ShownCohort, ShownGroup
from branch.outcomes.verifying import OutcomeBench, Waiting
from branch.people.model import Role
from handlers.buttons import Row, ShowMenu, keyboard
from handlers.conversation import Handler
from handlers.notice_refusals import whoever
from handlers.outcome_buttons import (
    FreezeYear,
    LookAtReport,
    RefuseReport,
    SaveOutcomes,
    SettleDispute,
    ShowDisputes,
    ShowFrozen,
    ShowOutcomes,
    ShowOutcomeYear,
    ShowRoster,
    VerifyReport,
)
from handlers.outcome_refusals import OutcomeRefusals
from handlers.replies import Say
from handlers.visit import Context, current_visit

_IN_A_ROW: Final = 3
_YEARS_SHOWN: Final = 9
_CLASSES_SHOWN: Final = 12


class Outcomes:
    def __init__(
        self, *, board: OutcomeBoard, bench: OutcomeBench, refusals: OutcomeRefusals, say: Say
    ) -> None:
        self._board = board
        self._bench = bench
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            CommandHandler("outcomes", self.show),
            tapped(self.show, ShowOutcomes.matches),
            tapped(self.show_year, ShowOutcomeYear.matches),
            tapped(self.look, LookAtReport.matches),
            tapped(self.verify, VerifyReport.matches),
            tapped(self.show_disputes, ShowDisputes.matches),
            tapped(self.settle, SettleDispute.matches),
        ]

    async def show(self, update: Update, context: Context) -> None:
        """The series by cohort, newest last."""
        visit, label = context.visit, self._say.label
        board = await self._refusals.or_why(
            update, self._board.see(whoever(context), now=visit.moment)
        )
        if board is None:
            return
        rows: list[Row] = []
        todo: list[Any] = []
        if board.waiting:
            todo.append((label("button.outcomes_waiting", count=board.waiting), LookAtReport(0)))
        if board.disputes:
            todo.append((label("button.outcome_disputes", count=board.disputes), ShowDisputes()))
        rows.append(todo)
        years: list[Any] = [
            (str(each.cohort), ShowOutcomeYear(each.cohort)) for each in reversed(board.cohorts)
        ][:_YEARS_SHOWN]
        rows += [years[at : at + _IN_A_ROW] for at in range(0, len(years), _IN_A_ROW)]
        if visit.person is not None and visit.person.role.covers(Role.SECRETARY):
            rows.append([(label("button.roster"), ShowRoster())])
        save: list[Any] = [(label("button.save_table"), SaveOutcomes())] if board.cohorts else []
        rows.append([*save, (label("button.menu"), ShowMenu())])
        await self._say(update, "outcomes/board", keyboard=keyboard(*rows), cohorts=board.cohorts)

    async def show_year(self, update: Update, context: Context) -> None:
        visit, cohort = context.visit, ShowOutcomeYear.tapped(update).cohort
        view = await self._refusals.or_why(
            update, self._board.cohort(whoever(context), cohort, now=visit.moment)
        )
        if view is None:
            return
        label, ways = self._say.label, list[Any]()
        if visit.person is not None and visit.person.role.covers(Role.SECRETARY):
            ways.append((label("button.freeze_year"), FreezeYear(cohort)))
        if view.frozen is not None:
            version = view.frozen.version
            seeing = label("button.frozen_version", version=version)
            ways.append((seeing, ShowFrozen(cohort, version)))
        rows = [ways, [(label("button.back"), ShowOutcomes())]]
        await self.say_year(update, view.cohort, frozen=view.frozen, rows=rows)

    async def say_year(
        self,
        update: Update,
        year: ShownCohort,
        *,
        frozen: Freeze | None,
        rows: Sequence[Row],
        as_frozen: bool = False,
        toast: str = "",
    ) -> None:
        """A cohort as it stands now, or as it was frozen."""
        await self._say(
            update,
            "outcomes/year",
            keyboard=keyboard(*rows),
            toast=toast,
            year=year,
            whole=year.whole,
            kinds=self._kinds(year.whole),
            classes=year.classes[:_CLASSES_SHOWN],
            more_classes=max(0, len(year.classes) - _CLASSES_SHOWN),
            frozen=frozen,
            as_frozen=as_frozen,
        )

    async def look(self, update: Update, context: Context) -> None:
        """The next report that waits, with its evidence sent again."""
        after = ReportId(LookAtReport.tapped(update).after)

        async def looked() -> tuple[Waiting | None]:
            member, now = whoever(context), context.visit.moment
            return (await self._bench.next(member, after=after, now=now),)

        found = await self._refusals.or_why(update, looked())
        if found is not None:
            await self._show_next(update, found[0])

    async def verify(self, update: Update, context: Context) -> None:
        visit, number = context.visit, ReportId(VerifyReport.tapped(update).report)
        judging = self._bench.verify(whoever(context), number, now=visit.moment)
        if await self._refusals.or_why(update, judging) is None:
            return
        await self.go_on(update, number, toast="toast.outcome_verified")

    async def go_on(self, update: Update, number: ReportId, *, toast: str = "") -> None:
        """After one report the next."""
        visit = current_visit()
        assert visit.person is not None, "they have just judged one"
        waiting = await self._bench.next(visit.person, after=number, now=visit.moment)
        await self._show_next(update, waiting, toast=toast)

    async def _show_next(self, update: Update, waiting: Waiting | None, *, toast: str = "") -> None:
        label = self._say.label
        board: Row = [(label("button.outcomes"), ShowOutcomes())]
        if waiting is None:
            await self._say(update, "outcomes/none_waiting", keyboard=keyboard(board), toast=toast)
            return
        report = waiting.report
        lost = not await self._send_evidence(update, report)
        judging: Row = [
            (label("button.outcome_true"), VerifyReport(report.id)),
            (label("button.outcome_untrue"), RefuseReport(report.id)),
        ]
        other: list[Any] = list(board)
        if waiting.number > 1:
            other.insert(0, (label("button.next_one"), LookAtReport(report.id)))
        await self._say(
            update,
            "outcomes/waiting",
            keyboard=keyboard(judging, other),
            toast=toast,
            waiting=waiting,
            kind=label(f"outcome.{report.kind}"),
            lost=lost,
        )

    async def _send_evidence(self, update: Update, report: OutcomeReport) -> bool:
        """False where Telegram has it no more."""
        if report.evidence is None:
            return True
        current_visit().anew = True
        try:
            await self._say.files(update, [report.evidence])
        except BadRequest:
            return False
        return True

    async def show_disputes(self, update: Update, context: Context) -> None:
        disputes = await self._refusals.or_why(
            update, self._bench.disputes(whoever(context), now=context.visit.moment)
        )
        if disputes is None:
            return
        label = self._say.label
        rows: list[Row] = []
        if disputes:
            claim = disputes[0].claim.id
            rows.append(
                [
                    (label("button.row_goes_over"), SettleDispute(claim, 1)),
                    (label("button.row_stays"), SettleDispute(claim, 0)),
                ]
            )
        rows.append([(label("button.outcomes"), ShowOutcomes())])
        await self._say(
            update,
            "outcomes/disputes",
            keyboard=keyboard(*rows),
            dispute=disputes[0] if disputes else None,
            number=len(disputes),
        )

    async def settle(self, update: Update, context: Context) -> None:
        tap, visit = SettleDispute.tapped(update), context.visit

        async def settled() -> bool:
            await self._bench.settle(
                whoever(context), ClaimId(tap.claim), granted=tap.granted == 1, now=visit.moment
            )
            return True

        if await self._refusals.or_why(update, settled()):
            await self._say.toast(update, "toast.dispute_settled")
            visit.anew = True
            await self.show_disputes(update, context)

    def _kinds(self, whole: ShownGroup) -> list[tuple[str, int | None]]:
        return [
            (self._say.label(f"outcome.{kind}"), whole.cells[kind])
            for kind in OutcomeKind
            if kind in whole.cells
        ]
