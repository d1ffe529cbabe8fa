"""Achievements as members see them: what waits for a second person, and one by itself."""

from typing import Any, Final

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler

from branch.research.achievement import AchievementId, AchievementState, BatchId
from branch.research.achievement_book import AchievementBook, SeenAchievement
from handlers.achievement_buttons import (
    AskWithdraw,
    ConfirmAchievement,
    ConfirmBatch,
    RefuseAchievement,
    ReviseAchievement,
    ShowAchievement,
    ShowAchievements,
    ShowEvidence,
    ShowResearchTable,
    WithdrawAchievement,
)
from handlers.buttons import Keyboard, Row, keyboard
from handlers.conversation import Handler
from handlers.notice_refusals import whoever
from handlers.replies import Say
from handlers.research_buttons import ShowResearch
from handlers.research_refusals import ResearchRefusals
from handlers.visit import Context

SHOWN: Final = 8
CUT: Final = 28


class Achievements:
    def __init__(self, *, book: AchievementBook, refusals: ResearchRefusals, say: Say) -> None:
        self._book = book
        self._refusals = refusals
        self._say = say

    def handlers(self) -> list[Handler]:
        tapped = CallbackQueryHandler
        return [
            tapped(self.show_list, ShowAchievements.matches),
            tapped(self.show_tapped, ShowAchievement.matches),
            tapped(self.show_evidence, ShowEvidence.matches),
            tapped(self.confirm, ConfirmAchievement.matches),
            tapped(self.confirm_batch, ConfirmBatch.matches),
            tapped(self.ask_to_withdraw, AskWithdraw.matches),
            tapped(self.withdraw, WithdrawAchievement.matches),
        ]

    async def show_list(self, update: Update, context: Context) -> None:
        tap = ShowAchievements.tapped(update)
        await self._list(update, context, tap.state, tap.start)

    async def _list(
        self,
        update: Update,
        context: Context,
        state: AchievementState,
        start: int,
        toast: str = "",
    ) -> None:
        label = self._say.label
        looking = self._book.page(
            whoever(context), state, start=start, limit=SHOWN, now=context.visit.moment
        )
        page = await self._refusals.or_why(update, looking)
        if page is None:
            return
        rows: list[Row] = [
            [(self._in_list(each.claim), ShowAchievement(each.id))] for each in page.achievements
        ]
        pages: list[Any] = []
        if start:
            before = ShowAchievements(state, max(0, start - SHOWN))
            pages.append((label("button.page_before"), before))
        if start + len(page.achievements) < page.total:
            pages.append((label("button.page_after"), ShowAchievements(state, start + SHOWN)))
        rows += [pages, [(label("button.back"), ShowResearch())]]
        await self._say(
            update, "research/achievements", keyboard=keyboard(*rows), toast=toast, page=page
        )

    def _in_list(self, claim: Any) -> str:
        title = claim.title
        return self._say.label(
            "research.achievement",
            year=claim.year,
            kind=self._say.label(f"achievement.{claim.kind}"),
            title=title if len(title) <= CUT else f"{title[: CUT - 1]}\u2026",
        )

    async def show_tapped(self, update: Update, context: Context) -> None:
        await self.open(update, context, ShowAchievement.tapped(update).achievement)

    async def open(self, update: Update, context: Context, number: int) -> None:
        looking = self._book.see(whoever(context), AchievementId(number), now=context.visit.moment)
        seen = await self._refusals.or_why(update, looking)
        if seen is not None:
            await self.show(update, seen)

    async def show(self, update: Update, seen: SeenAchievement, *, toast: str = "") -> None:
        found, label = seen.achievement, self._say.label
        claim = found.claim
        await self._say(
            update,
            "research/achievement",
            keyboard=self._keyboard(seen),
            toast=toast,
            claim=claim,
            kind=label(f"achievement.{claim.kind}"),
            level=label(f"achievementlevel.{claim.level}"),
            state=str(found.state),
            reason=found.reason,
            reporter=found.reporter_name or "",
            judge=found.judge_name or "",
            mine=seen.mine,
        )

    def _keyboard(self, seen: SeenAchievement) -> Keyboard | None:
        label, found, number = self._say.label, seen.achievement, seen.achievement.id
        rows: list[Row] = []
        if found.state is AchievementState.CLAIMED and seen.mine:
            revise = (label("button.revise"), ReviseAchievement(number))
            rows.append([revise, (label("button.withdraw"), AskWithdraw(number))])
        elif found.state is AchievementState.CLAIMED:
            confirm = (label("button.confirm_achievement"), ConfirmAchievement(number))
            rows.append([confirm, (label("button.refuse_achievement"), RefuseAchievement(number))])
            if seen.batch is not None:
                words = label("button.confirm_batch", count=seen.batch.waiting)
                rows.append([(words, ConfirmBatch(seen.batch.id))])
        elif found.state is AchievementState.REFUSED and seen.mine:
            rows.append([(label("button.report_again"), ReviseAchievement(number))])
        if found.claim.evidence is not None:
            rows.append([(label("button.evidence"), ShowEvidence(number))])
        waiting = ShowAchievements(AchievementState.CLAIMED, 0)
        rows.append(
            [
                (label("button.all_claimed"), waiting),
                (label("button.research_table"), ShowResearchTable()),
            ]
        )
        return keyboard(*rows)

    async def show_evidence(self, update: Update, context: Context) -> None:
        number = AchievementId(ShowEvidence.tapped(update).achievement)
        looking = self._book.see(whoever(context), number, now=context.visit.moment)
        seen = await self._refusals.or_why(update, looking)
        if seen is None or seen.achievement.claim.evidence is None:
            return
        await self._say.acknowledge(update)
        try:
            await self._say.files(update, [seen.achievement.claim.evidence])
        except BadRequest:
            context.visit.anew = True
            await self._say(update, "research/evidence_gone")

    async def confirm(self, update: Update, context: Context) -> None:
        number = AchievementId(ConfirmAchievement.tapped(update).achievement)
        confirming = self._book.judge(
            whoever(context), number, AchievementState.CONFIRMED, now=context.visit.moment
        )
        seen = await self._refusals.or_why(update, confirming)
        if seen is not None:
            await self.show(update, seen, toast="toast.achievement_confirmed")

    async def confirm_batch(self, update: Update, context: Context) -> None:
        batch_id = BatchId(ConfirmBatch.tapped(update).batch)
        confirming = self._book.confirm_batch(whoever(context), batch_id, now=context.visit.moment)
        done = await self._refusals.or_why(update, confirming)
        if done is None:
            return
        batch, count = done
        waiting = ShowAchievements(AchievementState.CLAIMED, 0)
        back = keyboard([(self._say.label("button.all_claimed"), waiting)])
        await self._say(
            update,
            "research/batch_confirmed",
            keyboard=back,
            file_name=batch.file_name,
            count=count,
        )

    async def ask_to_withdraw(self, update: Update, context: Context) -> None:
        label, number = self._say.label, AskWithdraw.tapped(update).achievement
        looking = self._book.see(whoever(context), AchievementId(number), now=context.visit.moment)
        seen = await self._refusals.or_why(update, looking)
        if seen is None:
            return
        sure = (label("button.withdraw_for_certain"), WithdrawAchievement(number))
        back = (label("button.back"), ShowAchievement(number))
        title = seen.achievement.claim.title
        await self._say(update, "research/withdraw", keyboard=keyboard([sure], [back]), title=title)

    async def withdraw(self, update: Update, context: Context) -> None:
        number = AchievementId(WithdrawAchievement.tapped(update).achievement)
        if await self._refusals.or_why(update, self._withdrawn(context, number)):
            await self._list(update, context, AchievementState.CLAIMED, 0, toast="toast.withdrawn")

    async def _withdrawn(self, context: Context, number: AchievementId) -> bool:
        await self._book.withdraw(whoever(context), number, now=context.visit.moment)
        return True
